import { toDollars } from "../../limits/bounds.ts";
import { compact, dollars } from "../../text/numbers.ts";
import type { Total } from "../../usage/totals.ts";
import type { Words } from "../words.ts";

export const usageWords: Words["usage"] = {
  summary: "오늘과 이번 달 답변에 쓴 양과 비용, 남은 예산을 보여 줘요",
  inPrivate: "얼마나 썼는지는 본인만 알면 되는 일이에요. `/usage`는 다이렉트 메시지로 물어봐 주세요.",
  how: "`/usage` 또는 `/usage csv`라고 써 주세요. 관리자는 `/usage all`, `/usage all csv`도 쓸 수 있어요.",
  nothing: "이번 달에는 모델이 답한 적이 없어요.",
  nothingAtAll: "지난 30일 동안 모델이 누구에게도 답한 적이 없어요.",
  today: (total) => `**오늘:** ${told(total)}`,
  thisMonth: (total) => `**이번 달:** ${told(total)}`,
  thirtyDays: (total) => `**모두, 30일:** ${told(total)}`,
  by: { model: "모델별", persona: "페르소나별", channel: "채널별", person: "사람별" },
  line: (name, total) => `- ${name}: ${told(total)}`,
  more: (count, total) => `- 그 밖의 ${count}개: ${told(total)}`,
  directMessages: "다이렉트 메시지",
  nobody: "데이터를 지운 사람들",
  left: ({ bound, used, held }) => {
    const left = Math.max(0, bound.most - used - held);
    const amount = (value: number): string =>
      bound.measure === "money" ? dollars(toDollars(value)) : `${compact(value)}토큰`;
    return `- ${bound.period === "day" ? "오늘" : "이번 달"} ${amount(bound.most)} 중 ${amount(left)}`;
  },
  budget: "남은 예산",
  budgetOfAll: "모두의 남은 예산",
  clock: "날과 달은 UTC 기준이에요.",
  csv: (rows) => `${rows}줄이에요. 답변 하나에 한 줄씩이에요.`,
  csvOfAll: (rows) => `${rows}줄이에요. 30일을 날짜, 채널, 사람, 페르소나, 모델별로 나눴어요.`,
  asCsv: "표로 받기",
};

function told({ answers, tokens, costNano, unpriced }: Total): string {
  const priced = answers - unpriced;
  const money = priced > 0 ? [dollars(toDollars(costNano))] : [];
  const unknown = unpriced > 0 && priced > 0 ? `(${unpriced}개는 가격을 몰라요)` : "";
  return `${[`답변 ${answers}개`, `${compact(tokens)}토큰`, ...money].join(", ")}${unknown}`;
}
