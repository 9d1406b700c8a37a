import type { Words } from "../words.ts";

export const webWords: Words["web"] = {
  reading: "웹페이지 읽는 중",
  searching: "웹 검색 중",

  notAddress: (text) => `“${text}”은(는) 웹페이지 주소가 아니에요.`,
  notWeb: (scheme) => `\`http\`와 \`https\` 페이지만 열어요. \`${scheme}:\` 주소는 열지 않아요.`,
  hasLogin: (host) => `사용자 이름이나 비밀번호가 들어 있는 주소는 열지 않아요(${host}).`,
  oddPort: (port) => `웹에서 흔히 쓰는 포트만 열어요. ${port}번 포트는 열지 않아요.`,
  notPublic: (host) => `${host}은(는) 공개 인터넷에 있지 않아서 열지 않아요.`,
  noSuchHost: (host) => `${host}(이)라는 사이트를 찾을 수 없어요.`,
  redirects: (host) => `${host}이(가) 끝없이 다른 페이지로 보내요.`,
  tooLarge: (host, megabytes) => `${host} 페이지가 ${megabytes}MB보다 커요.`,
  tooSlow: (host, seconds) => `${host}에서 ${seconds}초 안에 페이지를 받지 못했어요.`,
  unreachable: (host) => `${host}에 연결되지 않아요.`,
  noRobots: (host) => `${host}은(는) 저 같은 프로그램이 이 페이지를 읽지 않기를 바라요.`,
  status: (host, status) =>
    status === 404 || status === 410
      ? `${host}에 그런 페이지가 없어요(${status}).`
      : status === 401 || status === 402 || status === 403
        ? `${host}에서 이 페이지를 읽게 해 주지 않아요(${status}).`
        : `${host}이(가) ${status} 오류로 답해요.`,
  notReadable: (type) => `거기 있는 것은 읽을 수 없는 형식이에요: ${type}.`,
  tooHard: (host) => `${host} 페이지를 읽을 수 없어요. 페이지를 분석하다가 실패했어요.`,
  empty: (host) => `${host} 페이지에서 글을 찾지 못했어요.`,

  unsourced: (claims) => `출처 없는 주장 ${claims.length}개: ${quoted(claims)}`,
  misquoted: (claims) => `출처와 맞지 않는 주장 ${claims.length}개: ${quoted(claims)}`,
  unread: (links) => `열어 보지 않은 링크 ${links}개`,
  contradicted: (label, said, read) => `${label}: 답에는 ${said}, 읽은 글에는 ${read}`,
  notOpened: "열어 보지 않음",
  foundBy: (sources, by) => `${by} 검색이 찾은 출처 ${sources}개(제가 열어 보지는 않음)`,
  quotedBy: (by) => `${by} 검색이 인용한 내용이에요. 제가 페이지를 열어 보지는 않았어요.`,

  passages: "근거 보기",
  sourcesSummary: "마지막 답의 근거가 된 구절 보기",
  noPassages: "여기서 마지막 답은 제가 읽은 글을 인용하지 않았어요.",
  passagesOf: "답의 근거가 된 구절이에요. 제가 읽었을 때의 내용이에요.",
  passagesGone: "> (파일이 삭제되어 읽은 구절도 남아 있지 않아요.)",
};

const quoted = (claims: readonly string[]): string => claims.map((claim) => `“${claim}”`).join(", ");
