import type { Words } from "../words.ts";

export const commandWords: Words["commands"] = {
  ask: {
    summary: "pregunta algo",
    question: "lo que quieres saber",
    file: "una imagen o un archivo de la pregunta",
  },
  new: {
    usage: "[keep]",
    summary: "empieza de cero; el personaje y el modelo siguen",
    done: "Empezamos de cero: ya no veo lo que se dijo antes.",
  },
  undo: {
    summary: "retira la última pregunta y su respuesta",
    nothing: "No hay nada que retirar.",
  },
  again: {
    usage: "[modelo o personaje]",
    summary: "responde de nuevo a mi última pregunta, o hace que responda otro",
  },
  branch: {
    usage: "[número | back]",
    summary: "sigue desde una respuesta anterior; lo que vino después queda fuera de mi vista",
  },
  stop: { summary: "detiene la respuesta que se está escribiendo" },
  help: {
    usage: "[comando]",
    summary: "lo que puedo hacer por ti aquí, o más sobre un comando",
    line: (call, summary) => `- \`${call}\`: ${summary}`,
  },
  persona: {
    usage: "[nombre]",
    summary: "muestra los personajes o cambia a otro",
    line: ({ name, id, description }, isCurrent) =>
      `- **${name}** (\`${id}\`)${isCurrent ? ", en uso" : ""}: ${description}`,
    hint: "`/persona nombre` cambia; `nombre: pregunta` pregunta a uno una sola vez.",
    answersNow: (name) => `Ahora responde aquí «${name}».`,
    starters: "Prueba con:",
    inReply: (label) => `${label}: respondiendo a un mensaje`,
  },
  scope: {
    summary: "si todos aquí comparten una conversación o cada persona tiene la suya",
    shared: "Aquí todos comparten una conversación conmigo. `/scope user` da a cada persona la suya.",
    user: "Aquí cada persona tiene su propia conversación conmigo. `/scope shared` la hace una sola para todos.",
    nowShared: "A partir de ahora, aquí todos comparten una conversación conmigo.",
    nowUser: "A partir de ahora, aquí cada persona tiene su propia conversación conmigo.",
    onlyYours: "Esta conversación es solo tuya: no hay nada que elegir.",
    howTo: "Escribe `/scope shared` o `/scope user`.",
  },
};
