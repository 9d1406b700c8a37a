import { Parser } from "htmlparser2";
import { createMarkdownWriter, type MarkdownWriter } from "./markdown-writer.ts";

/** A page as Markdown, and what its head says of it. */
export interface HtmlText {
  readonly markdown: string;
  readonly title?: string;
  readonly author?: string;
}

const unseen = new Set(["script", "style", "template", "noscript", "svg", "iframe", "object", "select"]);
const blocks = new Set(
  "address article aside body dd details div dl dt fieldset figcaption figure footer form header hr legend main nav p section summary".split(
    " ",
  ),
);
const deepestIndent = 6;

type Attributes = Readonly<Record<string, string>>;

/** A page as far as it has been read. */
interface Page {
  readonly writer: MarkdownWriter;
  readonly head: { title: string; author: string };
  readonly lists: { readonly ordered: boolean; items: number }[];
  /** Undefined for a link that is left out. */
  readonly links: (string | undefined)[];
  /** How many open tags hide what is in them, keep its spaces, or quote it. */
  hidden: number;
  preformatted: number;
  quoted: number;
  inTitle: boolean;
}

/**
 * Reads HTML as it goes by, without a tree: however deep it is nested, the time it takes grows with its length alone.
 * Emphasis is left out; links of the web stay.
 */
export function readHtml(html: string): HtmlText {
  const writer = createMarkdownWriter();
  const head = { title: "", author: "" };
  const page: Page = {
    writer,
    head,
    lists: [],
    links: [],
    hidden: 0,
    preformatted: 0,
    quoted: 0,
    inTitle: false,
  };
  const parser = new Parser({
    onopentag: (tag, attributes) => open(page, tag, attributes),
    ontext: (text) => take(page, text),
    onclosetag: (tag) => close(page, tag),
  });
  parser.end(html);
  const [title, author] = [head.title.replaceAll(/\s+/gu, " ").trim(), head.author.trim()];
  return {
    markdown: writer.finish(),
    ...(title !== "" && { title }),
    ...(author !== "" && { author }),
  };
}

function open(page: Page, tag: string, attributes: Attributes): void {
  if (unseen.has(tag)) page.hidden += 1;
  if (page.hidden > 0) return;
  if (/^h[1-6]$/u.test(tag)) page.writer.begin(`${"#".repeat(Number(tag[1]))} `);
  else if (blocks.has(tag)) begin(page);
  else opening[tag]?.(page, attributes);
}

function take(page: Page, text: string): void {
  if (page.inTitle) page.head.title += text;
  else if (page.hidden > 0) return;
  else if (page.preformatted > 0) page.writer.verbatim(text);
  else page.writer.text(text);
}

function close(page: Page, tag: string): void {
  if (unseen.has(tag)) page.hidden = Math.max(0, page.hidden - 1);
  else if (page.hidden > 0) return;
  else if (blocks.has(tag) || /^h[1-6]$/u.test(tag)) begin(page);
  else closing[tag]?.(page);
}

const begin = ({ writer, quoted }: Page): void => writer.begin(quoted > 0 ? "> " : "");

const opening: Readonly<Record<string, (page: Page, attributes: Attributes) => void>> = {
  title(page) {
    page.inTitle = page.head.title === "";
  },
  meta({ head }, { name, content }) {
    if (name?.toLowerCase() === "author" && content !== undefined) head.author = content;
  },
  br: ({ writer }) => writer.verbatim("\n"),
  ul: (page) => beginList(page, false),
  ol: (page) => beginList(page, true),
  li: beginItem,
  pre(page) {
    page.writer.begin("```\n");
    page.preformatted += 1;
  },
  blockquote(page) {
    page.quoted += 1;
    begin(page);
  },
  table: ({ writer }) => writer.beginTable(),
  tr: ({ writer }) => writer.beginRow(),
  td: ({ writer }) => writer.beginCell(),
  th: ({ writer }) => writer.beginCell(),
  img({ writer }, { alt = "" }) {
    if (alt.trim() !== "") writer.text(` [picture: ${alt.trim()}] `);
  },
  a({ writer, links }, { href = "" }) {
    const isWeb = /^https?:/iu.test(href);
    if (isWeb) writer.text("[");
    links.push(isWeb ? href : undefined);
  },
};

const closing: Readonly<Record<string, (page: Page) => void>> = {
  title(page) {
    page.inTitle = false;
  },
  ul: endList,
  ol: endList,
  li: ({ writer }) => writer.begin(),
  pre(page) {
    page.writer.verbatim("\n```");
    page.preformatted = Math.max(0, page.preformatted - 1);
    begin(page);
  },
  blockquote(page) {
    page.quoted = Math.max(0, page.quoted - 1);
    begin(page);
  },
  table: ({ writer }) => writer.endTable(),
  a({ writer, links }) {
    const link = links.pop();
    if (link !== undefined) writer.verbatim(`](${link})`);
  },
};

function beginList({ writer, lists }: Page, ordered: boolean): void {
  writer.begin();
  lists.push({ ordered, items: 0 });
}

function endList({ writer, lists }: Page): void {
  writer.begin();
  lists.pop();
}

function beginItem({ writer, lists }: Page): void {
  const list = lists.at(-1);
  if (list) list.items += 1;
  const indent = "  ".repeat(Math.min(Math.max(lists.length - 1, 0), deepestIndent));
  writer.begin(indent + (list?.ordered === true ? `${list.items}. ` : "- "));
}
