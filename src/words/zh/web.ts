import type { Words } from "../words.ts";

export const webWords: Words["web"] = {
  reading: "正在阅读网页",
  searching: "正在搜索网络",

  notAddress: (text) => `“${text}”不是网页地址。`,
  notWeb: (scheme) => `我只打开 \`http\` 和 \`https\` 网页，不打开 \`${scheme}:\`。`,
  hasLogin: (host) => `我不打开带有用户名或密码的地址（${host}）。`,
  oddPort: (port) => `我只打开网页常用的端口，不打开 ${port} 端口。`,
  notPublic: (host) => `${host} 不在公共互联网上，所以我不打开它。`,
  noSuchHost: (host) => `找不到名为 ${host} 的网站。`,
  redirects: (host) => `${host} 没完没了地把我转到别的页面。`,
  tooLarge: (host, megabytes) => `${host} 上的页面超过 ${megabytes} MB。`,
  tooSlow: (host, seconds) => `${host} 在 ${seconds} 秒内没有给出页面。`,
  unreachable: (host) => `无法连接 ${host}。`,
  noRobots: (host) => `${host} 要求像我这样的程序不要读取这个页面。`,
  status: (host, status) =>
    status === 404 || status === 410
      ? `${host} 没有这个页面（${status}）。`
      : status === 401 || status === 402 || status === 403
        ? `${host} 不让我读取这个页面（${status}）。`
        : `${host} 返回错误 ${status}。`,
  notReadable: (type) => `那里的内容我读不了：${type}。`,
  tooHard: (host) => `${host} 上的页面读不了：解析失败。`,
  empty: (host) => `${host} 上的页面里没有找到文字。`,

  unsourced: (claims) => `${claims.length} 处说法没有来源：${quoted(claims)}`,
  misquoted: (claims) => `${claims.length} 处说法与来源不符：${quoted(claims)}`,
  unread: (links) => `${links} 个链接我没有打开过`,
  contradicted: (label, said, read) => `${label}：回答写的是 ${said}，读到的是 ${read}`,
  notOpened: "未打开",
  foundBy: (sources, by) => `${sources} 个来源由 ${by} 搜索得到，我没有打开过`,
  quotedBy: (by) => `${by} 搜索给出的摘录；我没有打开过这个网页。`,

  passages: "查看原文",
  sourcesSummary: "查看上一个回答所依据的原文",
  noPassages: "这里的上一个回答没有引用我读过的内容。",
  passagesOf: "回答所依据的原文，以我读到时为准：",
  passagesGone: "> （文件已删除，读过的原文也不再保留。）",
};

const quoted = (claims: readonly string[]): string => claims.map((claim) => `“${claim}”`).join("、");
