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
  embedding: (name, percent) => `leyendo a fondo ${name} (${percent} %)`,

  whole: (name, tokens) =>
    `${name} va entero: unos ${amount("es", tokens)} tokens con cada pregunta, mientras esté a la vista.`,
  indexed: (name, { tokens, each }) =>
    `${name} es demasiado largo para ir entero (unos ${amount("es", tokens)} tokens). Busco lo que encaja con cada pregunta: como mucho ${amount("es", each)} tokens cada vez, más lo que el modelo siga leyendo.`,
  cut: (name, letters) =>
    `${name} es más largo de lo que puedo guardar: tengo sus primeras ${amount("es", letters)} letras.`,
  // Where nothing came of it.
  kept: (files) =>
    files === 1
      ? "El archivo que enviaste se queda aquí: no hace falta enviarlo de nuevo."
      : "Los archivos que enviaste se quedan aquí: no hace falta enviarlos de nuevo.",

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

  read: {
    usage: "[next | where | chapter 3 | all | stop | el número de un archivo | una dirección | un texto]",
    summary: "leer juntos un libro o artículo, capítulo a capítulo y sin destripes",
  },
  readHow:
    "Envíame un libro o artículo con `/read`, o escribe `/read 1` si el archivo ya está aquí (`/files`). Después, `/read next` sigue, `/read where` dice por dónde vamos, `/read chapter 3` va a ese capítulo, `/read all` levanta el marcapáginas y `/read stop` termina.",
  nothingToRead: "Aquí no hay nada que pueda leer contigo. `/read` dice cómo.",
  begun: (name, { chapters, tokens }) =>
    `Leemos juntos ${name}: ${counted("es", chapters, "capítulo", "capítulos")}, unos ${amount("es", tokens)} tokens en total. No uso nada posterior al marcapáginas; \`/read next\` lo mueve.`,
  hidden:
    "Lo que se dijo aquí antes queda fuera de la vista mientras leemos: puede contar lo que viene después.",
  askChapter: (label) =>
    `Resúmeme ${label}, sin decir una palabra de lo que viene después. Luego hazme dos preguntas sobre ello.`,
  askBeginning:
    "Resúmeme el comienzo, sin decir una palabra de lo que viene después. Luego hazme dos preguntas sobre ello.",
  next: "Siguiente",
  where: (title, { label, chapter, chapters, percent }) =>
    `**${title}**: ${label} (${chapter} de ${chapters}), ${percent} % leído.`,
  bounded: "No uso nada de lo que viene después. `/read all` lo permite.",
  open: "Se puede contar todo. `/read chapter 3` vuelve a poner el marcapáginas.",
  lastChapter: (title) => `Ese era el último capítulo de ${title}. Pregúntame por todo.`,
  noChapter: (which, chapters) => `No hay ningún capítulo «${which}»: tiene ${chapters}.`,
  readingStopped: (title) =>
    `Hemos dejado de leer ${title}. El archivo se queda (\`/files\`) y se puede contar todo.`,
  notReading: "Aquí no estamos leyendo nada. `/read` dice cómo.",
  pasted: "texto pegado",
};
