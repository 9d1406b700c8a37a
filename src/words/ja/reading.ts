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

  whole: (name, tokens) =>
    `${name} は全文を一緒に送ります。見えている間、質問ごとに約 ${amount("ja", tokens)} トークンです。`,
  indexed: (name, { tokens, each }) =>
    `${name} は全文を送るには長すぎます（約 ${amount("ja", tokens)} トークン）。質問ごとに合う箇所を探し、一度に最大 ${amount("ja", each)} トークンを送ります。モデルが読み進めた分はそれに加わります。`,
  cut: (name, letters) =>
    `${name} は保存できる長さを超えています。最初の ${amount("ja", letters)} 文字だけを持っています。`,

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
};
