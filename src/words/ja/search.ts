import type { Words } from "../words.ts";

export const searchWords: Words["search"] = {
  usage: "質問",
  summary: "先にウェブを検索し、見つけた内容から答える",
  howTo:
    "`/search 質問` と書くと、先にウェブを検索し、見つけた内容から出典つきで答えます。検索するペルソナは、必要なときに自分で検索します。",
  failed: (backend, reason) => `${backend}: ${reason}`,
  noneWorked: (reasons) => `いまは検索できません(${reasons.join("; ")})。`,
  noBackend: "検索に使えるものがありません。管理者が parlance.yaml の `search.backends` に書けば使えます。",
  foundNothing: (backend) => `${backend} で検索しましたが、何も見つかりませんでした。`,
  unreachable: "接続できません",
  status: (status) =>
    status === 401 || status === 403
      ? `キーが受け付けられません(${status})`
      : status === 402 || status === 429
        ? `いまは上限に達しています(${status})`
        : `エラー ${status} が返ってきます`,
  noPrice: "検索1回の料金が分からないので、ドルの予算がある間は使えません",
  unreadable: "返ってきた内容が読み取れません",
  tooSlow: (seconds) => `${seconds} 秒以内に応答がありません`,
  turnedAway: "断られました",
  didNot: "検索するようご依頼でしたが、モデルは検索せずに回答しました。",
};
