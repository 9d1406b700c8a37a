import { counted, day } from "../format.ts";
import type { Words } from "../words.ts";

export const privacyWords: Words["privacy"] = {
  summary: "qué guardo sobre ti, dónde y cuánto tiempo",
  keptNothing: "**Lo que guardo sobre ti:** nada.",
  kept: (since) => `**Lo que guardo sobre ti,** desde el ${day("es", since)}:`,
  questions: (questions, pictures) =>
    `${asked(questions)} con ${questions === 1 ? "su respuesta" : "sus respuestas"}${pictures > 0 ? ` y ${images(pictures)}` : ""}`,
  files: (files) =>
    `el texto de ${counted("es", files, "archivo", "archivos")} que enviaste (\`/files\`), mientras siga su pregunta`,
  facts: (facts) => `${known(facts)} sobre ti (\`/memory\`)`,
  instructions: (instructions) => `${rules(instructions)} sobre cómo responderte (\`/instructions\`)`,
  accounts: (lines) =>
    `${counted("es", lines, "línea", "líneas")} de cuentas: modelo, tokens y coste de una respuesta`,
  choices: "los personajes y modelos que elegiste en conversaciones solo tuyas",
  summaries: "lo que resumió `/compact`, hasta que se borre la primera pregunta que contiene",
  used: "**Dónde uso los datos:** en nuestros mensajes directos, todos; en otros sitios, solo donde me los contaste: los de un canal público, en todo su servidor; los de un canal privado o un grupo, solo allí. `/memory share 1` me deja usar uno en todas partes.",
  keptInGeneral:
    "**Lo que guardo:** tus preguntas con sus respuestas y lo que me contaste de ti. Pregúntame en un mensaje directo cuánto es.",
  where: (vendors) =>
    `**Dónde:** en la base de datos de este bot. ${
      vendors.length === 0
        ? "No se envía nada a ningún proveedor de modelos."
        : `Para responder envío a un modelo la pregunta con sus archivos, la conversación anterior, tu nombre, los datos sobre ti y tus instrucciones. Los proveedores: ${vendors.join(", ")}.`
    }`,
  searched: (backends) =>
    `Cuando una búsqueda ayuda, sus palabras van a: ${backends.join(", ")}. Una página se pide a su propio sitio, que no sabe nada de ti.`,
  howLong: (questions, facts) =>
    questions === facts
      ? `**Cuánto tiempo:** preguntas y datos, ${span(questions)}; las cuentas, sin límite.`
      : `**Cuánto tiempo:** las preguntas, ${span(questions)}; los datos, ${span(facts)}; las cuentas, sin límite.`,
  yours:
    "**Lo que puedes cambiar:** `/export` te lo da todo en un mensaje directo. `/memory forget 1` borra un dato, `/undo` el último intercambio, `/forget me` todo.",
  stays:
    "**Lo que queda después de `/forget me`:** durante dos días, los números de tus mensajes y nada más, para no responder dos veces a ninguno; sumas que no nombran a nadie; lo que cuenta para un límite tuyo, hasta que acabe su hora, día o mes; que eres propietario de este bot, si lo eres. Puede que otros te hayan citado, y lo que recibió un proveedor lo guarda o lo borra él.",

  export: {
    summary: "todo lo que guardo sobre ti, en un archivo",
    notHere: "Aquí leen otras personas: pídeme `/export` en un mensaje directo.",
    done: ({ questions, facts, files, leftOut }) =>
      [
        `Todo lo que guardo sobre ti: ${asked(questions)} con ${questions === 1 ? "su respuesta" : "sus respuestas"}, ${known(facts)}, lo que elegiste y lo que gastaron tus respuestas.`,
        ...(files === 1 ? [] : [`No cabe en un solo archivo: son ${files}.`]),
        ...(leftOut === 0 ? [] : [`Por su tamaño quedó fuera esto: ${images(leftOut)}.`]),
      ].join(" "),
  },

  forget: {
    summary: "borra todo lo que guardo sobre ti",
    howTo:
      "Escribe `/forget me` para borrar todo lo que guardo sobre ti. `/memory forget 2` borra un solo dato.",
    warning: (held) =>
      `Esto borra todo lo que guardo sobre ti${held ? ` (${asked(held.questions)}, ${known(held.facts)})` : ""}: tus preguntas con sus respuestas, imágenes, archivos, datos, instrucciones y elecciones, en todos los chats. No se puede deshacer; \`/export\` te da antes una copia.`,
    confirm: "`/forget me yes` lo hace.",
    done: "Hecho: ya no te conozco.",
    rest: "Los mensajes de este chat los puedes borrar tú, y puede que otros te hayan citado en sus preguntas. `/privacy` dice qué más queda, y por qué.",
  },
};

const span = (days: number | undefined): string =>
  days === undefined ? "hasta que los borres" : counted("es", days, "día", "días");

const asked = (questions: number): string => counted("es", questions, "pregunta", "preguntas");
const known = (facts: number): string => counted("es", facts, "dato", "datos");
const rules = (instructions: number): string => counted("es", instructions, "instrucción", "instrucciones");
const images = (pictures: number): string => counted("es", pictures, "imagen", "imágenes");
