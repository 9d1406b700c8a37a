import type { Words } from "../words.ts";

export const helpWords: Words["help"] = {
  groups: {
    conversation: "この会話",
    answers: "だれがどう答えるか",
    person: "あなたについて",
    running: "ボットの管理",
  },
  details: {
    new: "`keep`を付けると、最後のやり取りを引き継ぎます。",
    branch:
      "私の回答に`/branch`と返信すると、その回答から続けます。`back`を付けると、外れたやり取りが戻ります。",
    again: "新しい回答が前の回答に代わります。別名、`provider/model`、ペルソナを書くと、それが答えます。",
  },
  about: (call, summary) => `\`${call}\`：${summary}`,
  more: "`/help new`のように書くと、コマンドの詳しい説明が見られます。",
  example: (example) => `例：\`${example}\``,
  filesUnused: (name) =>
    `いっしょに送られたファイルは使いませんでした。\`/${name}\`はファイルを受け取りません。`,
};
