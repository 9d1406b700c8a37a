import type { Words } from "../words.ts";

export const terminalWords: Words["terminal"] = {
  welcome: (persona, earlier) =>
    [
      `“${persona}” 페르소나가 듣고 있어요.`,
      ...(earlier > 0
        ? [`이전 대화를 이어 가요(지금까지 질문 ${earlier}개). /new를 쓰면 새로 시작해요.`]
        : []),
      "/help는 명령 목록, /image와 /file은 첨부, /quit은 나가기예요.",
    ].join(" "),
  keys: "줄 끝에 \\를 쓰면 다음 줄로 이어지고, Ctrl-C를 누르면 답변이 멈춰요.",
  attached: (file) => `${file} 파일을 다음 메시지와 함께 보낼게요.`,
  noPath: "파일 경로가 빠졌어요. 어떤 파일인지 써 주세요.",
  notThere: (path) => `${path} 파일이 없어요.`,
  notFile: (path) => `${path}: 파일이 아니에요.`,
};
