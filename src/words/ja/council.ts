import type { Absence } from "../../council/progress.ts";
import type { Words } from "../words.ts";

export const councilWords: Words["council"] = {
  usage: "[モデル:] 質問",
  summary: "複数のモデルが答え、互いに順位を付け、1つがまとめます",
  howTo: (models) =>
    [
      `\`/council 質問\`：${models.length}個のモデルが並んで答え、だれの回答か知らずに互いに順位を付けます。そして1つが、共通する点と違う点をまとめます。`,
      "",
      ...models.map((model) => `- ${model}`),
      "",
      "`/council fast, smart: 質問`と書くと、そのモデルだけに聞きます。`provider/model`も使えます。",
    ].join("\n"),
  tooFew: (models) =>
    `違うモデルが少なくとも2つ必要です。${models.length === 0 ? "" : `今は${models[0]}しかありません。`}自分で選ぶか（\`/council fast, smart: …\`）、管理者にparlance.yamlの\`council\`に書くよう頼んでください。`,
  tooMany: (most) => `いっしょに答えられるモデルは${most}個までです。`,
  offer: (models, price, unpriced) => {
    const who = `${models.length}個のモデル（${models.join("、")}）`;
    const unknown = `${unpriced.join("、")}の料金は分かりません`;
    if (!price) return `${who}がいっしょに答えます。${unknown}。続けますか？`;
    const known = `${who}がいっしょに答えると、約${price.about}、多くて${price.most}かかります`;
    return unpriced.length === 0 ? `${known}。続けますか？` : `${known}。${unknown}。続けますか？`;
  },
  ask: "みんなに聞く",
  askOne: "1つだけに聞く",
  asking: (models, ended) =>
    ended === 0 ? `${models}個のモデルに質問中` : `${models}個のモデルに質問中、${ended}個完了`,
  ranking: "互いに順位付け中",
  summingUp: "まとめ中",
  heard: (answered, models) =>
    answered === 0
      ? `${models}個のモデルに聞いています…`
      : `${models}個のモデルのうち${answered}個が答えました…`,
  weighing: "互いの回答に順位を付けています…",
  concluding: "まとめています…",
  answer: (number, model, took) => [`${number}. ${model}`, ...took].join(" · "),
  absent: (model, why) => `${model}：${absences[why]}`,
  notAsked: (model, sentence) => `${model}：${sentence}`,
  ranks: { place: "#", answer: "回答", mean: "平均順位", votes: "票" },
  of: (models) => `${models}個のモデル`,
  onlyOne: (model) => `答えたのは${model}だけなので、比べるものがありません。`,
  twoAnswers: "回答が2つだけなので、順位は付けません。",
  noRanking: (models) => `順位を付けられなかったモデル：${models.join("、")}`,
  otherChair: (failed, instead) => `${failed}がまとめられなかったので、${instead}がまとめました。`,
  noSummary: (model) => `どれもまとめられませんでした。これは順位がいちばん高い${model}の回答です。`,
  nobody: "答えたモデルがありませんでした。1分ほどたってからもう一度聞いてください。",
};

const absences: Record<Absence, string> = {
  "rate-limit": "混み合っていました",
  overloaded: "過負荷でした",
  auth: "キーを拒否されました",
  "no-model": "提供されていません",
  "too-long": "この会話が長すぎて入りませんでした",
  refused: "回答を断りました",
  unfit: "この質問を受け付けませんでした",
  unreachable: "つながりませんでした",
  unknown: "失敗しました",
  empty: "何も答えませんでした",
  stopped: "止められました",
  timeout: "時間がかかりすぎました",
};
