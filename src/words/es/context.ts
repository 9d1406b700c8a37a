import { counted } from "../format.ts";
import type { Words } from "../words.ts";

export const contextWords: Words["context"] = {
  trimmed: (turns) =>
    turns === 1
      ? "Para hacer sitio, ya no veo el intercambio más antiguo."
      : `Para hacer sitio, ya no veo los ${turns} intercambios más antiguos.`,
  full: (percent) =>
    `Esta conversación ocupa cerca del ${percent} % de lo que puedo ver; cuando se llene, dejaré de ver los intercambios más antiguos.`,
  startAfresh: "Empezar de cero",
  compact: "Resumir",
  takeBack: "Deshacer",
  whatLeft: "Lo que ya no veo",
  asFile: "Como archivo",
  compactSummary: "resume la parte más antigua de la conversación; `undo` la deja como estaba",
  contextSummary: "lo que ve el modelo; `full`: la próxima petición en un archivo, `left`: lo que ya no ve",
  compactUsage:
    "Escribe `/compact` para resumir la parte más antigua de la conversación, o `/compact undo` para dejarla como estaba.",
  seesNoHistory: (persona) => `«${persona}» no ve los mensajes anteriores: no hay nada que resumir.`,
  compacting: (turns) => `resumiendo ${exchanges(turns)}`,
  tooLittle: "Aquí hay muy poco que resumir: ocuparía tanto sitio como el que deja libre.",
  noSummary: "El modelo no terminó el resumen. No ha cambiado nada; inténtalo otra vez, por favor.",
  turnsGone:
    "Mientras resumía, se borró una parte de lo resumido. No ha cambiado nada; inténtalo otra vez, por favor.",
  compactStopped: "Detenido. No ha cambiado nada.",
  compacted: ({ turns, tokensBefore, tokensAfter, kept }) => {
    const what =
      turns === 1
        ? "El intercambio más antiguo es ahora un resumen"
        : `Los ${turns} intercambios más antiguos son ahora un resumen`;
    const rest = kept === 1 ? "el último sigue entero" : `los últimos ${kept} siguen enteros`;
    return `${what}: unos ${tokens(tokensAfter)} en lugar de ${tokens(tokensBefore)}; ${rest}.`;
  },
  leftOut: (turns) =>
    turns === 1
      ? "El anterior a ellos no cabía en el modelo y no está en ningún resumen."
      : `Los ${turns} anteriores a ellos no cabían en el modelo y no están en ningún resumen.`,
  expanded: "El resumen ya no está: vuelvo a ver palabra por palabra lo que resumía, mientras quepa.",
  nothingToExpand: "Aquí no hay ningún resumen.",
  summaryVoid: "Lo que cambiaste está en el resumen de esta conversación, así que lo he descartado.",
  contextUsage: "Escribe `/context`, `/context full` o `/context left`.",
  nextMessage: "(tu próximo mensaje)",
  sees: ({ tokens: seen, window, share, model, isGuess }) =>
    `**Lo que ve el modelo:** unos ${tokens(seen)}, el ${share} de los ${tokens(window)} que ${isGuess ? "probablemente caben" : "caben"} en \`${model}\`.`,
  partNames: {
    instructions: "instrucciones",
    tools: (tools) => counted("es", tools, "herramienta", "herramientas"),
    examples: (examples) => counted("es", examples, "ejemplo", "ejemplos"),
    memory: "memoria",
    summary: "resumen",
    history: "intercambios",
    message: "tu próximo mensaje",
  },
  pictures: (pictures) => counted("es", pictures, "imagen", "imágenes"),
  tokensAndShare: (seen, share) => `${tokens(seen)}, ${share}`,
  historyRoom: (share, room) => `Los intercambios ocupan el ${share} de su espacio de ${tokens(room)}.`,
  notSeen: (turns) =>
    turns === 1
      ? "1 intercambio más antiguo ya no se ve palabra por palabra."
      : `${exchanges(turns)} más antiguos ya no se ven palabra por palabra.`,
  fullRequest: (model, hidesMemory) =>
    `La próxima petición a \`${model}\`, tal como se envía, salvo tu mensaje.${hidesMemory ? " Lo que recuerdo de ti queda fuera, porque aquí leen otras personas." : ""}`,
  hiddenMemory: "(queda fuera aquí: leen otras personas)",
  nothingLeft: "No falta nada: el modelo ve toda esta conversación.",
  left: (turns) =>
    turns === 1
      ? "1 intercambio ya no se ve palabra por palabra; aquí está."
      : `${exchanges(turns)} ya no se ven palabra por palabra; aquí están.`,
  said: {
    question: "Pregunta",
    answer: "Respuesta",
    picture: "(imagen)",
    uses: (tool) => `(usa ${tool})`,
    result: (tool) => `Resultado de ${tool}`,
  },
  inTheirPlace: "En su lugar, el modelo ve:",
};

const tokens = (value: number): string => counted("es", value, "token", "tokens");
const exchanges = (turns: number): string => counted("es", turns, "intercambio", "intercambios");
