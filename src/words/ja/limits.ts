import { amount, type Amount, clock, day, wait, type Limit, type Opening, smallDollars } from "../format.ts";
import type { Left } from "../en/limits.ts";
import type { Words } from "../words.ts";

export const limitWords: Words["limits"] = {
  usedUp: ({ whose, period, most }, opening) =>
    most.measure === "messages"
      ? `${who[whose]}${spans[period]}の質問の上限（${much(most)}）に達しました。${opens(opening)}`
      : `${who[whose]}${spans[period]}の上限（${much(most)}）を使い切りました。${opens(opening)}`,
  tooMuch: (need, limit) =>
    `この回答には最大${much(need)}かかる可能性があり、${whole(limit)}を超えます。/newで新しく始めると少なくて済みます。`,
  notLeft: ({ need, ...rest }) => `この回答には最大${much(need)}かかる可能性がありますが、${onlyLeft(rest)}`,
  endsHere: (rest) => `この回答はここまでです。${onlyLeft(rest)}`,
  noPrice: (model) =>
    `${model}の料金が分からないので、ドルの予算がある間は使えません。/modelで別のモデルを選ぶか、管理者に料金の設定を頼んでください。`,
};

const who = {
  person: "",
  channel: "このチャンネルの",
  persona: "このペルソナの",
  all: "全員合わせた",
};

const spans = { minute: "この1分間", hour: "この1時間", day: "今日", month: "今月" };

const whole = ({ whose, period, most }: Limit): string => `${who[whose]}${spans[period]}の上限${much(most)}`;

const onlyLeft = ({ left, limit, opening, isBusy }: Left): string =>
  `${isBusy ? "ほかの回答を書いている間は、" : ""}${whole(limit)}のうち${much(left)}しか残っていません。${opening ? opens(opening) : "少ししてからもう一度聞いてください。"}`;

function much({ measure, value }: Amount): string {
  if (measure === "tokens") return `${amount("ja", value)}トークン`;
  if (measure === "messages") return `${amount("ja", value)}件`;
  const dollars = smallDollars("ja", value);
  return dollars === undefined ? "0.0001ドル未満" : `${dollars}ドル`;
}

function opens(opening: Opening): string {
  const { period, at } = opening;
  const soon = wait("ja", opening).replaceAll(" ", "");
  if (period === "minute") return `${soon}後にまた使えます。`;
  return `${soon}後（${period === "month" ? `${day("ja", at)} ` : ""}${clock(at)} UTC）にまた使えます。`;
}
