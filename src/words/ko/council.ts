import type { Absence } from "../../council/progress.ts";
import type { Words } from "../words.ts";

export const councilWords: Words["council"] = {
  usage: "[모델:] 질문",
  summary: "여러 모델이 답하고 서로 순위를 매긴 뒤, 하나가 정리해요",
  howTo: (models) =>
    [
      `\`/council 질문\`: 모델 ${models.length}개가 나란히 답하고, 누구의 답인지 모른 채 서로 순위를 매겨요. 그리고 하나가 공통점과 다른 점을 정리해요.`,
      "",
      ...models.map((model) => `- ${model}`),
      "",
      "`/council fast, smart: 질문`이라고 쓰면 그 모델에만 물어요. `provider/model`도 쓸 수 있어요.",
    ].join("\n"),
  tooFew: (models) =>
    `서로 다른 모델이 둘은 있어야 해요.${models.length === 0 ? "" : ` 지금은 ${models[0]}뿐이에요.`} 직접 고르거나(\`/council fast, smart: …\`) 관리자에게 parlance.yaml의 \`council\`에 적어 달라고 하세요.`,
  tooMany: (most) => `모델은 ${most}개까지 함께 답할 수 있어요.`,
  offer: (models, price, unpriced) => {
    const who = `모델 ${models.length}개(${models.join(", ")})`;
    const unknown = `${unpriced.join(", ")}의 가격은 알 수 없어요`;
    if (!price) return `${who}가 함께 답해요. ${unknown}. 진행할까요?`;
    const known = `${who}가 함께 답하면 약 ${price.about}, 많아야 ${price.most} 들어요`;
    return unpriced.length === 0 ? `${known}. 진행할까요?` : `${known}. ${unknown}. 진행할까요?`;
  },
  ask: "함께 물어보기",
  askOne: "모델 하나에만",
  asking: (models, ended) =>
    ended === 0 ? `모델 ${models}개에 묻는 중` : `모델 ${models}개에 묻는 중, ${ended}개 완료`,
  ranking: "서로 순위를 매기는 중",
  summingUp: "정리하는 중",
  heard: (answered, models) =>
    answered === 0 ? `모델 ${models}개에 묻고 있어요…` : `모델 ${models}개 중 ${answered}개가 답했어요…`,
  weighing: "서로의 답에 순위를 매기고 있어요…",
  concluding: "정리하고 있어요…",
  answer: (number, model, took) => [`${number}. ${model}`, ...took].join(" · "),
  absent: (model, why) => `${model}: ${absences[why]}`,
  notAsked: (model, sentence) => `${model}: ${sentence}`,
  ranks: { place: "#", answer: "답변", mean: "평균 순위", votes: "표" },
  of: (models) => `모델 ${models}개가 함께`,
  onlyOne: (model) => `${model}만 답해서 비교할 것이 없어요.`,
  twoAnswers: "답이 둘뿐이라 순위를 매기지 않았어요.",
  noRanking: (models) => `순위를 매기지 못한 모델: ${models.join(", ")}`,
  otherChair: (failed, instead) => `${failed} 모델이 정리하지 못해서 ${instead} 모델이 정리했어요.`,
  noSummary: (model) => `아무도 정리하지 못했어요. 순위가 가장 높은 ${model} 모델의 답이에요.`,
  nobody: "답한 모델이 하나도 없어요. 1분쯤 뒤에 다시 물어봐 주세요.",
};

const absences: Record<Absence, string> = {
  "rate-limit": "너무 바빴어요",
  overloaded: "과부하가 걸렸어요",
  auth: "우리 키를 거부했어요",
  "no-model": "모델 회사가 제공하지 않아요",
  "too-long": "이 대화가 너무 길어서 받지 못했어요",
  refused: "답하지 않겠다고 했어요",
  unfit: "이 질문을 받지 않았어요",
  unreachable: "연결되지 않았어요",
  unknown: "실패했어요",
  empty: "아무 답도 없었어요",
  stopped: "멈췄어요",
  timeout: "너무 오래 걸렸어요",
};
