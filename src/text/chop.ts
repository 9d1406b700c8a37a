/** Plain text in parts of at most `size` UTF-16 units, cut at line ends where it can be; joined, they are the text. */
export function chop(text: string, size: number): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > size) {
    const line = rest.lastIndexOf("\n", size - 1) + 1;
    const middleOfPair = /[\uD800-\uDBFF]/u.test(rest.charAt(size - 1)) ? 1 : 0;
    const end = line > 0 ? line : size - middleOfPair;
    parts.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return rest === "" ? parts : [...parts, rest];
}
