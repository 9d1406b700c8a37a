/** Runs in a thread of its own: a page nested deeply enough keeps its readers busy for minutes. */
import { Defuddle } from "defuddle/node";
import { Parser } from "htmlparser2";
import { parseHTML } from "linkedom";
import { readHtml } from "../documents/html.ts";
import { doTasksInThread } from "../host/in-thread.ts";
import type { HtmlTask, HtmlText } from "./readable.ts";

doTasksInThread(read);

/** No page that people made is nested deeper; what is, takes time by the square of it. */
const deepest = 500;
const pieceLetters = 10_000;
/** Nothing but depth. */
const nestedTags =
  /(?:<(?:div|span|section|article|b|i|u|em|strong|font|center|blockquote)\b[^<>]*>\s*){2,}/giu;

async function read({ html, url = "https://page.invalid/" }: HtmlTask): Promise<HtmlText> {
  if (isDeep(html)) return readFlat(html);
  const { document } = parseHTML(html);
  // Numbers of notes would be read as part of what they stand behind.
  for (const note of document.querySelectorAll("sup")) if (note.querySelector('a[href*="#"]')) note.remove();
  // Left to itself it would ask services of others for what it does not find here.
  const found = await Defuddle(document, url, {
    markdown: true,
    separateMarkdown: false,
    removeImages: true,
    useAsync: false,
  });
  const title = (found.title || document.title || "").trim();
  return {
    ...(title !== "" && { title }),
    ...(found.author && { author: found.author }),
    ...(found.published && { published: found.published.replace(/T.*$/u, "") }),
    text: found.content.trim() || plainText(document),
  };
}

function isDeep(html: string): boolean {
  const seen = { depth: 0, most: 0 };
  const parser = new Parser({
    onopentag: () => void (seen.most = Math.max(seen.most, ++seen.depth)),
    onclosetag: () => void seen.depth--,
  });
  // The parser, too, is slower the deeper it is.
  for (let at = 0; at < html.length && seen.most <= deepest; at += pieceLetters)
    parser.write(html.slice(at, at + pieceLetters));
  return seen.most > deepest;
}

/** All of its words, with what stands around the page's own. */
function readFlat(html: string): HtmlText {
  const { markdown: text, title, author } = readHtml(html.replaceAll(nestedTags, "<div>"));
  return { text, ...(title !== undefined && { title }), ...(author !== undefined && { author }) };
}

/** Of a page with too little on it to tell what is its own. */
function plainText(document: Document): string {
  for (const silent of document.querySelectorAll("script, style, template, noscript, head")) silent.remove();
  for (const block of document.querySelectorAll("p, div, li, br, tr, h1, h2, h3, pre")) block.append("\n");
  return (document.documentElement.textContent ?? "")
    .replaceAll(/[^\S\n]+/gu, " ")
    .replaceAll(/\s*\n\s*/gu, "\n\n")
    .trim();
}
