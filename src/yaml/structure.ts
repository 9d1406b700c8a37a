import { isAlias, isScalar, visit, type Alias, type Node, type YAMLMap } from "yaml";
import { type Problem, quote } from "./problem.ts";
import { positionAt, type Source } from "./source.ts";

/** How many aliases a file may use, and how many times what they stand for may be copied. */
export const maxAliases = 100;

const maxDuplicates = 50;

/** Keys that stand twice in one mapping, the first fifty of them. */
export function duplicateKeys(source: Source): Problem[] {
  const problems: Problem[] = [];
  visit(source.document, {
    Map(_, map) {
      for (const { key, first } of repeatedKeys(map)) {
        const { line } = positionAt(source.text, first.range?.[0] ?? 0);
        const hint = `it stands in line ${line} already; keep one`;
        if (problems.length === maxDuplicates) return visit.BREAK;
        problems.push(problemAt(source, key, `duplicate key ${quote(String(key.value))}`, hint));
      }
      return undefined;
    },
  });
  return problems;
}

/** Aliases to nothing, to what they stand in, or too many: a file with one of these must not be expanded. */
export function badAliases(source: Source): Problem[] {
  const problems: Problem[] = [];
  const anchors = new Set<string>();
  let aliases = 0;
  visit(source.document, {
    Node(_, node, path) {
      if (!isAlias(node)) {
        if (node.anchor) anchors.add(node.anchor);
        return undefined;
      }
      const wrong = aliasProblem(node, anchors, path);
      if (wrong) problems.push(problemAt(source, node, wrong, "text that begins with * needs quotes"));
      aliases++;
      if (aliases <= maxAliases) return undefined;
      problems.push(problemAt(source, node, `more than ${maxAliases} aliases`, "write the values out"));
      return visit.BREAK;
    },
  });
  return problems;
}

/** The file's first alias grows, through others, beyond `maxAliases` copies. */
export function aliasBomb(source: Source): Problem {
  let first: Alias | undefined;
  visit(source.document, {
    Alias(_, alias) {
      first = alias;
      return visit.BREAK;
    },
  });
  const message = "the aliases of this file stand for more aliases, and grow without bound";
  return problemAt(source, first, message, "write the values out");
}

function problemAt(source: Source, node: Node | undefined, message: string, hint: string): Problem {
  return { file: source.file, message, hint, at: positionAt(source.text, node?.range?.[0] ?? 0) };
}

function aliasProblem(
  alias: Alias,
  anchors: ReadonlySet<string>,
  path: readonly unknown[],
): string | undefined {
  if (!anchors.has(alias.source)) return `the alias ${quote(`*${alias.source}`)} stands for nothing above it`;
  const around = path.some((node) => (node as { anchor?: string }).anchor === alias.source);
  return around ? `the alias ${quote(`*${alias.source}`)} stands inside what it stands for` : undefined;
}

function* repeatedKeys(map: YAMLMap) {
  const seen = new Map<unknown, Node>();
  for (const { key } of map.items) {
    if (!isScalar(key)) continue;
    const first = seen.get(key.value);
    if (first) yield { key, first };
    else seen.set(key.value, key);
  }
}
