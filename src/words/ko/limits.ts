import { amount, type Amount, clock, day, wait, type Limit, type Opening, smallDollars } from "../format.ts";
import type { Left } from "../en/limits.ts";
import type { Words } from "../words.ts";

export const limitWords: Words["limits"] = {
  usedUp: ({ whose, period, most }, opening) =>
    most.measure === "messages"
      ? `${who[whose]}${spans[period]} 물을 수 있는 ${much(most)}를 모두 물었어요. ${opens(opening)}`
      : `${by[whose]}${spans[period]} 쓸 수 있는 ${much(most)}를 모두 썼어요. ${opens(opening)}`,
  tooMuch: (need, limit) =>
    `이 답변에는 최대 ${much(need)}까지 들 수 있는데, ${whole(limit)}보다 많아요. /new로 새로 시작하면 덜 들어요.`,
  notLeft: ({ need, ...rest }) => `이 답변에는 최대 ${much(need)}까지 들 수 있는데, ${onlyLeft(rest)}`,
  endsHere: (rest) => `이 답변은 여기까지만 쓸 수 있어요. ${onlyLeft(rest)}`,
  noPrice: (model) =>
    `${model} 모델이 얼마인지 알 수 없어서, 달러 예산이 정해져 있는 동안에는 쓸 수 없어요. /model로 다른 모델을 고르거나 관리자에게 가격을 설정해 달라고 하세요.`,
};

const who = {
  person: "",
  channel: "이 채널에서 ",
  persona: "이 페르소나에게 ",
  all: "모두 합쳐 ",
};

const by = { ...who, persona: "이 페르소나로 " };

const owners = {
  person: "",
  channel: "이 채널의 ",
  persona: "이 페르소나의 ",
  all: "모두의 ",
};

const spans = { minute: "1분 동안", hour: "한 시간 동안", day: "오늘", month: "이번 달에" };
const limits = { minute: "1분", hour: "한 시간", day: "하루", month: "한 달" };

const whole = ({ whose, period, most }: Limit): string =>
  `${owners[whose]}${limits[period]} 한도 ${much(most)}`;

const onlyLeft = ({ left, limit, opening, isBusy }: Left): string =>
  `${isBusy ? "다른 답변을 쓰는 동안에는 " : ""}${whole(limit)} 중 ${much(left)}만 남아 있어요. ${opening ? opens(opening) : "잠시 뒤에 다시 물어봐 주세요."}`;

function much({ measure, value }: Amount): string {
  if (measure === "tokens") return `토큰 ${amount("ko", value)}개`;
  if (measure === "messages") return `질문 ${amount("ko", value)}개`;
  const dollars = smallDollars("ko", value);
  return dollars === undefined ? "0.0001달러도 안 되는 금액" : `${dollars}달러`;
}

function opens(opening: Opening): string {
  const { period, at } = opening;
  const soon = wait("ko", opening);
  if (period === "minute") return `${soon} 뒤에 다시 열려요.`;
  return `${soon} 뒤(${period === "month" ? `${day("ko", at)} ` : ""}${clock(at)} UTC)에 다시 열려요.`;
}
