import type { Words } from "../words.ts";

export const webWords: Words["web"] = {
  reading: "ページを読んでいます",
  searching: "ウェブを検索しています",

  notAddress: (text) => `「${text}」はページのアドレスではありません。`,
  notWeb: (scheme) => `開けるのは \`http\` と \`https\` のページだけです。\`${scheme}:\` は開きません。`,
  hasLogin: (host) => `ユーザー名やパスワードを含むアドレスは開きません(${host})。`,
  oddPort: (port) => `ウェブで普通に使われるポートだけを開きます。${port} 番は開きません。`,
  notPublic: (host) => `${host} は公開されたインターネット上にないので、開きません。`,
  noSuchHost: (host) => `${host} というサイトは見つかりません。`,
  redirects: (host) => `${host} が際限なく別のページへ転送します。`,
  tooLarge: (host, megabytes) => `${host} のページは ${megabytes} MB より大きいです。`,
  tooSlow: (host, seconds) => `${host} から ${seconds} 秒以内にページを受け取れませんでした。`,
  unreachable: (host) => `${host} に接続できません。`,
  noRobots: (host) => `${host} は、私のようなプログラムにこのページを読まないよう求めています。`,
  status: (host, status) =>
    status === 404 || status === 410
      ? `${host} にそのページはありません(${status})。`
      : status === 401 || status === 402 || status === 403
        ? `${host} はこのページを読ませてくれません(${status})。`
        : `${host} がエラー ${status} を返しました。`,
  notReadable: (type) => `そこにあるのは読めない形式です: ${type}。`,
  tooHard: (host) => `${host} のページは読めません。解析に失敗しました。`,
  empty: (host) => `${host} のページに文章が見つかりませんでした。`,

  unsourced: (claims) => `出典のない主張 ${claims.length} 件：${quoted(claims)}`,
  misquoted: (claims) => `出典と合わない主張 ${claims.length} 件：${quoted(claims)}`,
  unread: (links) => `開いていないリンク ${links} 件`,
  contradicted: (label, said, read) => `${label}: 回答では ${said}、読んだものでは ${read}`,
  notOpened: "未確認",
  foundBy: (sources, by) => `${by} の検索による出典 ${sources} 件（私は開いていません）`,
  quotedBy: (by) => `${by} の検索が示した抜粋です。ページは私が開いたものではありません。`,

  passages: "引用箇所",
  sourcesSummary: "直前の回答のもとになった箇所を見る",
  noPassages: "ここでの直前の回答は、私が読んだものを引用していません。",
  passagesOf: "回答のもとになった箇所です。私が読んだときの内容です。",
  passagesGone: "> （ファイルは削除されたので、読んだ箇所も残っていません。）",
};

const quoted = (claims: readonly string[]): string => claims.map((claim) => `「${claim}」`).join("");
