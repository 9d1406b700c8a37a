import type { Words } from "../words.ts";

export const helpWords: Words["help"] = {
  groups: {
    conversation: "Esta conversación",
    answers: "Quién responde, y cómo",
    person: "Tú",
    running: "Administrarme",
  },
  details: {
    new: "`keep` se lleva el último intercambio.",
    branch:
      "Responder con `/branch` a una de mis respuestas sigue desde esa; `back` trae de vuelta lo que quedó fuera.",
    again:
      "La respuesta nueva ocupa el lugar de la anterior. Un alias, un `provider/model` o un personaje responde en su lugar.",
  },
  about: (call, summary) => `\`${call}\`: ${summary}`,
  more: "`/help new` explica mejor un comando.",
  example: (example) => `Por ejemplo: \`${example}\``,
  filesUnused: (name) => `No usé los archivos que venían: \`/${name}\` no acepta archivos.`,
};
