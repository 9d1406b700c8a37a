import { amount } from "../format.ts";
import type { Words } from "../words.ts";

const units = { page: "쪽", sheet: "시트", slide: "슬라이드", chapter: "장", part: "부분" } as const;

export const readingWords: Words["reading"] = {
  opening: "파일 살펴보는 중",
  embedding: (name, percent) => `${name} 꼼꼼히 읽는 중 (${percent}%)`,

  whole: (name, tokens) =>
    `${name} 파일은 통째로 함께 보내요. 보이는 동안 질문마다 약 ${amount("ko", tokens)}토큰이 들어요.`,
  indexed: (name, { tokens, each }) =>
    `${name} 파일은 통째로 보내기에는 길어요(약 ${amount("ko", tokens)}토큰). 질문마다 맞는 대목을 찾아 한 번에 최대 ${amount("ko", each)}토큰만 보내고, 모델이 더 읽는 만큼이 더해져요.`,
  cut: (name, letters) =>
    `${name} 파일은 제가 보관할 수 있는 것보다 길어요. 앞의 ${amount("ko", letters)}자만 가지고 있어요.`,
  // Where nothing came of it.
  kept: () => "보내신 파일은 여기 남아 있으니 다시 보내지 않으셔도 돼요.",

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

  read: {
    usage: "[next | where | chapter 3 | all | stop | 파일 번호 | 주소 | 글]",
    summary: "책이나 논문을 한 장씩, 스포일러 없이 함께 읽기",
  },
  readHow:
    "책이나 논문을 `/read`와 함께 보내거나, 여기 있는 파일(`/files`)이면 `/read 1`처럼 써 주세요. `/read next`는 다음으로, `/read where`는 어디까지 읽었는지, `/read chapter 3`은 그 장으로, `/read all`은 책갈피를 풀고, `/read stop`은 읽기를 끝내요.",
  nothingToRead: "여기에는 함께 읽을 것이 없어요. `/read`에서 방법을 볼 수 있어요.",
  begun: (name, { chapters, tokens }) =>
    `${name} 파일을 함께 읽어요. 모두 ${amount("ko", chapters)}장, 약 ${amount("ko", tokens)}토큰이에요. 책갈피 뒤의 내용은 쓰지 않고, \`/read next\`로 다음 장으로 가요.`,
  hidden: "함께 읽는 동안 앞서 나눈 이야기는 보지 않아요. 뒤의 내용이 들어 있을 수 있어서요.",
  askChapter: (label) =>
    `${label} 부분을 요약해 줘. 그 뒤의 내용은 한마디도 하지 말고. 그다음 그 부분에 대해 나에게 질문 두 개를 해 줘.`,
  askBeginning:
    "첫 부분을 요약해 줘. 그 뒤의 내용은 한마디도 하지 말고. 그다음 그 부분에 대해 나에게 질문 두 개를 해 줘.",
  next: "다음",
  where: (title, { label, chapter, chapters, percent }) =>
    `**${title}**: ${label}(${chapters}장 중 ${chapter}번째), ${percent} % 읽었어요.`,
  bounded: "그 뒤의 내용은 쓰지 않아요. `/read all`로 풀 수 있어요.",
  open: "전체 내용을 말해도 돼요. `/read chapter 3`으로 책갈피를 다시 꽂아요.",
  lastChapter: (title) => `${title}의 마지막 장이었어요. 이제 전체에 대해 물어보세요.`,
  noChapter: (which, chapters) => `“${which}” 장은 없어요. 모두 ${chapters}장이에요.`,
  readingStopped: (title) =>
    `${title} 읽기를 끝냈어요. 파일은 남아 있고(\`/files\`), 이제 전체 내용을 말해도 돼요.`,
  notReading: "여기서 함께 읽는 것이 없어요. `/read`에서 방법을 볼 수 있어요.",
  pasted: "붙여 넣은 글",
};
