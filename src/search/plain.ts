const entities: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  ndash: "–",
  mdash: "—",
  hellip: "…",
};

/** What backends send with tags in it, such as the found words in bold, as plain text. */
export const plainText = (html: string): string =>
  html
    .replaceAll(/<br\s*\/?>|<\/p>/giu, "\n")
    .replaceAll(/<[^<>]{0,500}>/gu, "")
    .replaceAll(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,8}));/giu, (whole, decimal, hex, name) =>
      name === undefined
        ? letter(decimal === undefined ? parseInt(hex, 16) : Number(decimal))
        : (entities[name] ?? whole),
    )
    .replaceAll(/[^\S\n]+/gu, " ")
    .trim();

const letter = (code: number): string => (code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "");
