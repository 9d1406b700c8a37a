import type { Words } from "../words.ts";
import { counted } from "../format.ts";

export const terminalWords: Words["terminal"] = {
  welcome: (persona, earlier) =>
    [
      `«${persona}» te escucha.`,
      ...(earlier > 0
        ? [
            `Nuestra conversación continúa (${counted("es", earlier, "pregunta", "preguntas")} hasta ahora); /new empieza de cero.`,
          ]
        : []),
      "/help muestra los comandos; /image y /file adjuntan algo; /quit sale.",
    ].join(" "),
  keys: "Una línea que acaba en \\ continúa en la siguiente; Ctrl-C detiene una respuesta.",
  attached: (file) => `${file} va con tu próximo mensaje.`,
  noPath: "Falta la ruta: di qué archivo es.",
  notThere: (path) => `No existe el archivo ${path}.`,
  notFile: (path) => `${path} no es un archivo.`,
};
