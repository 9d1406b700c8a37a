import type { Words } from "../words.ts";

export const commandWords: Words["commands"] = {
  ask: { summary: "무엇이든 물어봐요", question: "알고 싶은 것", file: "함께 볼 이미지나 파일" },
  new: {
    usage: "[keep]",
    summary: "대화를 새로 시작해요. 페르소나와 모델은 그대로예요",
    done: "새로 시작할게요. 이전에 나눈 말은 이제 보지 않아요.",
  },
  undo: {
    summary: "마지막 질문과 답변을 없던 일로 해요",
    nothing: "되돌릴 것이 없어요.",
  },
  again: {
    usage: "[모델이나 페르소나]",
    summary: "마지막 질문에 다시 답해요. 다른 모델이나 페르소나가 답할 수도 있어요",
  },
  branch: {
    usage: "[번호 | back]",
    summary: "이전 답변에서 이어 가요. 그 뒤에 나온 말은 보지 않아요",
  },
  stop: { summary: "쓰고 있는 답변을 멈춰요" },
  help: {
    usage: "[명령어]",
    summary: "여기서 할 수 있는 일을 보여 줘요. 명령어 하나를 자세히 볼 수도 있어요",
    line: (call, summary) => `- \`${call}\`: ${summary}`,
  },
  persona: {
    usage: "[이름]",
    summary: "페르소나 목록을 보거나 바꿔요",
    line: ({ name, id, description }, isCurrent) =>
      `- **${name}** (\`${id}\`)${isCurrent ? ", 사용 중" : ""}: ${description}`,
    hint: "`/persona 이름`으로 바꾸고, `이름: 질문`으로 한 번만 물어볼 수 있어요.",
    answersNow: (name) => `이제 여기에서는 “${name}” 페르소나가 답해요.`,
    starters: "이렇게 시작해 보세요:",
    inReply: (label) => `${label}: 메시지에 답장으로 쓰세요`,
  },
  scope: {
    summary: "모두가 한 대화를 함께 쓸지, 각자 따로 쓸지 정해요",
    shared: "여기 있는 모두가 저와의 대화 하나를 함께 써요. `/scope user`를 쓰면 각자 따로 대화해요.",
    user: "여기서는 각자 저와 따로 대화해요. `/scope shared`를 쓰면 모두가 한 대화를 함께 써요.",
    nowShared: "이제부터 여기 있는 모두가 저와의 대화 하나를 함께 써요.",
    nowUser: "이제부터 여기서는 각자 저와 따로 대화해요.",
    onlyYours: "이 대화는 혼자만의 것이라 정할 것이 없어요.",
    howTo: "`/scope shared` 또는 `/scope user`라고 써 주세요.",
  },
};
