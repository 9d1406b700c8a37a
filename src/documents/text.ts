import { extname } from "node:path";
import { chaptersOfMarkdown } from "./chapters.ts";
import type { SentFile } from "./document.ts";
import type { FileKind, Reading } from "./reading.ts";

/** What code is named in Markdown, by how its files' names end; for all others the ending itself. */
const languages: Readonly<Record<string, string>> = {
  ".cs": "csharp",
  ".h": "c",
  ".hpp": "cpp",
  ".js": "javascript",
  ".kt": "kotlin",
  ".mjs": "javascript",
  ".ps1": "powershell",
  ".py": "python",
  ".rb": "ruby",
  ".rs": "rust",
  ".sh": "bash",
  ".ts": "typescript",
  ".yml": "yaml",
};

const isCode =
  /^\.(?:c|cc|cpp|cs|css|dart|diff|ex|go|h|hpp|hs|ini|java|jl|js|json|jsonl|jsx|kt|lua|m|mjs|patch|php|pl|ps1|py|r|rb|rs|scala|scss|sh|sql|swift|tex|toml|ts|tsx|vue|xml|ya?ml|zig)$/u;
const isTable = /^\.(?:csv|tsv|tab)$/u;
const isMarkdown = /^\.(?:md|mdx|markdown)$/u;
const isPage = /^\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,500}-->\s*)?<(?:!doctype\s+html|html)[\s>]/iu;

/** What a text is where it takes more than to look at it. */
export function textKindOf(text: string, { name, mimeType }: Omit<SentFile, "bytes">): FileKind | undefined {
  if (isPage.test(text.slice(0, 2000))) return "html";
  return isTable.test(endingOf(name)) || /^text\/(?:csv|tab-separated-values)\b/u.test(mimeType)
    ? "csv"
    : undefined;
}

/** Markdown is cut at its headings, code is marked as such, and all other text is as it was. */
export function readPlainText(text: string, { name, mimeType }: Omit<SentFile, "bytes">): Reading {
  const ending = endingOf(name);
  if (isCode.test(ending)) {
    const fence = "`".repeat(
      Math.max(3, ...Array.from(text.matchAll(/`{3,}/gu), ([marks]) => marks.length + 1)),
    );
    const code = `${fence}${languages[ending] ?? ending.slice(1)}\n${text}\n${fence}`;
    return { kind: "code", unit: "part", sections: [{ label: "", text: code }], notes: [] };
  }
  const marked = isMarkdown.test(ending) || mimeType.startsWith("text/markdown");
  if (marked) return { kind: "Markdown", ...chaptersOfMarkdown(text), notes: [] };
  return { kind: "text", unit: "part", sections: [{ label: "", text }], notes: [] };
}

const endingOf = (name: string): string => extname(name).toLowerCase();
