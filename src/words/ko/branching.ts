import type { Words } from "../words.ts";

export const branchingWords: Words["branching"] = {
  goneBack: (exchanges) => `거기서 이어 갈게요. 그 뒤의 대화 ${exchanges}개는 보지 않아요.`,
  onlyHere: (exchanges) => `이 답변만 거기로 돌아가서 했어요. 그 뒤의 대화 ${exchanges}개는 보지 않았어요.`,
  branched: (question, exchanges) =>
    `“${question}”에서 이어 갈게요. 그 뒤의 대화 ${exchanges}개는 보지 않아요.`,
  back: "되돌리기",
  isBack: (exchanges) => `빠졌던 대화 ${exchanges}개가 돌아왔어요.`,
  notBranched: "여기에는 빠진 대화가 없어요.",
  isLast: "그게 마지막 답변이에요. 그대로 이어 갈게요.",
  notInView:
    "그 답변은 이제 보지 못해요. 더 새로운 답변에 답장하거나, 필요한 내용을 넣어 다시 물어봐 주세요.",
  nowhereBack: "아직 돌아갈 곳이 없어요. 질문과 답변이 두 번은 있어야 해요.",
  whereTo: "어디서부터 이어 갈까요?",
  howBack: "`/branch 1`이라고 쓰거나 제 답변에 `/branch`로 답장하면 거기서 이어 가요.",
  notBack: (exchanges) =>
    `여기서는 대화 ${exchanges}개까지만 돌아갈 수 있어요. \`/branch\`에서 볼 수 있어요.`,
  noQuestion: "여기에는 제가 다시 답할 수 있는 본인의 질문이 없어요.",
  notOther: (name, all) =>
    `“${name}” 모델이나 페르소나는 없어요. 있는 것: ${all.join(", ")}. \`provider/model\`도 쓸 수 있어요.`,
  undone: (question) => `“${question}” 질문과 그 답변을 없던 일로 했어요.`,
  undoMore: "하나 더",
  notYourExchange:
    "마지막 질문은 다른 사람의 것이에요. 그 사람이나 이 채널을 관리하는 사람만 되돌릴 수 있어요.",
  picture: "(이미지나 파일)",
  afreshKept: "그 질문부터 새로 시작할게요. 그 앞에 나눈 말은 이제 보지 않아요.",
  nothingToKeep: "여기에는 가져갈 대화가 없어요.",
  otherTopic: "새로운 주제 같아요. 새로 시작하면 답이 더 정확해지고 비용도 덜 들어요.",
  startAfresh: "새로 시작",
};
