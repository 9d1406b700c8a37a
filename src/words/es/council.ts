import type { Absence } from "../../council/progress.ts";
import { listed } from "../format.ts";
import type { Words } from "../words.ts";

export const councilWords: Words["council"] = {
  usage: "[modelos:] pregunta",
  summary: "responden varios modelos, ordenan las respuestas de los demás y uno resume",
  howTo: (models) =>
    [
      `\`/council tu pregunta\`: ${models.length} modelos la responden a la vez, ordenan de mejor a peor las respuestas de los demás sin saber de quién son, y uno resume lo que comparten y en qué difieren.`,
      "",
      ...models.map((model) => `- ${model}`),
      "",
      "`/council fast, smart: tu pregunta` pregunta solo a esos; vale cualquier `provider/model`.",
    ].join("\n"),
  tooFew: (models) =>
    `Hacen falta al menos dos modelos distintos${models.length === 0 ? "" : `, y aquí solo está ${models[0]}`}. Nombra algunos (\`/council fast, smart: …\`), o pide a quien me administra que los ponga en \`council\` de parlance.yaml.`,
  tooMany: (most) => `Pueden responder juntos ${most} modelos como mucho.`,
  offer: (models, price, unpriced) => {
    const who = `${models.length} modelos (${models.join(", ")})`;
    const unknown = `no sé cuánto ${unpriced.length === 1 ? "cuesta" : "cuestan"} ${listed("es", unpriced)}`;
    if (!price) return `Responderían juntos ${who}, pero ${unknown}. ¿Sigo?`;
    const known = `Cerca de ${price.about} por ${who}, ${price.most} como mucho`;
    return unpriced.length === 0 ? `${known}. ¿Sigo?` : `${known}, y ${unknown}. ¿Sigo?`;
  },
  ask: "Preguntar a todos",
  askOne: "Solo a uno",
  asking: (models, ended) =>
    ended === 0 ? `preguntando a ${models} modelos` : `preguntando a ${models} modelos, ${ended} listos`,
  ranking: "pidiéndoles que ordenen las respuestas",
  summingUp: "resumiendo",
  heard: (answered, models) =>
    answered === 0 ? `Pregunto a ${models} modelos…` : `Han respondido ${answered} de ${models}…`,
  weighing: "Ordenan las respuestas de los demás…",
  concluding: "Resumo…",
  answer: (number, model, took) => [`${number}. ${model}`, ...took].join(" · "),
  absent: (model, why) => `${model} ${absences[why]}`,
  notAsked: (model, sentence) => `${model}: ${sentence}`,
  ranks: { place: "#", answer: "respuesta", mean: "puesto medio", votes: "votos" },
  of: (models) => `${models} modelos juntos`,
  onlyOne: (model) => `Solo respondió ${model}: no hay nada que comparar.`,
  twoAnswers: "Con dos respuestas no hay clasificación: son muy pocas.",
  noRanking: (models) => `No llegó ninguna clasificación de ${listed("es", models)}.`,
  otherChair: (failed, instead) => `${failed} no pudo resumir; lo hizo ${instead}.`,
  noSummary: (model) => `Nadie pudo resumir: esta es la respuesta de ${model}, la mejor clasificada.`,
  nobody: "No respondió ningún modelo. Vuelve a preguntar en un minuto, por favor.",
};

const absences: Record<Absence, string> = {
  "rate-limit": "estaba demasiado ocupado",
  overloaded: "estaba sobrecargado",
  auth: "rechazó nuestra clave",
  "no-model": "no está disponible en su proveedor",
  "too-long": "es demasiado pequeño para esta conversación",
  refused: "no quiso responder",
  unfit: "no aceptó esta pregunta",
  unreachable: "no estaba accesible",
  unknown: "falló",
  empty: "no dijo nada",
  stopped: "se detuvo",
  timeout: "tardó demasiado",
};
