import type { Code, List, ListItem, PhrasingContent, Root, RootContent, Table, TableRow } from "mdast";

/** A document as Slack's `markdown` block reads it; escapes only where a character would else mean something. */
export function writeMarkdown({ children }: Root): string {
  return blocks(children);
}

function blocks(nodes: readonly RootContent[], gap = "\n\n"): string {
  return nodes.map((node, index) => block(node, nodes[index - 1])).join(gap);
}

function block(node: RootContent, before?: RootContent): string {
  switch (node.type) {
    case "paragraph":
      return lineStart(inline(node.children));
    case "heading":
      return `${"#".repeat(node.depth)} ${inline(node.children)}`;
    case "blockquote":
      return indent(blocks(node.children), "> ", "> ");
    case "list":
      // A second list right after the first is told from it by its mark.
      return list(node, before?.type === "list" ? "*" : "-");
    case "code":
      return fence(node);
    case "table":
      return table(node);
    case "thematicBreak":
      return "---";
    default:
      return inline([node as PhrasingContent]);
  }
}

const indent = (text: string, first: string, rest: string): string =>
  (first + text.replaceAll("\n", `\n${rest}`)).replaceAll(/^ +$/gmu, "");

function list({ children, ordered, start, spread }: List, mark: string): string {
  return children
    .map((item, index) => {
      const bullet = ordered ? `${(start ?? 1) + index}. ` : `${mark} `;
      const text = blocks(item.children, item.spread ? "\n\n" : "\n");
      // What goes on from the message before has its mark there.
      return item.data?.continues ? text : indent(checkbox(item) + text, bullet, " ".repeat(bullet.length));
    })
    .join(spread ? "\n\n" : "\n");
}

const checkbox = ({ checked }: ListItem): string =>
  typeof checked === "boolean" ? `[${checked ? "x" : " "}] ` : "";

/** A fence longer than any in the code. */
function fence({ value, lang, meta }: Code): string {
  const marks = "`".repeat(Math.max(3, longestRun(value) + 1));
  return `${marks}${[lang, meta].filter(Boolean).join(" ")}\n${value}\n${marks}`;
}

const longestRun = (text: string): number =>
  Math.max(0, ...(text.match(/`+/gu) ?? []).map((run) => run.length));

function table({ children, align }: Table): string {
  const [head, ...rows] = children.map(row);
  const rule = (children[0]?.children ?? []).map((_, index) => rules[align?.[index] ?? "none"]);
  return [head, `| ${rule.join(" | ")} |`, ...rows].join("\n");
}

const rules = { left: ":--", right: "--:", center: ":-:", none: "---" };

const row = ({ children }: TableRow): string =>
  `| ${children.map((cell) => inline(cell.children).replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;

function inline(nodes: readonly PhrasingContent[]): string {
  return nodes.map(phrase).join("");
}

function phrase(node: PhrasingContent): string {
  switch (node.type) {
    case "text":
      return escapeText(node.value);
    case "emphasis":
      return `*${inline(node.children)}*`;
    case "strong":
      return `**${inline(node.children)}**`;
    case "delete":
      return `~~${inline(node.children)}~~`;
    case "inlineCode": {
      const marks = "`".repeat(longestRun(node.value) + 1);
      const space = /^`|`$/u.test(node.value) ? " " : "";
      return marks + space + node.value + space + marks;
    }
    case "link": {
      const label = inline(node.children);
      return label === node.url ? node.url : `[${label}](${address(node.url)})`;
    }
    case "image":
      return `![${node.alt ?? ""}](${address(node.url)})`;
    case "break":
      return "  \n";
    default:
      return "value" in node ? node.value : "";
  }
}

const address = (url: string): string =>
  /[\s()<>]/u.test(url) ? `<${url.replaceAll(/[<>]/gu, encodeURI)}>` : url;

const escapeText = (text: string): string =>
  text
    .replaceAll(/\\(?=[!-/:-@[-`{-~])|`|\[(?=[^\]]*\]\()|~~/gu, String.raw`\$&`)
    .replaceAll(/(?<=\S)\*+|\*+(?=\S)|(?<![\p{L}\p{N}])_+(?=\S)|(?<=\S)_+(?![\p{L}\p{N}_])/gu, (run) =>
      run.replaceAll(/./gu, String.raw`\$&`),
    );

/** A paragraph that begins like a list, a heading or a quote. */
const lineStart = (text: string): string =>
  text.replaceAll(
    /^(?<indent> {0,3})(?:(?<number>\d{1,9})(?=[.)]\s)|(?=[-+>#]+\s))/gmu,
    "$<indent>$<number>\\",
  );
