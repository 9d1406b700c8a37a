import { type Amount, clock, counted, day, wait, type Limit, type Opening, smallDollars } from "../format.ts";

/** Why an answer is not given: a budget or rate is in the way. */
export const limitWords = {
  usedUp: ({ whose, period, most }: Limit, opening: Opening): string =>
    most.measure === "messages"
      ? `${asked[whose]} ${much(most)} ${span[period]}, the most I take; ${opens(opening)}.`
      : `${have[whose]} used ${spans[period]} ${much(most)}; ${opens(opening)}.`,
  tooMuch: (need: Amount, limit: Limit): string =>
    `${may(need)}, more than ${whole(limit)}. /new starts afresh and takes less.`,
  /** `isBusy`: other answers on their way hold some of it back. */
  notLeft: ({ need, ...rest }: NotLeft): string => `${may(need)}, but ${onlyLeft(rest)}.`,
  /** Under an answer that had to end before its model was done. */
  endsHere: (rest: Left): string => `I can go no further with this: ${onlyLeft(rest)}.`,
  noPrice: (model: string): string =>
    `I can't tell what ${model} costs, so I may not use it while a budget in dollars holds. Choose another with /model, or ask whoever runs me to set its price.`,
};

/** What an answer may take, where less than that is left. */
export interface NotLeft extends Left {
  readonly need: Amount;
}

/** What is left of a limit. */
export interface Left {
  readonly left: Amount;
  readonly limit: Limit;
  /** None where there is room as soon as other answers have ended. */
  readonly opening?: Opening;
  readonly isBusy: boolean;
}

const asked = {
  person: "You have asked",
  channel: "This channel has asked",
  persona: "This persona has been asked",
  all: "Everyone together has asked",
};

const have = {
  person: "You have",
  channel: "This channel has",
  persona: "This persona has",
  all: "Everyone together has",
};

const owners = {
  person: "your",
  channel: "this channel's",
  persona: "this persona's",
  all: "everyone's",
};

const span = { minute: "this minute", hour: "this hour", day: "today", month: "this month" };
const spans = { minute: "this minute's", hour: "this hour's", day: "today's", month: "this month's" };

const may = (need: Amount): string =>
  `This may ${need.measure === "money" ? "cost" : "take"} up to ${much(need)}`;

const whole = ({ whose, period, most }: Limit): string =>
  `${owners[whose]} ${much(most)} for ${span[period]}`;

const onlyLeft = ({ left, limit, opening, isBusy }: Left): string =>
  `of ${whole(limit)} only ${much(left)} ${left.value === 1 ? "is" : "are"} left${isBusy ? " while other answers are being written" : ""}; ${opening ? opens(opening) : "ask again in a moment"}`;

function much({ measure, value }: Amount): string {
  if (measure === "money") {
    const dollars = smallDollars("en", value);
    return dollars === undefined ? "less than 0.0001 dollars" : `${dollars} dollars`;
  }
  const unit = measure === "tokens" ? "token" : "question";
  return counted("en", value, unit, `${unit}s`);
}

/** `it opens again in 3 hours, 20 minutes, at 00:00 UTC` */
function opens(opening: Opening): string {
  const { period, at } = opening;
  const soon = `it opens again in ${wait("en", opening)}`;
  if (period === "minute") return soon;
  return `${soon}, ${period === "month" ? `on ${day("en", at)} at` : "at"} ${clock(at)} UTC`;
}
