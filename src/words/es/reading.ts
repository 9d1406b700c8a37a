import { amount, counted } from "../format.ts";
import type { Words } from "../words.ts";

const units = {
  page: ["página", "páginas"],
  sheet: ["hoja", "hojas"],
  slide: ["diapositiva", "diapositivas"],
  chapter: ["capítulo", "capítulos"],
  part: ["parte", "partes"],
} as const;

export const readingWords: Words["reading"] = {
  opening: "consultando el archivo",

  whole: (name, tokens) =>
    `${name} va entero: unos ${amount("es", tokens)} tokens con cada pregunta, mientras esté a la vista.`,
  indexed: (name, { tokens, each }) =>
    `${name} es demasiado largo para ir entero (unos ${amount("es", tokens)} tokens). Busco lo que encaja con cada pregunta: como mucho ${amount("es", each)} tokens cada vez, más lo que el modelo siga leyendo.`,
  cut: (name, letters) =>
    `${name} es más largo de lo que puedo guardar: tengo sus primeras ${amount("es", letters)} letras.`,

  files: {
    usage: "[drop número]",
    summary: "los archivos de esta conversación: tamaño, uso y coste",
  },
  noFiles: "Aquí no hay archivos. Envíame uno: se queda en esta conversación hasta `/new`.",
  filesTitle: "**Archivos de esta conversación**",
  size: (unit, count) => counted("es", count, units[unit][0], units[unit][1]),
  tokens: (tokens) => `unos ${amount("es", tokens)} tokens`,
  usedWhole: "entero con cada pregunta",
  usedInPart: "lo que encaja con cada pregunta",
  filesNote: "Se quedan hasta `/new`. `/files drop 1` quita uno para siempre.",
  drop: (number) => `Quitar ${number}`,
  dropped: (name) => `Quitado: ${name}. Su texto ya no está aquí; lo que respondí sobre él se queda.`,
  noFile: (which) => `Aquí no hay ningún archivo «${which}». \`/files\` muestra los números.`,
  notYourFile: "Solo puede quitarlo quien lo envió o quien administra este canal.",
};
