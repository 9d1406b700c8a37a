/** The text without the key, and without what looks like one: vendors like to quote the key they refuse. */
export function withoutSecrets(text: string, key = ""): string {
  const known = key.length >= 6 ? text.replaceAll(key, "[key]") : text;
  return known
    .replaceAll(/\b(?:sk|pk|rk|gsk|xai|pplx|tgp|AIza|Bearer )[-_]?[\w*.-]{8,}/gu, "[key]")
    .replaceAll(/\d{6,}:[\w-]{30,}/gu, "[key]");
}

/** An error's own text without what it quotes: where it is no JSON, that is a piece of what came, cut anywhere, also within a key. */
export function withoutQuotes(text: string): string {
  return text.replaceAll(/Unexpected token [^]*? is not valid JSON/gu, "what came is not valid JSON");
}
