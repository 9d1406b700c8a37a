import type { Delete, Emphasis, FootnoteReference, Image, ImageReference } from "mdast";
import type { Link, LinkReference, PhrasingContent, Strong, Text } from "mdast";
import type { References } from "./references.ts";

export const text = (value: string): Text => ({ type: "text", value });

/** A link that shows its address. */
export const literalLink = (url: string): Link => ({ type: "link", url, title: null, children: [text(url)] });

const lineBreakTag = /^<br\s*\/?>$/iu;

/** A footnote's mark; shown the same before its definition arrives. */
const footnoteMark = /\[\^(\d{1,3})\]/gu;

/** A bare address as far as it goes: GFM also takes the CJK text or punctuation that follows it for a part of it. */
const bareAddress =
  /^(?:https?:\/\/|www\.)[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#][^\s\u3001-\u303f\uff00-\uff0f\uff1a-\uff20\uff3b-\uff65]*)?/iu;

/** The content of a paragraph, heading or cell; empty when it shows nothing. */
export function normalizeInline(
  nodes: readonly PhrasingContent[],
  references?: References,
): PhrasingContent[] {
  const inline = joinInline(nodes.flatMap((node) => convert(node, references)));
  const first = inline.findIndex((node) => node.type !== "break");
  const last = inline.findLastIndex((node) => node.type !== "break");
  return inline.some(isVisible) ? inline.slice(first, last + 1) : [];
}

function convert(node: PhrasingContent, references: References | undefined): PhrasingContent[] {
  switch (node.type) {
    case "text":
      return [text(node.value.replaceAll(footnoteMark, "[$1]"))];
    case "html":
      return [lineBreakTag.test(node.value) ? { type: "break" } : text(node.value)];
    case "break":
      return [{ type: "break" }];
    case "inlineCode":
      return [{ type: "inlineCode", value: node.value }];
    case "image":
      return [image(node, node.alt)];
    case "link":
      return isLiteral(node) ? literalLinks(node) : [link(node, convertAll(node.children, references))];
    case "emphasis":
    case "strong":
    case "delete": {
      const children = withoutMark(node.type, convertAll(node.children, references));
      return children.length === 0 ? [] : [{ type: node.type, children }];
    }
    default:
      return resolve(node, references);
  }
}

function resolve(
  node: LinkReference | ImageReference | FootnoteReference,
  references: References | undefined,
): PhrasingContent[] {
  if (node.type === "footnoteReference") return [text(`[${node.label ?? node.identifier}]`)];
  const definition = references?.definitions.get(node.identifier) ?? { url: "" };
  if (node.type === "imageReference") return [image(definition, node.alt)];
  return [link(definition, convertAll(node.children, references))];
}

function convertAll(
  nodes: readonly PhrasingContent[],
  references: References | undefined,
): PhrasingContent[] {
  return joinInline(nodes.flatMap((node) => convert(node, references)));
}

interface Resource {
  readonly url: string;
  readonly title?: string | null | undefined;
}

/** A link without text shows its address. */
function link({ url, title = null }: Resource, children: PhrasingContent[]): Link {
  return { type: "link", url, title, children: children.some(isVisible) ? children : [text(url)] };
}

function image({ url, title = null }: Resource, alt: string | null = null): Image {
  return { type: "image", url, title, alt };
}

/** Whether the address itself was written, and nothing around it. */
function isLiteral(node: Link): boolean {
  const [child] = node.children;
  return child?.type === "text" && node.position?.start.offset === child.position?.start.offset;
}

function literalLinks(node: Link): PhrasingContent[] {
  const written = node.children.map((child) => ("value" in child ? child.value : "")).join("");
  const address = bareAddress.exec(written)?.[0] ?? written;
  const rest = written.slice(address.length);
  const url = node.url.endsWith(rest) ? node.url.slice(0, node.url.length - rest.length) : node.url;
  const shortened: Link = { type: "link", url, title: null, children: [text(address)] };
  return rest === "" ? [shortened] : [shortened, text(rest)];
}

/** Bold in bold is bold. */
function withoutMark(type: Mark["type"], nodes: readonly PhrasingContent[]): PhrasingContent[] {
  const plain = nodes.flatMap((node): PhrasingContent[] => {
    if (node.type === type) return withoutMark(type, node.children);
    return ["children" in node ? { ...node, children: withoutMark(type, node.children) } : node];
  });
  return joinInline(plain);
}

/** Neighbouring texts, or marks of one kind, become one; the line ending after a break is the break. */
export function joinInline(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  const joined: PhrasingContent[] = [];
  for (const node of nodes) {
    const last = joined.at(-1);
    if (node.type === "text") {
      const value = last?.type === "break" ? node.value.replace(/^[ \t]*\n?/u, "") : node.value;
      if (last?.type === "text") joined[joined.length - 1] = text(last.value + value);
      else if (value !== "") joined.push(text(value));
    } else if (isMark(node) && last?.type === node.type)
      joined[joined.length - 1] = { ...node, children: joinInline([...last.children, ...node.children]) };
    else joined.push(node);
  }
  return joined;
}

type Mark = Emphasis | Strong | Delete;

const isMark = (node: PhrasingContent): node is Mark =>
  node.type === "emphasis" || node.type === "strong" || node.type === "delete";

function isVisible(node: PhrasingContent): boolean {
  if (node.type === "image") return true;
  if ("children" in node) return node.children.some(isVisible);
  return "value" in node && node.value.trim() !== "";
}
