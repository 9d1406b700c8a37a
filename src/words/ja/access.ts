import type { Words } from "../words.ts";

export const accessWords: Words["access"] = {
  allow: { usage: "コード", summary: "このコードを受け取ったサーバー、グループ、人が使えるようにします" },
  own: { usage: "コード", summary: "`parlance access owner`のコードで所有者になります" },
  allowServer: (kind, code) =>
    `まず管理者がこの${kind === "server" ? "サーバー" : "グループ"}での利用を許可する必要があります。コード：${code}。${allowBy(code)}`,
  allowPerson: (code) =>
    `はじめての方ですね。管理者が許可すれば使えるようになります。コード：${code}。${allowBy(code)}`,
  notForYou: (id) => `私はだれでも使えるわけではありません。管理者が、使える人に加えることができます：${id}`,
  noDirectMessages: "ダイレクトメッセージには答えていません。チャンネルで聞いてください。",
  allowed: (name, place) => `許可しました：${name === "" ? place : `${name}（${place}）`}`,
  notCode: (code) =>
    `コード「${code}」は見つからないか、1日を過ぎています。使いたい場所で私に話しかけると、新しいコードを受け取れます。`,
  notYours: "これができるのは、私を管理している人だけです。",
  notForAll:
    "ここにいる全員に関わるので、変えられるのはこのチャンネルを管理している人だけです。スレッドやダイレクトメッセージでは自分で決められます。",
  notYourScope: "ここにいる全員に関わるので、変えられるのはこの場所を管理している人だけです。",
  asChat: (name) =>
    `「${name}」として書かれているので、どなたか分かりません。ご自身のアカウントでもう一度お願いします。`,
  owned: "あなたが所有者になりました。/allowでほかの人も使えるようにできます。",
  notClaim:
    "そのコードは間違っているか、使用済みか、1時間を過ぎています。`parlance access owner`で新しく作れます。",
  tooManyTries: "間違ったコードが多すぎます。1時間たってからもう一度試してください。",
  notInvited: (call) => `私はまだこのチャンネルにいません。まず招待してください：${call}`,
  mayNotWrite: (platform, rights) =>
    `${platform}では、私はこのチャンネルに書き込めません。ここで私のロールに必要な権限：${rights.join("、")}`,
  onlyMentions: (platform) =>
    `${platform}では、私へのメンションがあるメッセージしか見えません。メンションを付けてもう一度言ってください。`,
};

const allowBy = (code: string): string =>
  `管理者が私に\`/allow ${code}\`と送るか、\`parlance access allow ${code}\`を実行してください。`;
