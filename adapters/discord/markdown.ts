import type { List, ListItem, PhrasingContent, Root, RootContent } from "mdast";
import { toString } from "mdast-util-to-string";
import { tableToText } from "../../src/text/table.ts";

/** A document in Discord's Markdown, which has no tables, rules, pictures or nested quotes. */
export function toDiscord(document: Root): string {
  return blocks(document.children, false);
}

/** Text that shows as it is, also at the start of a line. */
export function escapeText(text: string): string {
  return escapeLineStarts(escapeMarks(text));
}

function escapeMarks(text: string): string {
  return text.replaceAll(
    /[\\*`]|~~|\|\||(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|\](?=\()|<(?=[@#:/]|a:|t:|id:|https?:)/gu,
    (mark) => mark.replaceAll(/./gu, "\\$&"),
  );
}

/** What would begin a heading, quote, small print or list. */
function escapeLineStarts(text: string): string {
  return text
    .replaceAll(/^(?<indent>\s*)(?<mark>#{1,3}|>{1,3}|-#?)(?=\s)/gmu, "$<indent>\\$<mark>")
    .replaceAll(/^(?<number>\s*\d+)(?=\.\s)/gmu, "$<number>\\");
}

function blocks(nodes: readonly RootContent[], quoted: boolean): string {
  return nodes
    .map((node, index) => {
      // Discord gives headings room of their own.
      const gap = index === 0 ? "" : nodes[index - 1]?.type === "heading" ? "\n" : "\n\n";
      return gap + block(node, quoted);
    })
    .join("");
}

function block(node: RootContent, quoted: boolean): string {
  switch (node.type) {
    case "paragraph":
      return escapeLineStarts(inline(node.children));
    case "heading":
      return `${"#".repeat(Math.min(node.depth, 3))} ${inline(node.children).replaceAll("\n", " ")}`;
    case "blockquote":
      return quoted ? blocks(node.children, true) : prefixLines(blocks(node.children, true), "> ");
    case "list":
      return list(node, quoted);
    case "code":
      return fence(node.value, node.lang ?? "");
    case "table":
      return fence(tableToText(node), "");
    case "thematicBreak":
      return "───────────";
    default:
      return escapeText(toString(node));
  }
}

function list({ children, ordered, start }: List, quoted: boolean): string {
  let number = start ?? 1;
  const items = children.map((item) => {
    const mark = ordered ? `${number}. ` : "- ";
    number += 1;
    return listItem(item, mark, quoted);
  });
  return items.join("\n");
}

function listItem(item: ListItem, mark: string, quoted: boolean): string {
  const indent = " ".repeat(mark.length);
  const check = item.checked === true ? "☑ " : item.checked === false ? "☐ " : "";
  const lines = item.children.map((child) => {
    // A fence shows its lines as they are, also the spaces in front of them.
    const exact = child.type === "code" || child.type === "table";
    return exact ? block(child, quoted) : prefixLines(block(child, quoted), indent);
  });
  const begins = item.data?.continues === true ? "" : mark + check;
  const first = item.children[0]?.type;
  if (begins === "") return lines.join("\n");
  return first === "paragraph" || first === "heading"
    ? begins + lines.join("\n").slice(indent.length)
    : [begins.trimEnd(), ...lines].join("\n");
}

function prefixLines(text: string, prefix: string): string {
  return text.replaceAll(/^/gmu, prefix);
}

/** Discord knows fences of three backticks alone: those within the code are kept apart by a character without width. */
function fence(code: string, language: string): string {
  const name = /^[\w+.#-]+/u.exec(language)?.[0] ?? "";
  return `\`\`\`${name}\n${code.replaceAll("```", "`\u200B``")}\n\`\`\``;
}

function inline(nodes: readonly PhrasingContent[]): string {
  return nodes.map(phrase).join("");
}

function phrase(node: PhrasingContent): string {
  switch (node.type) {
    case "text":
      return escapeMarks(node.value);
    case "strong":
      return wrap(node.children, "**");
    case "emphasis":
      return wrap(node.children, "*");
    case "delete":
      return wrap(node.children, "~~");
    case "inlineCode":
      return inlineCode(node.value);
    case "break":
      return "\n";
    case "link":
      return link(inline(node.children), toString(node), node.url);
    case "image":
      return link(escapeMarks(node.alt ?? ""), node.alt ?? "", node.url);
    default:
      return escapeText(toString(node));
  }
}

function wrap(children: readonly PhrasingContent[], mark: string): string {
  const inner = inline(children);
  if (inner.trim() === "") return inner;
  // Three stars in a row would be read the other way round.
  const own = mark === "*" && /^\*|\*$/u.test(inner) ? "_" : mark;
  return own + inner + own;
}

function inlineCode(value: string): string {
  if (!value.includes("`")) return `\`${value}\``;
  const padded = `${value.startsWith("`") ? " " : ""}${value}${value.endsWith("`") ? " " : ""}`;
  return `\`\`${padded.replaceAll(/`{2,}/gu, (run) => Array.from(run).join("\u200B"))}\`\``;
}

/** Discord makes a link of words only with a web address, and not of words that are an address themselves. */
export function link(label: string, plain: string, url: string): string {
  const address = url.replaceAll(/[<>\s]/gu, encodeURIComponent);
  if (!/^https?:\/\//iu.test(url))
    return url === plain || url === `mailto:${plain}` ? label : `${label} (${escapeMarks(url)})`;
  if (plain === "" || plain === url) return `<${address}>`;
  if (/https?:\/\//iu.test(plain)) return `${label} (<${address}>)`;
  return `[${label.replaceAll(/(?<!\\)[[\]]/gu, "\\$&")}](<${address}>)`;
}
