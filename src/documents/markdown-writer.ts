/** Writes Markdown as a document's parts go by: blocks of text, items, tables. */
export interface MarkdownWriter {
  /** More of the block under way; spaces and line ends count as one space unless it is `verbatim`. */
  text(text: string): void;
  verbatim(text: string): void;
  /** Ends the block under way and begins one with this before it, such as `## ` or `- `. */
  begin(prefix?: string): void;
  beginTable(): void;
  beginRow(): void;
  beginCell(): void;
  endTable(): void;
  /** All that was written. */
  finish(): string;
}

/** A row of more is cut. */
const mostCells = 200;

export function createMarkdownWriter(): MarkdownWriter {
  const blocks: string[] = [];
  let [prefix, line] = ["", ""];
  let rows: string[][] = [];
  let tables = 0;

  const end = (): void => {
    const isCode = prefix.startsWith("```");
    const text = isCode ? line.trimEnd() : line.replaceAll(/ *\n */gu, "\n").trim();
    line = "";
    if (text === "") return;
    if (tables > 0) addToCell(rows, text);
    else blocks.push(isCode ? prefix + text : prefixed(prefix, text));
  };
  const begin = (next = ""): void => {
    end();
    prefix = next;
  };
  return {
    text(text) {
      const plain = text.replaceAll(/\s+/gu, " ");
      line += line === "" || /\s/u.test(line.at(-1) ?? "") ? plain.trimStart() : plain;
    },
    verbatim(text) {
      line += text;
    },
    begin,
    beginTable() {
      begin();
      tables += 1;
      if (tables === 1) rows = [];
    },
    beginRow() {
      end();
      if (tables === 1) rows.push([]);
    },
    beginCell() {
      end();
      const row = rows.at(-1);
      if (tables === 1 && row && row.length < mostCells) row.push("");
    },
    endTable() {
      end();
      tables = Math.max(0, tables - 1);
      if (tables > 0) return;
      const table = writeTable(rows);
      if (table !== "") blocks.push(table);
    },
    finish() {
      end();
      return blocks.reduce((all, block, index) => {
        if (index === 0) return block;
        return `${all}${isItem(block) && isItem(blocks[index - 1] ?? "") ? "\n" : "\n\n"}${block}`;
      }, "");
    },
  };
}

function addToCell(rows: readonly string[][], text: string): void {
  const row = rows.at(-1);
  const cell = row?.at(-1);
  if (row && cell !== undefined) row[row.length - 1] = cell === "" ? text : `${cell} ${text}`;
}

/** An item's or a quote's further lines stand under the first. */
const prefixed = (prefix: string, text: string): string =>
  prefix.startsWith("#")
    ? prefix + text.replaceAll("\n", " ")
    : prefix + text.replaceAll("\n", `\n${prefix.trim() === ">" ? prefix : " ".repeat(prefix.length)}`);

const isItem = (block: string): boolean => /^ *(?:-|\d+\.) /u.test(block);

/** Rows as a table under its first; rows of one cell are paragraphs, as where a page is laid out in a table. */
export function writeTable(rows: readonly (readonly string[])[]): string {
  const columns = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const cells = rows.map((row) => row.map((cell) => cell.replaceAll(/\s*\n\s*/gu, " ").trim()));
  if (columns < 2) return cells.flat().filter(Boolean).join("\n\n");
  const lines = cells.map(
    (row) =>
      `| ${Array.from({ length: columns }, (_, at) => (row[at] ?? "").replaceAll("|", "\\|")).join(" | ")} |`,
  );
  return [lines[0], `|${" --- |".repeat(columns)}`, ...lines.slice(1)].join("\n");
}
