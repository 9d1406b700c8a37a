import type { ChosenBy } from "../../model-choice.ts";
import { compact, dollars, percent } from "../../text/numbers.ts";
import { listed, rate } from "../format.ts";
import type { Words } from "../words.ts";

export const modelWords: Words["models"] = {
  usage: "[nombre]",
  summary: "muestra el modelo en uso o cambia a otro; `default` vuelve al del personaje",
  summaryOfThink: "cuánto piensa el modelo antes de responder, y si lo ves",

  notSet: (alias) =>
    `No hay ningún modelo para «${alias}». Escribe models: { ${alias}: provider/model } en parlance.yaml.`,
  unknown: (name, near, aliases) =>
    `No hay ningún modelo «${name}». ${near ? `¿Querías decir «${near}»?` : `Estos son los que hay: ${aliases.join(", ")}; también vale \`provider/model\`.`}`,

  inUse: (model, by) => `Aquí responde \`${model}\`: ${choices[by]}.`,
  isFixed: (persona) =>
    `«${persona}» siempre responde con él, así que no se puede cambiar. Con otro personaje quizá sí: /persona los muestra.`,
  line: ({ alias, name, description, window, rate: cost }, isInUse) => {
    const goodFor = description ?? (alias === undefined ? undefined : goodForOf[alias]);
    const facts = [
      ...(window === undefined ? [] : [`${compact(window)} tokens`]),
      ...(cost ? [`${rate(cost.input)} de entrada, ${rate(cost.output)} de salida`] : []),
    ];
    const called = alias === undefined ? `\`${name}\`` : `\`${alias}\` (${name})`;
    const head = `${isInUse ? `**${called}, en uso**` : called}${goodFor === undefined ? "" : `: ${goodFor}`}`;
    return `- ${[head, ...facts].join(" · ")}`;
  },
  howToSwitch:
    "Los dólares son por un millón de tokens. `/model nombre` cambia aquí; vale el nombre de cualquier `provider/model`.",
  unpriced: (models) =>
    models.length === 1
      ? `No sé cuánto cuesta ${models[0]}, así que no puedo usarlo mientras haya un presupuesto en dólares. Quien me administra puede escribir el precio en parlance.yaml: \`providers.<id>.models.<model>.price\`.`
      : `No sé cuánto cuestan ${listed("es", models)}, así que no puedo usarlos mientras haya un presupuesto en dólares. Quien me administra puede escribir los precios en parlance.yaml: \`providers.<id>.models.<model>.price\`.`,
  switched: (model) => `Ahora responde aquí \`${model}\`.`,
  switchedToUnknown: (model, near) =>
    `Ahora responde aquí \`${model}\`. No lo conozco, así que quizá esté mal escrito${near === undefined ? "" : `: conozco \`${near}\``}. La próxima respuesta lo dirá.`,
  ratherThis: "Mejor ese",
  reset: "Por defecto",

  howToThink:
    "Escribe `/think off`, `low`, `medium`, `high` o `max`, `/think default`, `/think show` o `/think hide`.",
  efforts: { off: "Nada", low: "Poco", medium: "Medio", high: "Mucho", max: "Máximo" },
  thinks: (model, effort, by) =>
    effort === undefined
      ? `\`${model}\` decide por sí mismo cuánto piensa.`
      : `\`${model}\` ${effort === "off" ? "responde sin pensar antes, en lo posible" : `piensa antes de responder (\`${effort}\`)`}: ${efforts[by]}.`,
  cannotThink: (model, effort) =>
    `A \`${model}\` no se le puede decir cuánto pensar.${effort === undefined ? "" : ` «${effort}» vale para los modelos que lo permiten.`}`,
  showsThinking: (isShown, isUndecided) =>
    isShown
      ? `Lo que piensa se muestra plegado con su respuesta${isUndecided ? ", en la medida en que su proveedor lo cuente: algunos, solo si se elige cuánto piensa" : ""}.`
      : "Lo que piensa no se muestra.",
  show: "Ver lo que piensa",
  hide: "Ocultarlo",

  receipt: {
    tokens: (input, output) => `${compact(input)} de entrada, ${compact(output)} de salida`,
    cost: (usd, searches) =>
      searches === 0
        ? dollars(usd)
        : `${dollars(usd)} + ${searches === 1 ? "1 búsqueda" : `${searches} búsquedas`}`,
    cached: (share) => `${percent(share)} en caché`,
    thinking: (tokens) => `${compact(tokens)} pensando`,
    window: (share) => `${percent(share)} de la ventana`,
    tools: (names) => `herramientas: ${names.join(", ")}`,
    seconds: (seconds) => `${seconds.toFixed(1)} s`,
  },
};

const choices: Record<ChosenBy, string> = {
  question: "se eligió para esta pregunta",
  conversation: "se eligió en esta conversación",
  place: "se eligió para este canal",
  persona: "es el del personaje",
  nobody: "es el modelo por defecto",
};

const efforts: Record<ChosenBy, string> = {
  ...choices,
  persona: "así lo quiere el personaje",
  nobody: "es lo normal aquí",
};

const goodForOf: Readonly<Record<string, string>> = {
  fast: "rápido y barato, para el día a día",
  smart: "minucioso, para casi todo",
  thinking: "más lento y caro, para lo difícil",
};
