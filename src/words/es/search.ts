import type { Words } from "../words.ts";

export const searchWords: Words["search"] = {
  usage: "pregunta",
  summary: "buscar primero en la web y responder con lo que se encuentre",
  howTo:
    "Escribe `/search tu pregunta`: primero busco en la web y respondo con lo que encuentro, con fuentes. Las personas que buscan lo hacen solas cuando ayuda.",
  failed: (backend, reason) => `${backend}: ${reason}`,
  noneWorked: (reasons) => `Ahora no puedo buscar (${reasons.join("; ")}).`,
  noBackend:
    "No tengo con qué buscar: quien me administra puede indicarlo en parlance.yaml, en `search.backends`.",
  foundNothing: (backend) => `Busqué con ${backend} y no encontré nada.`,
  unreachable: "no se puede conectar",
  status: (status) =>
    status === 401 || status === 403
      ? `rechaza la clave (${status})`
      : status === 402 || status === 429
        ? `su límite está agotado por ahora (${status})`
        : `responde con el error ${status}`,
  noPrice:
    "no sé cuánto cuesta una búsqueda, así que no puedo usarlo mientras haya un presupuesto en dólares",
  unreadable: "no entiendo su respuesta",
  tooSlow: (seconds) => `sin respuesta en ${seconds} s`,
  turnedAway: "me rechazó",
  didNot: "Pediste una búsqueda, pero el modelo respondió sin buscar.",
};
