import { toDollars } from "../../limits/bounds.ts";
import { compact, dollars } from "../../text/numbers.ts";
import type { Total } from "../../usage/totals.ts";
import type { Words } from "../words.ts";

export const usageWords: Words["usage"] = {
  summary: "你的回答今天和本月用了多少、花了多少，还剩多少",
  inPrivate: "你用了多少只有你该知道：请在私信里用 `/usage` 问我。",
  how: "请写 `/usage` 或 `/usage csv`；管理员还可以写 `/usage all` 和 `/usage all csv`。",
  nothing: "这个月还没有模型回答过你。",
  nothingAtAll: "最近 30 天没有模型回答过任何人。",
  today: (total) => `**今天：** ${told(total)}`,
  thisMonth: (total) => `**本月：** ${told(total)}`,
  thirtyDays: (total) => `**所有人，30 天：** ${told(total)}`,
  by: { model: "按模型", persona: "按角色", channel: "按频道", person: "按人" },
  line: (name, total) => `- ${name}：${told(total)}`,
  more: (count, total) => `- 其余 ${count} 项：${told(total)}`,
  directMessages: "私信",
  nobody: "我已经忘记的人",
  left: ({ bound, used, held }) => {
    const left = Math.max(0, bound.most - used - held);
    const amount = (value: number): string =>
      bound.measure === "money" ? dollars(toDollars(value)) : `${compact(value)} 个 token`;
    return `- ${bound.period === "day" ? "今天" : "本月"}的 ${amount(bound.most)} 里还剩 ${amount(left)}`;
  },
  budget: "你剩下的预算",
  budgetOfAll: "所有人剩下的预算",
  clock: "日和月按 UTC 计算。",
  csv: (rows) => `共 ${rows} 行，每个回答一行。`,
  csvOfAll: (rows) => `共 ${rows} 行：30 天，按日期、频道、人、角色和模型分开。`,
  asCsv: "发成表格",
};

function told({ answers, tokens, costNano, unpriced }: Total): string {
  const priced = answers - unpriced;
  const money = priced > 0 ? [dollars(toDollars(costNano))] : [];
  const unknown = unpriced > 0 && priced > 0 ? `，其中 ${unpriced} 个价格未知` : "";
  return `${[`${answers} 个回答`, `${compact(tokens)} 个 token`, ...money].join("，")}${unknown}`;
}
