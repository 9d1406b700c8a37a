import type { Words } from "../words.ts";

export const terminalWords: Words["terminal"] = {
  welcome: (persona, earlier) =>
    [
      `「${persona}」がお聞きします。`,
      ...(earlier > 0 ? [`前の会話の続きです（これまで質問${earlier}件）。/newで新しく始められます。`] : []),
      "/helpでコマンドの一覧、/imageと/fileで添付、/quitで終了です。",
    ].join(""),
  keys: "行の終わりに\\を書くと次の行に続きます。Ctrl-Cで回答が止まります。",
  attached: (file) => `${file}を次のメッセージといっしょに送ります。`,
  noPath: "ファイルのパスがありません。どのファイルか書いてください。",
  notThere: (path) => `${path}というファイルはありません。`,
  notFile: (path) => `${path}はファイルではありません。`,
};
