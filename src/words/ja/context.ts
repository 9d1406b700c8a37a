import { amount } from "../format.ts";
import type { Words } from "../words.ts";

export const contextWords: Words["context"] = {
  trimmed: (turns) => `場所を空けるため、いちばん古いやり取り${turns}件は見えなくなりました。`,
  full: (percent) =>
    `この会話は、私が見渡せる量の約${percent} %になりました。いっぱいになると、いちばん古いやり取りから見えなくなります。`,
  startAfresh: "新しく始める",
  compact: "要約する",
  takeBack: "元に戻す",
  whatLeft: "見えないやり取り",
  asFile: "ファイルで見る",
  compactSummary: "会話の古い部分を要約します。`undo`で元に戻ります",
  contextSummary: "モデルに見えているもの。`full`は次のリクエストをファイルで、`left`はもう見えないもの",
  compactUsage: "会話の古い部分を要約するには`/compact`、元に戻すには`/compact undo`と書いてください。",
  seesNoHistory: (persona) => `「${persona}」は以前のメッセージを見ないので、要約するものがありません。`,
  compacting: (turns) => `やり取り${turns}件を要約中`,
  tooLittle: "短すぎるので要約しません。要約しても場所は空きません。",
  noSummary: "モデルが要約を終えられませんでした。何も変わっていないので、もう一度試してください。",
  turnsGone: "要約している間に、その一部が削除されました。何も変わっていないので、もう一度試してください。",
  compactStopped: "止めました。何も変わっていません。",
  compacted: ({ turns, tokensBefore, tokensAfter, kept }) =>
    `いちばん古いやり取り${turns}件を要約しました。約${count(tokensBefore)}トークンが${count(tokensAfter)}トークンになり、最後の${kept}件はそのままです。`,
  leftOut: (turns) => `その前のやり取り${turns}件はモデルに入りきらず、要約に含まれていません。`,
  expanded: "要約をなくしました。場所がある限り、元のやり取りをそのまま見ます。",
  nothingToExpand: "ここに要約はありません。",
  summaryVoid: "変更されたところがこの会話の要約に含まれていたので、要約を捨てました。",
  contextUsage: "`/context`、`/context full`、`/context left`のどれかを書いてください。",
  nextMessage: "（次のメッセージ）",
  sees: ({ tokens, window, share, model, isGuess }) =>
    `**モデルに見えているもの：** 約${count(tokens)}トークン。\`${model}\`に入る${isGuess ? "およそ" : ""}${count(window)}トークンの${share}です。`,
  partNames: {
    instructions: "指示",
    tools: (tools) => `ツール${tools}個`,
    examples: (exchanges) => `例${exchanges}件`,
    memory: "覚えていること",
    summary: "要約",
    history: "やり取り",
    message: "次のメッセージ",
  },
  pictures: (pictures) => `画像${pictures}枚`,
  tokensAndShare: (tokens, share) => `${count(tokens)}トークン、${share}`,
  historyRoom: (share, room) => `やり取りは、使える${count(room)}トークンの${share}を占めています。`,
  notSeen: (turns) => `古いやり取り${count(turns)}件は、もうそのままでは見えません。`,
  fullRequest: (model, hidesMemory) =>
    `\`${model}\`への次のリクエストです。次のメッセージのほかは、送るものそのままです。${hidesMemory ? "ほかの人も読めるので、覚えていることは除きました。" : ""}`,
  hiddenMemory: "（ほかの人も読めるので、ここでは除きました）",
  nothingLeft: "見えなくなったものはありません。モデルにはこの会話がすべて見えています。",
  left: (turns) => `やり取り${count(turns)}件は、もうそのままでは見えません。次のとおりです。`,
  said: {
    question: "質問",
    answer: "回答",
    picture: "（画像）",
    uses: (tool) => `（${tool}を使用）`,
    result: (tool) => `${tool}の結果`,
  },
  inTheirPlace: "その代わりにモデルに見えているもの：",
};

const count = (value: number): string => amount("ja", value);
