import { amount, type Amount, clock, day, wait, type Limit, type Opening, smallDollars } from "../format.ts";
import type { Left } from "../en/limits.ts";
import type { Words } from "../words.ts";

export const limitWords: Words["limits"] = {
  usedUp: ({ whose, period, most }, opening) =>
    most.measure === "messages"
      ? `${who[whose]}${spans[period]}已经${whose === "persona" ? "被" : ""}问了 ${much(most)}，到上限了。${opens(opening)}`
      : `${who[whose]}${spans[period]}的额度（${much(most)}）已经用完。${opens(opening)}`,
  tooMuch: (need, limit) =>
    `这个回答最多可能要用 ${much(need)}，超过了${whole(limit)}。用 /new 重新开始会用得少一些。`,
  notLeft: ({ need, ...rest }) => `这个回答最多可能要用 ${much(need)}，但${onlyLeft(rest)}`,
  endsHere: (rest) => `这个回答只能到这里了：${onlyLeft(rest)}`,
  noPrice: (model) =>
    `我不知道 ${model} 的价格，所以在有美元预算时不能用它。请用 /model 换一个，或者请管理员设置它的价格。`,
};

const who = {
  person: "你",
  channel: "这个频道",
  persona: "这个角色",
  all: "所有人",
};

const spans = { minute: "这一分钟", hour: "这一小时", day: "今天", month: "本月" };

const whole = ({ whose, period, most }: Limit): string =>
  `${who[whose]}${spans[period]}的额度（${much(most)}）`;

const onlyLeft = ({ left, limit, opening, isBusy }: Left): string =>
  `${isBusy ? "在写其他回答的这段时间里，" : ""}${whole(limit)}只剩 ${much(left)}。${opening ? opens(opening) : "请稍等片刻再问。"}`;

function much({ measure, value }: Amount): string {
  if (measure === "tokens") return `${amount("zh", value)} 个 token`;
  if (measure === "messages") return `${amount("zh", value)} 个问题`;
  const dollars = smallDollars("zh", value);
  return dollars === undefined ? "不到 0.0001 美元" : `${dollars} 美元`;
}

function opens(opening: Opening): string {
  const { period, at } = opening;
  const soon = wait("zh", opening);
  if (period === "minute") return `${soon}后恢复。`;
  return `${soon}后（${period === "month" ? `${day("zh", at)} ` : ""}${clock(at)} UTC）恢复。`;
}
