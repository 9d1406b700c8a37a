import { amount, day } from "../format.ts";
import type { Words } from "../words.ts";

export const privacyWords: Words["privacy"] = {
  summary: "제가 무엇을 어디에 얼마나 보관하는지 알려 줘요",
  keptNothing: "**보관하는 것:** 없어요.",
  kept: (since) => `**보관하는 것** (${day("ko", since)}부터):`,
  questions: (questions, pictures) =>
    `질문 ${count(questions)}개와 그 답변${pictures > 0 ? `, 이미지 ${count(pictures)}개` : ""}`,
  files: (files) => `보내신 파일 ${count(files)}개의 글(\`/files\`). 함께 온 질문이 남아 있는 동안`,
  facts: (facts) => `기억하는 사실 ${count(facts)}개 (\`/memory\`)`,
  instructions: (instructions) => `답변 지침 ${count(instructions)}개 (\`/instructions\`)`,
  accounts: (lines) => `사용 기록 ${count(lines)}줄: 답변의 모델, 토큰, 비용`,
  choices: "혼자만의 대화에서 고른 페르소나와 모델",
  summaries: "`/compact`로 만든 요약. 그 안의 첫 질문이 지워질 때까지",
  used: "**사실을 쓰는 곳:** 저와의 다이렉트 메시지에서는 모두 써요. 그 밖에는 알려 주신 곳에서만 써요. 공개 채널에서 알려 주신 것은 그 서버 전체에서, 비공개 채널이나 그룹에서 알려 주신 것은 그 안에서만요. `/memory share 1`을 쓰면 하나를 어디에서나 쓸 수 있어요.",
  keptInGeneral:
    "**보관하는 것:** 질문과 그 답변, 그리고 저에게 알려 주신 자기 이야기예요. 얼마나 있는지는 다이렉트 메시지로 물어봐 주세요.",
  where: (vendors) =>
    `**어디에:** 이 봇의 데이터베이스에 있어요. ${
      vendors.length === 0
        ? "모델 회사로는 아무것도 보내지 않아요."
        : `답하려고 질문과 파일, 그 앞의 대화, 이름, 제가 기억하는 사실과 지침을 모델에 보내요. 보내는 곳: ${vendors.join(", ")}`
    }`,
  searched: (backends) =>
    `검색이 도움이 될 때는 검색어를 보내요. 보내는 곳: ${backends.join(", ")}. 웹페이지는 그 사이트에서 바로 읽고, 누가 물었는지는 알려 주지 않아요.`,
  howLong: (questions, facts) =>
    questions === facts
      ? `**얼마나 오래:** 질문과 사실은 ${span(questions)}, 사용 기록은 기한 없이 보관해요.`
      : `**얼마나 오래:** 질문은 ${span(questions)}, 사실은 ${span(facts)}, 사용 기록은 기한 없이 보관해요.`,
  yours:
    "**직접 바꾸려면:** `/export`는 모든 것을 다이렉트 메시지로 보내 줘요. `/memory forget 1`은 사실 하나를, `/undo`는 마지막 질문과 답변을, `/forget me`는 전부를 지워요.",
  stays:
    "**`/forget me` 뒤에도 남는 것:** 같은 메시지에 두 번 답하지 않도록 이틀 동안 메시지 번호만 남고, 이름 없는 합계, 그 시간, 그날, 그달이 끝날 때까지 개인 한도에 계산되는 질문 수와 사용량, 소유자라면 소유자라는 사실이 남아요. 다른 사람이 쓴 글에 인용된 말은 남아 있을 수 있고, 모델 회사가 받은 것은 그 회사가 보관하거나 지워요.",

  export: {
    summary: "제가 보관하는 모든 것을 파일로 보내 줘요",
    notHere: "여기는 다른 사람도 볼 수 있어요. `/export`는 다이렉트 메시지로 부탁해 주세요.",
    done: ({ questions, facts, files, leftOut }) =>
      [
        `보관하는 모든 것이에요: 질문 ${count(questions)}개와 그 답변, 사실 ${count(facts)}개, 고른 것들, 답변에 든 사용량.`,
        ...(files === 1 ? [] : [`파일 하나에 다 들어가지 않아서 ${count(files)}개로 나눴어요.`]),
        ...(leftOut === 0 ? [] : [`너무 커서 뺀 이미지가 ${count(leftOut)}개 있어요.`]),
      ].join(" "),
  },

  forget: {
    summary: "제가 보관하는 모든 것을 지워요",
    howTo:
      "제가 보관하는 모든 것을 지우려면 `/forget me`라고 써 주세요. `/memory forget 2`는 사실 하나만 지워요.",
    warning: (held) =>
      `제가 보관하는 모든 것을 지워요${held ? `(질문 ${count(held.questions)}개, 사실 ${count(held.facts)}개)` : ""}. 모든 채팅의 질문과 답변, 이미지, 파일, 사실, 지침, 고른 것들이 지워지고 되돌릴 수 없어요. 먼저 \`/export\`로 사본을 받을 수 있어요.`,
    confirm: "`/forget me yes`라고 쓰면 지울게요.",
    done: "다 지웠어요. 이제 누구신지 몰라요.",
    rest: "여기 채팅에 있는 메시지는 직접 지울 수 있어요. 다른 사람의 질문에 인용된 말은 남아 있을 수 있어요. 그 밖에 무엇이 왜 남는지는 `/privacy`에서 알려 줘요.",
  },
};

const span = (days: number | undefined): string =>
  days === undefined ? "직접 지울 때까지" : `${count(days)}일 동안`;

const count = (value: number): string => amount("ko", value);
