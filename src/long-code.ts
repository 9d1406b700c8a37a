import type { Adapter, Answer, Fold, OutgoingFile } from "./chat.ts";
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

/** From how many characters on something reads better as a file. */
type Limits = Pick<Adapter, "longCode" | "longFold">;

interface WithFiles {
  readonly answer: Answer;
  readonly files: readonly OutgoingFile[];
}

/** A finished answer with what is longer than the limits as files; as it is while it grows, or without limits. */
export async function withFiles(answer: Answer, { longCode, longFold }: Limits): Promise<WithFiles> {
  if (answer.state === "growing") return { answer, files: [] };
  const folded = withFolds(answer, longFold);
  const coded = await withCode(folded.answer, longCode);
  return { answer: coded.answer, files: [...folded.files, ...coded.files] };
}

/** The file stands under the messages, and is named as the fold was. */
function withFolds(answer: Answer, limit: number | undefined): WithFiles {
  const { folds = [] } = answer;
  const isLong = ({ text }: Fold): boolean => limit !== undefined && text.length > limit;
  if (!folds.some(isLong)) return { answer, files: [] };
  const files = folds.filter(isLong).map(({ title, text }) => ({
    name: `${fileName(title)}.md`,
    mimeType: "text/markdown",
    data: Buffer.from(`${text}\n`),
  }));
  const shown = folds.map((fold) => (isLong(fold) ? { title: `${fold.title} 📎`, text: "" } : fold));
  return { answer: { ...answer, folds: shown }, files };
}

/** What a title begins with, up to what it took. */
const fileName = (title: string): string =>
  (title.split(" · ", 1)[0] ?? "")
    .replaceAll(/(?:[^\p{L}\p{N}.]|\.(?!\p{N}))+/gu, "-")
    .replaceAll(/^[-.]+|-+$/gu, "")
    .slice(0, 60);

async function withCode(answer: Answer, limit: number | undefined): Promise<WithFiles> {
  if (limit === undefined || answer.text.length <= limit) return { answer, files: [] };
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
