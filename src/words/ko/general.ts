import type { ProviderFailure } from "../../providers/provider.ts";
import type { GeneralWords } from "../en/general.ts";
import { amount, shortWait } from "../format.ts";

export const general: GeneralWords = {
  stopped: "멈췄어요.",
  timedOut: (seconds) => `답변 하나에 쓸 수 있는 ${seconds}초가 지나서 멈췄어요.`,
  cut: "답변이 최대 길이에 닿았어요. 나머지가 필요하면 “계속해 줘”라고 말해 주세요.",
  refused: "모델이 이 질문에는 답하지 않겠대요.",
  brokenOff: "답변이 중간에 끊겼어요. 지금은 모델에 연결되지 않으니 다시 물어봐 주세요.",
  empty: "모델이 아무 답도 주지 않았어요. 다시 물어봐 주세요.",
  tooLong: (tokens, window) =>
    `모델이 받기에 너무 길어요. 약 ${amount("ko", tokens)}토큰인데 ${amount("ko", window)}토큰까지만 돼요. 줄여서 보내 주세요.`,
  notPersona: (name, near, all) =>
    `“${name}” 페르소나는 없어요. ${near ? `혹시 “${near}”인가요?` : `있는 것: ${all.join(", ")}`}`,
  lostPersona: (id, instead) =>
    `여기서 쓰던 “${id}” 페르소나가 없어졌어요. 이제 “${instead}” 페르소나가 답해요.`,
  notCommand: (name, near) =>
    `/${name} 명령은 없어요.${near ? ` 혹시 /${near}인가요?` : ""} /help에서 할 수 있는 일을 볼 수 있어요.`,
  oldButton: "너무 오래된 버튼이에요. 이 버튼이 가리키던 내용이 이제 없어요.",
  notYourButton: "질문한 사람만 할 수 있어요.",
  notYourAnswer: "이 답변은 질문한 사람이나 이곳을 관리하는 사람만 멈출 수 있어요.",
  notLastAnswer: "더 새로운 답변이 있어요. 그 답변 아래에 “계속해 줘”라고 써 주세요.",
  nothingAsked: "이 메시지에는 제가 답할 내용이 없어요.",
  whoElse: "대신 누가 답할까요?",
  goOn: "멈춘 곳에서 그대로 이어서 계속해 줘.",
  inFile: (name, lines) => `📎 \`${name}\` (${lines}줄)`,
  ahead: (questions) => `앞에 질문이 ${questions}개 있어요. 차례가 되면 여기에서 답할게요.`,
  restarting: "다시 시작하는 중이에요. 곧 여기에서 이어서 답할게요.",
  notStored: "이 답변을 아직 저장하지 못했어요. 계속 시도할게요.",
  tooOld: (minutes) =>
    `${minutes < 120 ? `${minutes}분` : `${Math.round(minutes / 60)}시간`} 전에 이 메시지를 쓰셨을 때 제가 자리에 없었어요. 아직 답이 필요하면 다시 써 주세요.`,
  albumTooLate:
    "이건 너무 늦게 와서 함께 보내신 나머지와 합치지 못했어요. 앨범 전체를 다시 보내 주시면 한꺼번에 볼게요.",
  gaveUp: "여러 번 해 봤지만 번번이 실패했어요. 다르게 물어봐 주세요.",
  halfCommand: (name) =>
    `/${name} 명령을 처리하다가 중단되어 끝났는지 알 수 없어요. 다시 하기 전에 확인해 주세요.`,
  nothingRuns: "지금 여기에서 진행 중인 답변이 없어요.",
  unexpected: (id) =>
    `저한테 문제가 생겼어요. 다시 해 보고, 계속 그러면 관리자에게 알려 주세요. 오류 번호: ${id}`,
  fallback: (failed, reason, answered) => `${fallbackReasons[reason](failed)} ${answered} 모델이 답했어요.`,
  blindStandIn: (model) => `${model} 모델은 이미지를 볼 수 없어서, 이미지를 보지 않고 답했어요.`,
  provider: (kind, retryAfterMs) => {
    if (kind !== "rate-limit") return providerSentences[kind];
    const wait = retryAfterMs === undefined ? "1분쯤" : shortWait("ko", retryAfterMs);
    return `모델에 요청이 너무 많이 몰렸어요. ${wait ? `${wait} 뒤에` : "나중에"} 다시 물어봐 주세요.`;
  },

  thinking: "생각하는 중",
  doing: (status) => `${status}…`,
  titles: { thinking: "생각 과정", sources: "출처" },
  buttons: { stop: "멈추기", again: "다시", another: "다른 상대에게", more: "이어서" },
};

const fallbackReasons: Record<ProviderFailure, (model: string) => string> = {
  "rate-limit": (model) => `${model} 모델이 바빠서`,
  overloaded: (model) => `${model} 모델에 과부하가 걸려서`,
  auth: (model) => `${model} 모델이 우리 키를 거부해서`,
  "no-model": (model) => `${model} 모델이 제공되지 않아서`,
  "too-long": (model) => `${model} 모델에는 내용이 너무 길어서`,
  refused: (model) => `${model} 모델이 거절해서`,
  unfit: (model) => `${model} 모델이 이 질문을 받지 않아서`,
  unreachable: (model) => `${model} 모델에 연결되지 않아서`,
  unknown: (model) => `${model} 모델이 실패해서`,
};

const providerSentences: Record<Exclude<ProviderFailure, "rate-limit">, string> = {
  overloaded: "지금 모델에 과부하가 걸렸어요. 1분쯤 뒤에 다시 물어봐 주세요.",
  auth: "모델 회사가 우리 키를 거부했거나 계정에 잔액이 없어요. 관리자가 “parlance doctor”로 확인할 수 있어요.",
  "no-model": "설정된 모델을 모델 회사가 제공하지 않아요. 관리자가 “parlance doctor”로 확인할 수 있어요.",
  "too-long": "대화가 모델이 받기에 너무 길어졌어요. /new를 쓰면 새로 시작해요.",
  refused: "모델 회사가 이 요청을 거절했어요.",
  unfit:
    "모델이 이 질문을 그대로는 받지 않았어요. 다르게 써 보거나, 이미지를 빼거나, /model로 다른 모델을 골라 주세요.",
  unreachable: "지금 모델에 연결할 수 없어요. 1분쯤 뒤에 다시 물어봐 주세요.",
  unknown: "모델이 답하지 못했어요. 다시 물어봐 주세요.",
};
