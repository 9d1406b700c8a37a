import type { Words } from "../words.ts";

export const branchingWords: Words["branching"] = {
  goneBack: (exchanges) => `そこから続けます。そのあとのやり取り${exchanges}件は見ません。`,
  onlyHere: (exchanges) =>
    `この回答だけ、そこに戻って答えました。そのあとのやり取り${exchanges}件は見ていません。`,
  branched: (question, exchanges) =>
    `「${question}」から続けます。そのあとのやり取り${exchanges}件は見ません。`,
  back: "戻す",
  isBack: (exchanges) => `外れていたやり取り${exchanges}件が戻りました。`,
  notBranched: "ここに外れているやり取りはありません。",
  isLast: "それが最後の回答です。このまま続けます。",
  notInView:
    "その回答はもう見えません。もっと新しい回答に返信するか、必要なことを書いてもう一度聞いてください。",
  nowhereBack: "まだ戻るところがありません。やり取りが2回は必要です。",
  whereTo: "どこから続けますか？",
  howBack: "`/branch 1`と書くか、私の回答に`/branch`と返信すると、そこから続けます。",
  notBack: (exchanges) => `ここで戻れるのはやり取り${exchanges}件までです。\`/branch\`で見られます。`,
  noQuestion: "ここには、もう一度答えられるあなたの質問がありません。",
  notOther: (name, all) =>
    `「${name}」というモデルやペルソナはありません。あるもの：${all.join("、")}。\`provider/model\`も使えます。`,
  undone: (question) => `「${question}」とその回答を取り消しました。`,
  undoMore: "もう1つ",
  notYourExchange:
    "最後の質問はほかの人のものです。取り消せるのは、その人か、このチャンネルを管理している人だけです。",
  picture: "（画像またはファイル）",
  afreshKept: "その質問から新しく始めます。その前の話はもう見えません。",
  nothingToKeep: "ここには引き継げるやり取りがありません。",
  otherTopic: "新しい話題のようです。新しく始めると、回答が的確になり、費用も減ります。",
  startAfresh: "新しく始める",
};
