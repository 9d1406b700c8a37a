import { toDollars } from "../../limits/bounds.ts";
import { compact, dollars } from "../../text/numbers.ts";
import type { Total } from "../../usage/totals.ts";
import type { Words } from "../words.ts";

export const usageWords: Words["usage"] = {
  summary: "今日と今月の回答に使った量と費用、予算の残り",
  inPrivate: "どれだけ使ったかは、あなただけのことです。`/usage`はダイレクトメッセージで聞いてください。",
  how: "`/usage`か`/usage csv`と書いてください。管理者は`/usage all`と`/usage all csv`も使えます。",
  nothing: "今月、モデルはまだあなたに答えていません。",
  nothingAtAll: "この30日間、モデルはだれにも答えていません。",
  today: (total) => `**今日：** ${told(total)}`,
  thisMonth: (total) => `**今月：** ${told(total)}`,
  thirtyDays: (total) => `**全員、30日間：** ${told(total)}`,
  by: { model: "モデル別", persona: "ペルソナ別", channel: "チャンネル別", person: "人別" },
  line: (name, total) => `- ${name}：${told(total)}`,
  more: (count, total) => `- ほか${count}件：${told(total)}`,
  directMessages: "ダイレクトメッセージ",
  nobody: "データを削除した人たち",
  left: ({ bound, used, held }) => {
    const left = Math.max(0, bound.most - used - held);
    const amount = (value: number): string =>
      bound.measure === "money" ? dollars(toDollars(value)) : `${compact(value)}トークン`;
    return `- ${bound.period === "day" ? "今日" : "今月"}の${amount(bound.most)}のうち${amount(left)}`;
  },
  budget: "あなたの予算の残り",
  budgetOfAll: "全員の予算の残り",
  clock: "日と月はUTCで区切ります。",
  csv: (rows) => `${rows}行です。回答1つにつき1行です。`,
  csvOfAll: (rows) => `${rows}行です。30日間を日、チャンネル、人、ペルソナ、モデルで分けています。`,
  asCsv: "表で受け取る",
};

function told({ answers, tokens, costNano, unpriced }: Total): string {
  const priced = answers - unpriced;
  const money = priced > 0 ? [dollars(toDollars(costNano))] : [];
  const unknown = unpriced > 0 && priced > 0 ? `（${unpriced}件は料金不明）` : "";
  return `${[`回答${answers}件`, `${compact(tokens)}トークン`, ...money].join("、")}${unknown}`;
}
