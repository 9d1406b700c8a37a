import { isAlias, isMap, isScalar, isSeq, type Document, type Node, type Pair } from "yaml";
import type { Position } from "./problem.ts";

/** A parsed file, and where in it everything stands. */
export interface Source {
  /** As people know it. */
  readonly file: string;
  readonly text: string;
  readonly document: Document.Parsed;
}

/** From the top: a key for each mapping, an index for each list. */
export type Path = readonly PropertyKey[];

const credentials =
  /(?<=(?:key|token|secret|password)["']?\s*:\s*)(?!["']?\$\{)[^\s#].*|(?<=:\/\/[^\s:/@]+:)[^\s@]+(?=@)/giu;

/** The place of a character, counted from the file's start in UTF-16 units. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const start = before.lastIndexOf("\n") + 1;
  const end = text.indexOf("\n", start);
  const source = text.slice(start, end < 0 ? undefined : end).replace(/\r$/u, "");
  return {
    line: before.split("\n").length,
    column: before.length - start + 1,
    source: source.replaceAll(credentials, (secret) => "•".repeat(secret.length)),
  };
}

/** The node at a path, looked up through aliases. */
export function nodeAt(document: Document.Parsed, path: Path): Node | undefined {
  let node: unknown = document.contents;
  for (const key of path) {
    const collection = isAlias(node) ? node.resolve(document) : node;
    if (isMap(collection)) node = pairOf(collection.items, key)?.value;
    else node = isSeq(collection) ? collection.items[Number(key)] : undefined;
  }
  return (isAlias(node) ? node.resolve(document) : (node as Node | null)) ?? undefined;
}

/** Where the value at a path begins; its key when it is empty; the nearest thing around it when it is missing. */
export function offsetOfValue(document: Document.Parsed, path: Path): number {
  const node = nodeAt(document, path);
  const [start, end] = node?.range ?? [0, 0];
  if (node && end > start) return start;
  return path.length === 0 ? (document.contents?.range?.[0] ?? 0) : offsetOfKey(document, path);
}

/** Where the key at the end of a path begins; for an item of a list, the item. */
export function offsetOfKey(document: Document.Parsed, path: Path): number {
  const parent = nodeAt(document, path.slice(0, -1));
  const key = path.at(-1);
  const pair = isMap(parent) && key !== undefined ? pairOf(parent.items, key) : undefined;
  const keyNode = pair?.key;
  if (isScalar(keyNode) && keyNode.range) return keyNode.range[0];
  if (isSeq(parent)) return nodeAt(document, path)?.range?.[0] ?? parent.range?.[0] ?? 0;
  return offsetOfValue(document, path.slice(0, -1));
}

function pairOf(items: readonly Pair[], key: PropertyKey): Pair | undefined {
  return items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(key));
}
