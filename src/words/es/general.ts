import type { ProviderFailure } from "../../providers/provider.ts";
import type { GeneralWords } from "../en/general.ts";
import { amount, counted, shortWait } from "../format.ts";

export const general: GeneralWords = {
  stopped: "Detenido.",
  timedOut: (seconds) =>
    `Me detuve a los ${counted("es", seconds, "segundo", "segundos")}, mi límite para una respuesta.`,
  cut: "La respuesta llegó a su longitud máxima. Di «sigue» para ver el resto.",
  refused: "El modelo no quiso responder a esto.",
  brokenOff: "La respuesta se cortó: ya no puedo conectar con el modelo. Vuelve a preguntar, por favor.",
  empty: "El modelo no dio ninguna respuesta. Vuelve a preguntar, por favor.",
  tooLong: (tokens, window) =>
    `Esto es demasiado largo para el modelo: unos ${amount("es", tokens)} tokens, y caben ${amount("es", window)}. Envía menos, por favor.`,
  notPersona: (name, near, all) =>
    `No hay ningún personaje «${name}». ${near ? `¿Querías decir «${near}»?` : `Estos son los que hay: ${all.join(", ")}.`}`,
  lostPersona: (id, instead) =>
    `El personaje «${id}» elegido aquí ya no existe; ahora responde «${instead}».`,
  notCommand: (name, near) =>
    `No existe /${name}.${near ? ` ¿Querías decir /${near}?` : ""} /help muestra lo que sé hacer.`,
  oldButton: "Este botón es demasiado antiguo: ya no tengo aquello a lo que pertenece.",
  notYourButton: "Solo puede hacerlo quien preguntó.",
  notYourAnswer: "Solo puede detener esta respuesta quien preguntó o quien administra este lugar.",
  notLastAnswer: "Hay una respuesta más nueva: escribe «sigue» debajo de esa.",
  nothingAsked: "En este mensaje no hay nada que pueda responder.",
  whoElse: "¿Quién debería responder en su lugar?",
  goOn: "Sigue exactamente donde lo dejaste.",
  inFile: (name, lines) => `📎 \`${name}\` (${counted("es", lines, "línea", "líneas")})`,
  ahead: (questions) =>
    questions === 1
      ? "Hay una pregunta antes que la tuya; responderé aquí."
      : `Hay ${questions} preguntas antes que la tuya; responderé aquí.`,
  restarting: "Me están reiniciando. La respuesta sigue aquí en un momento.",
  notStored: "Todavía no puedo guardar esta respuesta; lo sigo intentando.",
  tooOld: (minutes) =>
    `No estaba cuando escribiste esto, hace ${
      minutes < 120
        ? counted("es", minutes, "minuto", "minutos")
        : counted("es", Math.round(minutes / 60), "hora", "horas")
    }. Escríbelo otra vez si aún quieres una respuesta.`,
  albumTooLate:
    "Esto llegó demasiado tarde para unirse al resto de su álbum. Envía otra vez el álbum entero y lo miraré todo junto.",
  gaveUp: "Lo intenté varias veces y fallé en todas. Pregúntalo de otra manera, por favor.",
  halfCommand: (name) =>
    `Me interrumpieron en medio de /${name} y no sé si llegó a hacerse. Compruébalo antes de repetirlo.`,
  nothingRuns: "Aquí no hay nada en marcha.",
  unexpected: (id) =>
    `Algo falló por mi parte. Inténtalo otra vez; si sigue igual, avisa a quien me administra: error ${id}.`,
  fallback: (failed, reason, answered) => `${failed} ${fallbackReasons[reason]}; respondió ${answered}.`,
  blindStandIn: (model) => `${model} no puede ver imágenes, así que respondió sin mirarlas.`,
  provider: (kind, retryAfterMs) => {
    if (kind !== "rate-limit") return providerSentences[kind];
    const wait = retryAfterMs === undefined ? "un minuto" : shortWait("es", retryAfterMs);
    return `El modelo recibe demasiadas peticiones. Vuelve a preguntar ${wait ? `en ${wait}` : "más tarde"}, por favor.`;
  },

  thinking: "pensando",
  doing: (status) => `está ${status}…`,
  titles: { thinking: "Razonamiento", sources: "Fuentes" },
  buttons: { stop: "Detener", again: "Otra vez", another: "Preguntar a otro", more: "Seguir" },
};

const fallbackReasons: Record<ProviderFailure, string> = {
  "rate-limit": "estaba ocupado",
  overloaded: "estaba sobrecargado",
  auth: "rechazó nuestra clave",
  "no-model": "no está disponible",
  "too-long": "es demasiado pequeño para esto",
  refused: "no quiso responder",
  unfit: "no aceptó esta pregunta",
  unreachable: "no estaba accesible",
  unknown: "falló",
};

const providerSentences: Record<Exclude<ProviderFailure, "rate-limit">, string> = {
  overloaded: "El modelo está sobrecargado ahora mismo. Vuelve a preguntar en un minuto, por favor.",
  auth: "El proveedor del modelo rechazó nuestra clave, o su cuenta no tiene saldo. Quien me administra puede comprobarlo con «parlance doctor».",
  "no-model":
    "El proveedor no ofrece el modelo configurado. Quien me administra puede comprobarlo con «parlance doctor».",
  "too-long": "Esta conversación es demasiado larga para el modelo. /new empieza de cero.",
  refused: "El proveedor del modelo rechazó esta petición.",
  unfit:
    "El modelo no aceptó la pregunta tal como está. Dila con otras palabras, quita las imágenes o elige otro modelo con /model.",
  unreachable: "Ahora mismo no puedo conectar con el modelo. Vuelve a preguntar en un minuto, por favor.",
  unknown: "El modelo no pudo responder. Vuelve a preguntar, por favor.",
};
