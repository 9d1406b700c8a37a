/** A stretch of text, or a formula without the signs around it. */
export type TextOrFormula = { readonly text: string } | { readonly formula: string };

const formulas =
  /\$\$(?<a>.+?)\$\$|\\\[(?<b>.+?)\\\]|\\\((?<c>.+?)\\\)|\$(?![\s$])(?<d>[^$]+?)(?<!\s)\$(?!\d)/gsu;

/** Splits text at its LaTeX formulas; sums of money such as `$5 to $10` stay text. */
export function splitFormulas(text: string): readonly TextOrFormula[] {
  const parts: TextOrFormula[] = [];
  let from = 0;
  for (const { index, 0: whole, groups = {} } of text.matchAll(formulas)) {
    if (index > from) parts.push({ text: text.slice(from, index) });
    parts.push({ formula: Object.values(groups).find((each) => each !== undefined) ?? "" });
    from = index + whole.length;
  }
  return from < text.length ? [...parts, { text: text.slice(from) }] : parts;
}

export const hasFormula = (text: string): boolean => text.search(formulas) >= 0;

/** The formula that a text consists of and that wants a line of its own, as in `$$x$$` or `\[x\]`. */
export function displayedFormula(text: string): string | undefined {
  const [only, ...others] = splitFormulas(text.trim());
  if (!only || !("formula" in only) || others.length > 0) return undefined;
  return /^(?:\$\$|\\\[)/u.test(text.trim()) ? only.formula.trim() : undefined;
}
