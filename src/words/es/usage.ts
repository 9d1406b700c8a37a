import { toDollars } from "../../limits/bounds.ts";
import { compact, dollars } from "../../text/numbers.ts";
import type { Total } from "../../usage/totals.ts";
import { counted } from "../format.ts";
import type { Words } from "../words.ts";

export const usageWords: Words["usage"] = {
  summary: "lo que gastaron y costaron tus respuestas, hoy y este mes, y lo que te queda",
  inPrivate: "Lo que gastas es cosa tuya: pídeme `/usage` en un mensaje directo.",
  how: "Escribe `/usage` o `/usage csv`; quienes me administran, también `/usage all` y `/usage all csv`.",
  nothing: "Ningún modelo te ha respondido este mes.",
  nothingAtAll: "Ningún modelo ha respondido a nadie en treinta días.",
  today: (total) => `**Hoy:** ${told(total)}`,
  thisMonth: (total) => `**Este mes:** ${told(total)}`,
  thirtyDays: (total) => `**Todos, treinta días:** ${told(total)}`,
  by: { model: "Por modelo", persona: "Por personaje", channel: "Por canal", person: "Por persona" },
  line: (name, total) => `- ${name}: ${told(total)}`,
  more: (count, total) => `- ${count} más: ${told(total)}`,
  directMessages: "mensajes directos",
  nobody: "personas a las que olvidé",
  left: ({ bound, used, held }) => {
    const left = Math.max(0, bound.most - used - held);
    const amount = (value: number): string =>
      bound.measure === "money" ? dollars(toDollars(value)) : `${compact(value)} tokens`;
    return `- ${amount(left)} de ${amount(bound.most)} ${bound.period === "day" ? "hoy" : "este mes"}`;
  },
  budget: "Lo que queda de tu presupuesto",
  budgetOfAll: "Lo que queda del presupuesto de todos",
  clock: "Los días y los meses son los de UTC.",
  csv: (rows) => `${counted("es", rows, "línea", "líneas")}, una por respuesta.`,
  csvOfAll: (rows) =>
    `${counted("es", rows, "línea", "líneas")}: treinta días por día, canal, persona, personaje y modelo.`,
  asCsv: "Como tabla",
};

function told({ answers, tokens, costNano, unpriced }: Total): string {
  const priced = answers - unpriced;
  const money = priced > 0 ? [dollars(toDollars(costNano))] : [];
  const unknown = unpriced > 0 && priced > 0 ? ` y ${unpriced} de precio desconocido` : "";
  return `${[counted("es", answers, "respuesta", "respuestas"), `${compact(tokens)} tokens`, ...money].join(", ")}${unknown}`;
}
