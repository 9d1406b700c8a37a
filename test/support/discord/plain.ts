/** What a person reads in Discord's Markdown: marks gone, fences kept, links as `text (url)`. */
export function plainText(content: string): string {
  return content
    .split(/(```[\s\S]*?```)/u)
    .map((part, index) => (index % 2 === 1 ? part.replaceAll("\u200B", "") : plainProse(part)))
    .join("");
}

/** Stands for an escaped character until the marks are gone. */
const shelter = 0xe000;

function plainProse(text: string): string {
  return text
    .replaceAll(
      /\\([^0-9A-Za-z\s])|(`+)([\s\S]*?[^`])\2(?!`)/gu,
      (_, escaped: string | undefined, __, code: string) => hideAll(escaped ?? code.replaceAll("\u200B", "")),
    )
    .replaceAll(
      /\[([^\]]*)\]\(<([^>]*)>\)/gu,
      (_, label: string, url: string) => `${label} (${hideAll(url)})`,
    )
    .replaceAll(/<(https?:[^>]*)>/gu, (_, url: string) => hideAll(url))
    .replaceAll(/^(?:#{1,3}|-#) /gmu, "")
    .replaceAll(/\*\*|~~|\|\||\*|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "")
    .replaceAll(/[\uE000-\uE0FF]/gu, (hidden) => String.fromCharCode(hidden.charCodeAt(0) - shelter));
}

const hideAll = (text: string): string => Array.from(text, hide).join("");

/** ASCII alone can be taken for a mark. */
const hide = (character: string): string =>
  character.charCodeAt(0) < 0x80 ? String.fromCharCode(character.charCodeAt(0) + shelter) : character;
