import { amount } from "../format.ts";
import type { Words } from "../words.ts";

export const contextWords: Words["context"] = {
  trimmed: (turns) => `자리를 만드느라 가장 오래된 대화 ${turns}개는 이제 보지 못해요.`,
  full: (percent) =>
    `이 대화가 제가 볼 수 있는 양의 약 ${percent} %를 채웠어요. 다 차면 가장 오래된 대화부터 빠져요.`,
  startAfresh: "새로 시작",
  compact: "요약하기",
  takeBack: "되돌리기",
  whatLeft: "빠진 대화",
  asFile: "파일로 받기",
  compactSummary: "대화의 오래된 부분을 요약해요. `undo`를 붙이면 원래대로 돌아와요",
  contextSummary: "모델이 보는 것. `full`은 다음 요청을 파일로, `left`는 이제 보지 못하는 것을 보여 줘요",
  compactUsage:
    "대화의 오래된 부분을 요약하려면 `/compact`, 원래대로 되돌리려면 `/compact undo`라고 써 주세요.",
  seesNoHistory: (persona) => `“${persona}” 페르소나는 이전 메시지를 보지 않아서 요약할 것이 없어요.`,
  compacting: (turns) => `대화 ${turns}개 요약하는 중`,
  tooLittle: "요약하기에는 너무 짧아요. 요약해도 자리가 더 생기지 않아요.",
  noSummary: "모델이 요약을 끝내지 못했어요. 바뀐 것은 없으니 다시 해 주세요.",
  turnsGone: "요약하는 동안 그 안의 내용이 지워졌어요. 바뀐 것은 없으니 다시 해 주세요.",
  compactStopped: "멈췄어요. 바뀐 것은 없어요.",
  compacted: ({ turns, tokensBefore, tokensAfter, kept }) =>
    `가장 오래된 대화 ${turns}개를 요약했어요. 약 ${count(tokensBefore)}토큰이 ${count(tokensAfter)}토큰으로 줄었고, 마지막 ${kept}개는 그대로예요.`,
  leftOut: (turns) => `그보다 앞선 대화 ${turns}개는 모델에 다 들어가지 않아서 요약에 넣지 못했어요.`,
  expanded: "요약을 없앴어요. 자리가 되는 만큼 원래 대화를 그대로 다시 볼게요.",
  nothingToExpand: "여기에는 요약이 없어요.",
  summaryVoid: "바꾸신 내용이 이 대화의 요약에 들어 있어서 요약을 버렸어요.",
  contextUsage: "`/context`, `/context full`, `/context left` 중 하나로 써 주세요.",
  nextMessage: "(다음 메시지)",
  sees: ({ tokens, window, share, model, isGuess }) =>
    `**모델이 보는 것:** 약 ${count(tokens)}토큰. \`${model}\` 모델에 들어가는 ${isGuess ? "대략 " : ""}${count(window)}토큰의 ${share}예요.`,
  partNames: {
    instructions: "지시문",
    tools: (tools) => `도구 ${tools}개`,
    examples: (exchanges) => `예시 ${exchanges}개`,
    memory: "기억",
    summary: "요약",
    history: "대화",
    message: "다음 메시지",
  },
  pictures: (pictures) => `이미지 ${pictures}개`,
  tokensAndShare: (tokens, share) => `${count(tokens)}토큰, ${share}`,
  historyRoom: (share, room) => `대화는 쓸 수 있는 ${count(room)}토큰 중 ${share}를 채웠어요.`,
  notSeen: (turns) => `오래된 대화 ${count(turns)}개는 이제 있는 그대로 보지 못해요.`,
  fullRequest: (model, hidesMemory) =>
    `\`${model}\` 모델에 보낼 다음 요청이에요. 다음 메시지만 빼고 보내는 그대로예요.${hidesMemory ? " 다른 사람도 볼 수 있어서 기억하는 사실은 뺐어요." : ""}`,
  hiddenMemory: "(다른 사람도 볼 수 있어서 여기서는 뺐어요)",
  nothingLeft: "빠진 것이 없어요. 모델이 이 대화를 모두 봐요.",
  left: (turns) => `대화 ${count(turns)}개는 이제 있는 그대로 보지 못해요. 그 내용이에요.`,
  said: {
    question: "질문",
    answer: "답변",
    picture: "(이미지)",
    uses: (tool) => `(${tool} 사용)`,
    result: (tool) => `${tool} 결과`,
  },
  inTheirPlace: "그 대신 모델이 보는 것:",
};

const count = (value: number): string => amount("ko", value);
