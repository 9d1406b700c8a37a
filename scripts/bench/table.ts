import type { Measured } from "./measure.ts";

/** What is promised: at most or at least so many times the bare bot's value, or at most so much by itself. */
type Goal = { readonly atMost: number } | { readonly atLeast: number } | { readonly below: number };

interface Row {
  readonly key: string;
  readonly label: string;
  readonly goal?: Goal;
  readonly digits?: number;
}

const rows: readonly Row[] = [
  { key: "direct begin p50", label: "private chat: update to model request, ms", goal: { atMost: 2 } },
  { key: "direct begin p95", label: "  95th percentile" },
  { key: "direct end p50", label: "last token to final text, ms", goal: { atMost: 1.5 } },
  { key: "direct end p95", label: "  95th percentile" },
  { key: "direct cpu", label: "CPU an answer of 200 tokens, ms", goal: { atMost: 1.3 } },
  { key: "group begin p50", label: "group: update to model request, ms", goal: { atMost: 2 } },
  { key: "group begin p95", label: "  95th percentile" },
  { key: "group end p50", label: "last token to final text, ms", goal: { atMost: 1.5 } },
  { key: "group end p95", label: "  95th percentile" },
  { key: "group cpu", label: "CPU an answer of 200 tokens, ms", goal: { atMost: 1.3 } },
  { key: "one", label: "messages a second, 1 chat", goal: { atLeast: 1 / 3 }, digits: 0 },
  { key: "ten", label: "messages a second, 10 chats", goal: { atLeast: 1 / 3 }, digits: 0 },
  { key: "many", label: "messages a second, 1000 chats at once", goal: { atLeast: 1 / 3 }, digits: 0 },
  { key: "idle", label: "memory idle, MB", goal: { below: 150 }, digits: 0 },
  { key: "full", label: "memory with 1000 chats, MB", digits: 0 },
  { key: "firstPoll", label: "cold start to first poll, ms", goal: { below: 600 }, digits: 0 },
  { key: "firstAnswer", label: "cold start to first answer, ms", digits: 0 },
];

/**
 * Prints what was measured of each subject beside the first one's; of those that are `judged`, also whether the goals are
 * met.
 */
export function printTable(
  measured: ReadonlyMap<string, Measured>,
  { judged }: { readonly judged: ReadonlySet<string> },
): void {
  const [base = "", ...others] = [...measured.keys()];
  const line = (label: string, bare: string, cells: readonly string[]): void =>
    console.log([label.padEnd(42), bare.padStart(10), ...cells].join(" ").trimEnd());
  const head = (name: string): string => `${name.padStart(14)}${"ratio".padStart(7)}`;
  line(
    "",
    base,
    others.map((name) => head(name) + (judged.has(name) ? "  goal".padEnd(17) : "")),
  );
  for (const row of rows) {
    if (!others.some((name) => measured.get(name)?.[row.key] !== undefined)) continue;
    const bare = measured.get(base)?.[row.key] ?? Number.NaN;
    const cells = others.map((name) => {
      const value = measured.get(name)?.[row.key] ?? Number.NaN;
      const cell = written(row, value).padStart(14) + (value / bare).toFixed(2).padStart(7);
      return judged.has(name) ? cell + verdict(row, value, bare).padEnd(17) : cell;
    });
    line(row.label, written(row, bare), cells);
  }
}

function verdict({ goal }: Row, value: number, bare: number): string {
  if (!goal) return "";
  if ("below" in goal) return `  < ${goal.below} ${value < goal.below ? "met" : "NOT MET"}`;
  if ("atMost" in goal) return `  <= ${goal.atMost} ${value <= goal.atMost * bare ? "met" : "NOT MET"}`;
  return `  >= ${goal.atLeast.toFixed(2)} ${value >= goal.atLeast * bare ? "met" : "NOT MET"}`;
}

const written = ({ digits = 1 }: Row, value: number): string => value.toFixed(digits);
