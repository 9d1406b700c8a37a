import type { Words } from "../words.ts";

export const branchingWords: Words["branching"] = {
  goneBack: (exchanges) =>
    exchanges === 1
      ? "Sigo desde ahí: ya no veo el intercambio posterior."
      : `Sigo desde ahí: ya no veo los ${exchanges} intercambios posteriores.`,
  onlyHere: (exchanges) =>
    exchanges === 1
      ? "Solo para esta respuesta volví ahí: dejé a un lado el intercambio posterior."
      : `Solo para esta respuesta volví ahí: dejé a un lado los ${exchanges} intercambios posteriores.`,
  branched: (question, exchanges) =>
    exchanges === 1
      ? `Sigo desde «${question}». Ya no veo el intercambio posterior.`
      : `Sigo desde «${question}». Ya no veo los ${exchanges} intercambios posteriores.`,
  back: "Traer de vuelta",
  isBack: (exchanges) =>
    exchanges === 1
      ? "Vuelvo a ver el intercambio que quedó fuera."
      : `Vuelvo a ver los ${exchanges} intercambios que quedaron fuera.`,
  notBranched: "Aquí no hay nada fuera de la vista.",
  isLast: "Esa es la última respuesta: ya sigo desde ahí.",
  notInView:
    "Ya no tengo esa respuesta a la vista. Responde a una más nueva, o pregunta otra vez con lo que importa de ella.",
  nowhereBack: "Todavía no hay adónde volver: hace falta más de un intercambio.",
  whereTo: "¿Desde dónde sigo?",
  howBack: "`/branch 1`, o responder con `/branch` a una de mis respuestas, sigue desde ahí.",
  notBack: (exchanges) =>
    exchanges === 1
      ? "Aquí puedo volver 1 intercambio como mucho. `/branch` lo muestra."
      : `Aquí puedo volver ${exchanges} intercambios como mucho. \`/branch\` muestra los últimos.`,
  noQuestion: "Aquí no hay ninguna pregunta tuya que pueda responder otra vez.",
  notOther: (name, all) =>
    `No conozco ningún modelo ni personaje «${name}». Estos son los que hay: ${all.join(", ")}; también vale cualquier \`provider/model\`.`,
  undone: (question) => `Retirado: «${question}» y su respuesta.`,
  undoMore: "Uno más",
  notYourExchange:
    "La última pregunta era de otra persona: solo puede retirarla ella, o quien gestiona este canal.",
  picture: "(una imagen o un archivo)",
  afreshKept: "Empezamos de cero desde esa pregunta: ya no veo lo que se dijo antes.",
  nothingToKeep: "Aquí no hay ningún intercambio que pueda conservar.",
  otherTopic: "Esto parece un tema nuevo. Empezar de cero da respuestas más precisas y cuesta menos.",
  startAfresh: "Empezar de cero",
};
