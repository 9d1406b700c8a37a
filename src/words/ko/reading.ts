import { amount } from "../format.ts";
import type { Words } from "../words.ts";

const units = { page: "쪽", sheet: "시트", slide: "슬라이드", chapter: "장", part: "부분" } as const;

export const readingWords: Words["reading"] = {
  opening: "파일 살펴보는 중",

  whole: (name, tokens) =>
    `${name} 파일은 통째로 함께 보내요. 보이는 동안 질문마다 약 ${amount("ko", tokens)}토큰이 들어요.`,
  indexed: (name, { tokens, each }) =>
    `${name} 파일은 통째로 보내기에는 길어요(약 ${amount("ko", tokens)}토큰). 질문마다 맞는 대목을 찾아 한 번에 최대 ${amount("ko", each)}토큰만 보내고, 모델이 더 읽는 만큼이 더해져요.`,
  cut: (name, letters) =>
    `${name} 파일은 제가 보관할 수 있는 것보다 길어요. 앞의 ${amount("ko", letters)}자만 가지고 있어요.`,

  files: {
    usage: "[drop 번호]",
    summary: "이 대화의 파일: 크기, 쓰이는 방식, 드는 토큰",
  },
  noFiles: "여기에는 파일이 없어요. 보내 주시면 `/new` 전까지 이 대화에 남아요.",
  filesTitle: "**이 대화의 파일**",
  size: (unit, count) =>
    `${amount("ko", count)}${unit === "sheet" || unit === "slide" ? "개 " : ""}${units[unit]}`,
  tokens: (tokens) => `약 ${amount("ko", tokens)}토큰`,
  usedWhole: "질문마다 통째로",
  usedInPart: "질문에 맞는 대목만",
  filesNote: "`/new` 전까지 남아요. `/files drop 1`은 파일 하나를 완전히 지워요.",
  drop: (number) => `${number}번 지우기`,
  dropped: (name) => `지웠어요: ${name}. 파일의 글은 여기서 사라졌고, 제가 답한 것은 남아요.`,
  noFile: (which) => `여기에는 “${which}” 파일이 없어요. \`/files\`에서 번호를 볼 수 있어요.`,
  notYourFile: "보낸 사람이나 이 채널을 관리하는 사람만 지울 수 있어요.",
};
