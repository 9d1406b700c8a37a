import type { Answer, OutgoingFile } from "./chat.ts";
import { wordsIn } from "./words/words.ts";

const endings: Readonly<Record<string, string>> = {
  bash: "sh",
  csharp: "cs",
  "c++": "cpp",
  javascript: "js",
  kotlin: "kt",
  markdown: "md",
  plaintext: "txt",
  powershell: "ps1",
  python: "py",
  ruby: "rb",
  rust: "rs",
  shell: "sh",
  text: "txt",
  typescript: "ts",
};

/** A finished answer with its blocks of code of more than `limit` characters as files; as it is while it grows, or without a limit. */
export async function withFiles(
  answer: Answer,
  limit: number | undefined,
): Promise<{ readonly answer: Answer; readonly files: readonly OutgoingFile[] }> {
  if (limit === undefined || answer.state === "growing" || answer.text.length <= limit)
    return { answer, files: [] };
  // Few answers are that long: the others start without a parser.
  const { fromMarkdown } = await import("mdast-util-from-markdown");
  const files: OutgoingFile[] = [];
  let text = "";
  let from = 0;
  for (const node of fromMarkdown(answer.text).children) {
    const { start, end } = node.position ?? {};
    if (node.type !== "code" || node.value.length <= limit || !start || !end) continue;
    const name = `code-${files.length + 1}.${endingOf(node.lang ?? "")}`;
    files.push({ name, mimeType: "text/plain", data: Buffer.from(`${node.value}\n`) });
    text +=
      answer.text.slice(from, start.offset) +
      wordsIn(answer.language).inFile(name, node.value.split("\n").length);
    from = end.offset ?? from;
  }
  return { answer: files.length === 0 ? answer : { ...answer, text: text + answer.text.slice(from) }, files };
}

function endingOf(language: string): string {
  const name = language.toLowerCase();
  return endings[name] ?? (/^[a-z0-9]{1,5}$/u.test(name) ? name : "txt");
}
