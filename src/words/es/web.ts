import type { Words } from "../words.ts";

export const webWords: Words["web"] = {
  reading: "leyendo una página",
  searching: "buscando en la web",

  notAddress: (text) => `“${text}” no es la dirección de una página.`,
  notWeb: (scheme) => `Solo abro páginas \`http\` y \`https\`, no \`${scheme}:\`.`,
  hasLogin: (host) => `No abro direcciones que llevan un usuario o una contraseña (${host}).`,
  oddPort: (port) => `Solo abro páginas en los puertos habituales de la web, no en el ${port}.`,
  notPublic: (host) => `${host} no está en la internet pública, así que no lo abro.`,
  noSuchHost: (host) => `No encuentro ningún sitio llamado ${host}.`,
  redirects: (host) => `${host} me manda de página en página sin fin.`,
  tooLarge: (host, megabytes) => `La página de ${host} ocupa más de ${megabytes} MB.`,
  tooSlow: (host, seconds) => `${host} no me dio la página en ${seconds} segundos.`,
  unreachable: (host) => `No se puede conectar con ${host}.`,
  noRobots: (host) => `${host} pide a programas como yo que no lean esta página.`,
  status: (host, status) =>
    status === 404 || status === 410
      ? `${host} no tiene esa página (${status}).`
      : status === 401 || status === 402 || status === 403
        ? `${host} no me deja leer esta página (${status}).`
        : `${host} responde con el error ${status}.`,
  notReadable: (type) => `No puedo leer lo que hay ahí: ${type}.`,
  tooHard: (host) => `La página de ${host} no se puede leer: no logré descomponerla.`,
  empty: (host) => `No encontré texto en la página de ${host}.`,

  unsourced: (claims) =>
    `${claims.length === 1 ? "1 afirmación" : `${claims.length} afirmaciones`} sin fuente: ${quoted(claims)}`,
  misquoted: (claims) =>
    `${claims.length === 1 ? "1 afirmación que su fuente" : `${claims.length} afirmaciones que sus fuentes`} no ${claims.length === 1 ? "respalda" : "respaldan"}: ${quoted(claims)}`,
  unread: (links) => (links === 1 ? "1 enlace que no abrí" : `${links} enlaces que no abrí`),
  contradicted: (label, said, read) => `${label}: ${said} aquí, ${read} en lo que leí`,
  notOpened: "sin abrir",
  foundBy: (sources, by) =>
    `${sources === 1 ? "1 fuente encontrada" : `${sources} fuentes encontradas`} por ${by}, sin abrir por mí`,
  quotedBy: (by) => `Tal como lo cita la búsqueda de ${by}; yo no abrí la página.`,

  passages: "Pasajes",
  sourcesSummary: "los pasajes en que se apoya la última respuesta",
  noPassages: "La última respuesta aquí no cita nada que yo haya leído.",
  passagesOf: "En qué se apoya la respuesta, tal como estaba cuando lo leí:",
  passagesGone: "> (El archivo ya no está, ni lo que leí en él.)",
};

const quoted = (claims: readonly string[]): string => claims.map((claim) => `«${claim}»`).join(", ");
