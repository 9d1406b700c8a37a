import { amount } from "../format.ts";
import type { Words } from "../words.ts";

const units = {
  page: "ページ",
  sheet: "シート",
  slide: "枚のスライド",
  chapter: "章",
  part: "個の部分",
} as const;

export const readingWords: Words["reading"] = {
  opening: "ファイルを調べています",
  embedding: (name, percent) => `${name}を読み込み中（${percent}％）`,

  whole: (name, tokens) =>
    `${name} は全文を一緒に送ります。見えている間、質問ごとに約 ${amount("ja", tokens)} トークンです。`,
  indexed: (name, { tokens, each }) =>
    `${name} は全文を送るには長すぎます（約 ${amount("ja", tokens)} トークン）。質問ごとに合う箇所を探し、一度に最大 ${amount("ja", each)} トークンを送ります。モデルが読み進めた分はそれに加わります。`,
  cut: (name, letters) =>
    `${name} は保存できる長さを超えています。最初の ${amount("ja", letters)} 文字だけを持っています。`,
  // Where nothing came of it.
  kept: () => "送っていただいたファイルはここに残っています。送り直す必要はありません。",

  files: {
    usage: "[drop 番号]",
    summary: "この会話のファイル：大きさ、使われ方、かかるトークン",
  },
  noFiles: "ここにはファイルがありません。送っていただければ、`/new` まではこの会話に残ります。",
  filesTitle: "**この会話のファイル**",
  size: (unit, count) => `${amount("ja", count)} ${units[unit]}`,
  tokens: (tokens) => `約 ${amount("ja", tokens)} トークン`,
  usedWhole: "質問ごとに全文",
  usedInPart: "質問に合う箇所だけ",
  filesNote: "`/new` まで残ります。`/files drop 1` で一つを完全に消せます。",
  drop: (number) => `${number} を消す`,
  dropped: (name) => `消しました：${name}。その本文はもうここにはありません。お答えしたことは残ります。`,
  noFile: (which) => `ここに「${which}」というファイルはありません。\`/files\` で番号を確認できます。`,
  notYourFile: "消せるのは、送った人か、このチャンネルを管理する人だけです。",

  read: {
    usage: "[next | where | chapter 3 | all | stop | ファイルの番号 | アドレス | 本文]",
    summary: "本や論文を一章ずつ、ネタバレなしで一緒に読む",
  },
  readHow:
    "本や論文を `/read` と一緒に送るか、ここにあるファイル（`/files`）なら `/read 1` と書いてください。`/read next` で次へ進み、`/read where` でどこまで読んだかがわかり、`/read chapter 3` でその章へ、`/read all` でしおりの制限を外し、`/read stop` で終わります。",
  nothingToRead: "ここには一緒に読めるものがありません。`/read` で方法がわかります。",
  begun: (name, { chapters, tokens }) =>
    `${name} を一緒に読みます。全部で ${amount("ja", chapters)} 章、約 ${amount("ja", tokens)} トークンです。しおりより後の内容は使いません。\`/read next\` で次へ進みます。`,
  hidden: "一緒に読む間、これまでの会話は見ません。先の内容が含まれているかもしれないからです。",
  askChapter: (label) =>
    `${label} を要約してください。その後の内容には一言も触れないでください。それから、そこについて私に質問を二つしてください。`,
  askBeginning:
    "最初の部分を要約してください。その後の内容には一言も触れないでください。それから、そこについて私に質問を二つしてください。",
  next: "次へ",
  where: (title, { label, chapter, chapters, percent }) =>
    `**${title}**：${label}（全 ${chapters} 章のうち ${chapter} 章目）、${percent} % まで読みました。`,
  bounded: "その後の内容は使いません。`/read all` で外せます。",
  open: "全部の内容を話せます。`/read chapter 3` でしおりを戻せます。",
  lastChapter: (title) => `${title} の最後の章でした。全体について質問してください。`,
  noChapter: (which, chapters) => `「${which}」という章はありません。全部で ${chapters} 章です。`,
  readingStopped: (title) =>
    `${title} を読むのを終えました。ファイルは残っています（\`/files\`）。全部の内容を話せます。`,
  notReading: "ここで一緒に読んでいるものはありません。`/read` で方法がわかります。",
  pasted: "貼り付けた文章",
};
