import type { Words } from "../words.ts";

export const searchWords: Words["search"] = {
  usage: "질문",
  summary: "먼저 웹을 검색하고, 찾은 내용으로 답하기",
  howTo:
    "`/search 질문`이라고 쓰면 먼저 웹을 검색하고 찾은 내용으로 출처와 함께 답해요. 검색하는 페르소나는 필요할 때 스스로 검색해요.",
  failed: (backend, reason) => `${backend}: ${reason}`,
  noneWorked: (reasons) => `지금은 검색할 수 없어요(${reasons.join("; ")}).`,
  noBackend: "검색할 곳이 없어요. 관리자가 parlance.yaml의 `search.backends`에 적으면 돼요.",
  foundNothing: (backend) => `${backend}에서 검색했지만 아무것도 찾지 못했어요.`,
  unreachable: "연결되지 않아요",
  status: (status) =>
    status === 401 || status === 403
      ? `키를 받아 주지 않아요(${status})`
      : status === 402 || status === 429
        ? `지금은 한도를 다 썼어요(${status})`
        : `${status} 오류로 답해요`,
  noPrice: "검색 한 번이 얼마인지 알 수 없어서, 달러 예산이 정해져 있는 동안에는 쓸 수 없어요",
  unreadable: "보내온 답을 알아볼 수 없어요",
  tooSlow: (seconds) => `${seconds}초 안에 답이 없어요`,
  turnedAway: "요청을 받아 주지 않아요",
  didNot: "검색을 요청하셨지만 모델이 검색하지 않고 답했어요.",
};
