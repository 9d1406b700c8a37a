import type { Words } from "../words.ts";

export const helpWords: Words["help"] = {
  groups: {
    conversation: "이 대화",
    answers: "누가 어떻게 답할지",
    person: "나에 대한 것",
    running: "봇 관리",
  },
  details: {
    new: "`keep`을 붙이면 마지막 질문과 답변을 가져가요.",
    branch: "제 답변에 `/branch`로 답장하면 그 답변에서 이어 가요. `back`을 붙이면 빠졌던 대화가 돌아와요.",
    again: "새 답변이 이전 답변을 대신해요. 별칭, `provider/model`, 페르소나를 쓰면 그쪽이 답해요.",
  },
  about: (call, summary) => `\`${call}\`: ${summary}`,
  more: "`/help new`처럼 쓰면 명령 하나를 더 자세히 알려 줘요.",
  example: (example) => `예: \`${example}\``,
  filesUnused: (name) => `함께 온 파일은 쓰지 않았어요. \`/${name}\` 명령은 파일을 받지 않아요.`,
};
