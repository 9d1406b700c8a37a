import { listed } from "../format.ts";
import type { Words } from "../words.ts";

export const accessWords: Words["access"] = {
  allow: { usage: "CÓDIGO", summary: "permite usarme al servidor, grupo o persona que recibió este código" },
  own: { usage: "CÓDIGO", summary: "te hace propietario, con un código de `parlance access owner`" },
  allowServer: (kind, code) =>
    `Quien me administra tiene que permitir primero este ${kind === "server" ? "servidor" : "grupo"}: código ${code}. ${allowBy(code)}`,
  allowPerson: (code) =>
    `Aún no te conozco. Quien me administra puede darte acceso: código ${code}. ${allowBy(code)}`,
  notForYou: (id) =>
    `No estoy abierto a todo el mundo. Quien me administra puede añadirte a quienes pueden usarme: ${id}.`,
  noDirectMessages: "No respondo a mensajes directos. Pregúntame en un canal, por favor.",
  allowed: (name, place) => `Permitido: ${name === "" ? place : `${name} (${place})`}.`,
  notCode: (code) =>
    `No conozco el código «${code}», o tiene más de un día. Escríbeme desde allí y te daré uno nuevo.`,
  notYours: "Solo pueden hacerlo quienes me administran.",
  notForAll:
    "Eso valdría para todos aquí, así que solo puede cambiarlo quien gestiona este canal. En un hilo o en un mensaje directo decides tú.",
  notYourScope: "Eso vale para todos aquí, así que solo puede cambiarlo quien gestiona este sitio.",
  asChat: (name) =>
    `Escribes como ${name} y no puedo saber quién eres. Para esto, escríbeme con tu propia cuenta, por favor.`,
  owned: "Ahora eres mi propietario: /allow da acceso a otros.",
  notClaim:
    "Ese código es incorrecto, ya se usó o tiene más de una hora. `parlance access owner` crea uno nuevo.",
  tooManyTries: "Demasiados códigos incorrectos. Inténtalo de nuevo en una hora, por favor.",
  notInvited: (call) => `Todavía no estoy en este canal. Invítame primero: ${call}`,
  mayNotWrite: (platform, rights) =>
    `${platform} no me deja escribir en este canal. Mi rol necesita aquí estos permisos: ${listed("es", rights)}.`,
  onlyMentions: (platform) =>
    `${platform} solo me muestra los mensajes que me mencionan. Dilo otra vez mencionándome, por favor.`,
};

const allowBy = (code: string): string =>
  `Puede enviarme \`/allow ${code}\` o ejecutar \`parlance access allow ${code}\`.`;
