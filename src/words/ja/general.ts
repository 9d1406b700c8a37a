import type { ProviderFailure } from "../../providers/provider.ts";
import type { GeneralWords } from "../en/general.ts";
import { amount, shortWait } from "../format.ts";

export const general: GeneralWords = {
  stopped: "止めました。",
  timedOut: (seconds) => `1つの回答に使える${seconds}秒が過ぎたので止めました。`,
  cut: "回答が最大の長さに達しました。残りが必要なら「続けて」と言ってください。",
  refused: "モデルがこの質問への回答を断りました。",
  brokenOff: "回答が途中で切れました。モデルにつながらなくなったので、もう一度聞いてください。",
  empty: "モデルから回答がありませんでした。もう一度聞いてください。",
  tooLong: (tokens, window) =>
    `モデルには長すぎます。約${amount("ja", tokens)}トークンありますが、入るのは${amount("ja", window)}トークンまでです。短くして送ってください。`,
  notPersona: (name, near, all) =>
    `「${name}」というペルソナはありません。${near ? `「${near}」のことですか？` : `あるのは次のとおりです：${all.join("、")}`}`,
  lostPersona: (id, instead) =>
    `ここで選ばれていたペルソナ「${id}」はなくなりました。代わりに「${instead}」が答えます。`,
  notCommand: (name, near) =>
    `/${name}というコマンドはありません。${near ? `/${near}のことですか？` : ""}できることは/helpで見られます。`,
  oldButton: "このボタンは古すぎます。対象の内容がもう残っていません。",
  notYourButton: "これができるのは質問した人だけです。",
  notYourAnswer: "この回答を止められるのは、質問した人か、ここを管理している人だけです。",
  notLastAnswer: "もっと新しい回答があります。その回答の下で「続けて」と書いてください。",
  nothingAsked: "このメッセージには、答えられる内容がありません。",
  whoElse: "代わりにだれが答えますか？",
  goOn: "止まったところから、そのまま続けてください。",
  inFile: (name, lines) => `📎 \`${name}\`（${lines}行）`,
  ahead: (questions) => `前に質問が${questions}件あります。順番が来たら、ここで答えます。`,
  restarting: "再起動しています。まもなく、ここで回答を続けます。",
  notStored: "この回答をまだ保存できていません。引き続き試します。",
  tooOld: (minutes) =>
    `${minutes < 120 ? `${minutes}分` : `${Math.round(minutes / 60)}時間`}前にこれが書かれたとき、私は不在でした。まだ回答が必要なら、もう一度書いてください。`,
  albumTooLate:
    "届くのが遅すぎて、一緒に送られたほかのものとまとめられませんでした。全部をもう一度まとめて送ってください。一緒に見ます。",
  gaveUp: "何度か試しましたが、うまくいきませんでした。聞き方を変えてみてください。",
  halfCommand: (name) =>
    `/${name}の途中で中断され、済んだかどうか分かりません。もう一度する前に確かめてください。`,
  nothingRuns: "ここでは今、何も実行していません。",
  unexpected: (id) =>
    `こちらで問題が起きました。もう一度試して、直らなければ管理者に伝えてください。エラー番号：${id}`,
  fallback: (failed, reason, answered) => `${fallbackReasons[reason](failed)}、${answered}が答えました。`,
  blindStandIn: (model) => `${model}は画像を見られないので、画像を見ずに答えました。`,
  provider: (kind, retryAfterMs) => {
    if (kind !== "rate-limit") return providerSentences[kind];
    const wait = retryAfterMs === undefined ? "1分ほど" : shortWait("ja", retryAfterMs);
    return `モデルへのリクエストが多すぎます。${wait ? `${wait}たってから` : "しばらくしてから"}もう一度聞いてください。`;
  },

  thinking: "考え中",
  doing: (status) => `${status}…`,
  titles: { thinking: "考えたこと", sources: "出典" },
  buttons: { stop: "停止", again: "もう一度", another: "ほかに聞く", more: "続ける" },
};

const fallbackReasons: Record<ProviderFailure, (model: string) => string> = {
  "rate-limit": (model) => `${model}が混み合っていたため`,
  overloaded: (model) => `${model}が過負荷だったため`,
  auth: (model) => `${model}にキーを拒否されたため`,
  "no-model": (model) => `${model}が提供されていないため`,
  "too-long": (model) => `${model}には長すぎたため`,
  refused: (model) => `${model}が断ったため`,
  unfit: (model) => `${model}がこの質問を受け付けなかったため`,
  unreachable: (model) => `${model}につながらなかったため`,
  unknown: (model) => `${model}が失敗したため`,
};

const providerSentences: Record<Exclude<ProviderFailure, "rate-limit">, string> = {
  overloaded: "今、モデルが過負荷です。1分ほどたってからもう一度聞いてください。",
  auth: "モデルの提供元にキーを拒否されたか、アカウントの残高がありません。管理者が「parlance doctor」で確認できます。",
  "no-model": "設定されたモデルは提供されていません。管理者が「parlance doctor」で確認できます。",
  "too-long": "この会話はモデルには長すぎます。/newで新しく始められます。",
  refused: "モデルの提供元がこのリクエストを断りました。",
  unfit:
    "この質問は、このままではモデルに受け付けられませんでした。言い方を変えるか、画像を外すか、/modelで別のモデルを選んでください。",
  unreachable: "今、モデルにつながりません。1分ほどたってからもう一度聞いてください。",
  unknown: "モデルが答えられませんでした。もう一度聞いてください。",
};
