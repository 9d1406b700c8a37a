import { type Amount, clock, counted, day, wait, type Limit, type Opening, smallDollars } from "../format.ts";
import type { Left } from "../en/limits.ts";
import type { Words } from "../words.ts";

export const limitWords: Words["limits"] = {
  usedUp: ({ whose, period, most }, opening) =>
    most.measure === "messages"
      ? `${asked[whose]} ${much(most)} ${spans[period]}, el máximo que acepto; ${opens(opening)}.`
      : `${have[whose]} gastado ${much(most)} ${spans[period]}, todo el límite; ${opens(opening)}.`,
  tooMuch: (need, limit) =>
    `Esta respuesta puede costar hasta ${much(need)}, más que ${whole(limit)}. /new empieza de cero y gasta menos.`,
  notLeft: ({ need, ...rest }) => `Esta respuesta puede costar hasta ${much(need)}, pero ${onlyLeft(rest)}.`,
  endsHere: (rest) => `No puedo seguir con esta respuesta: ${onlyLeft(rest)}.`,
  noPrice: (model) =>
    `No sé cuánto cuesta ${model}, así que no puedo usarlo mientras haya un presupuesto en dólares. Elige otro con /model, o pide a quien me administra que le ponga precio.`,
};

const asked = {
  person: "Has hecho",
  channel: "Este canal ha hecho",
  persona: "A este personaje le han hecho",
  all: "Entre todos han hecho",
};

const have = {
  person: "Has",
  channel: "Este canal ha",
  persona: "Este personaje ha",
  all: "Entre todos han",
};

const owners = {
  person: "tu límite",
  channel: "el límite de este canal",
  persona: "el límite de este personaje",
  all: "el límite de todos",
};

const spans = { minute: "este minuto", hour: "esta hora", day: "hoy", month: "este mes" };
const each = { minute: "por minuto", hour: "por hora", day: "por día", month: "por mes" };

const whole = ({ whose, period, most }: Limit): string => `${owners[whose]} ${each[period]} (${much(most)})`;

const onlyLeft = ({ left, limit, opening, isBusy }: Left): string =>
  `de ${whole(limit)} solo queda esto${isBusy ? " mientras se escriben otras respuestas" : ""}: ${much(left)}; ${opening ? opens(opening) : "vuelve a preguntar en un momento"}`;

function much({ measure, value }: Amount): string {
  if (measure === "tokens") return counted("es", value, "token", "tokens");
  if (measure === "messages") return counted("es", value, "pregunta", "preguntas");
  const dollars = smallDollars("es", value);
  return dollars === undefined ? "menos de 0,0001 dólares" : `${dollars} dólares`;
}

function opens(opening: Opening): string {
  const { period, at } = opening;
  const soon = `se abre de nuevo en ${wait("es", opening)}`;
  if (period === "minute") return soon;
  return `${soon}, ${period === "month" ? `el ${day("es", at)} ` : ""}a las ${clock(at)} UTC`;
}
