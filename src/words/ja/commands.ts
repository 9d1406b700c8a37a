import type { Words } from "../words.ts";

export const commandWords: Words["commands"] = {
  ask: { summary: "何でも質問します", question: "知りたいこと", file: "いっしょに見る画像やファイル" },
  new: {
    usage: "[keep]",
    summary: "会話を新しく始めます。ペルソナとモデルはそのままです",
    done: "新しく始めます。これまでの話はもう見えません。",
  },
  undo: {
    summary: "最後の質問と回答を取り消します",
    nothing: "取り消すものがありません。",
  },
  again: {
    usage: "[モデルまたはペルソナ]",
    summary: "最後の質問に答え直します。別のモデルやペルソナも選べます",
  },
  branch: {
    usage: "[番号 | back]",
    summary: "前の回答から続けます。その後のやり取りは見えなくなります",
  },
  stop: { summary: "書いている途中の回答を止めます" },
  help: {
    usage: "[コマンド]",
    summary: "ここでできることを表示します。コマンドを一つ詳しく見ることもできます",
    line: (call, summary) => `- \`${call}\`：${summary}`,
  },
  persona: {
    usage: "[名前]",
    summary: "ペルソナの一覧を見るか、切り替えます",
    line: ({ name, id, description }, isCurrent) =>
      `- **${name}** (\`${id}\`)${isCurrent ? "、使用中" : ""}：${description}`,
    hint: "`/persona 名前`で切り替え、`名前: 質問`で一度だけ聞けます。",
    answersNow: (name) => `これからここでは「${name}」が答えます。`,
    starters: "たとえば：",
    inReply: (label) => `${label}：メッセージへの返信で使います`,
  },
  scope: {
    summary: "全員で1つの会話を使うか、一人ひとり別にするかを決めます",
    shared: "ここでは全員が私との1つの会話をいっしょに使っています。`/scope user`で一人ひとり別になります。",
    user: "ここでは一人ひとりが私と別々に会話しています。`/scope shared`で全員の1つの会話になります。",
    nowShared: "これからここでは、全員が私との1つの会話をいっしょに使います。",
    nowUser: "これからここでは、一人ひとりが私と別々に会話します。",
    onlyYours: "この会話はあなただけのものなので、選ぶものはありません。",
    howTo: "`/scope shared`か`/scope user`と書いてください。",
  },
};
