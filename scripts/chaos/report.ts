/** Results as people read them. */
import type { CrowdResult } from "./crowd.ts";
import type { KillsResult } from "./kills.ts";
import { megabytes, type SoakResult } from "./soak.ts";

/** Rows of cells, the first being the head, in columns as wide as they must be. */
export function table(rows: readonly (readonly (string | number)[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => String(row[column] ?? "").length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => {
          const width = widths[column] ?? 0;
          return typeof cell === "number" || column > 0 ? String(cell).padStart(width) : cell.padEnd(width);
        })
        .join("  "),
    )
    .join("\n");
}

/** The counts of a run with kills. */
export function describeKills(result: KillsResult, seed: number): string {
  const { store, kills, tally, modelFaults, edits, longestWait, byPlatform, faults } = result;
  const { crashes, errors, complaints } = result;
  const head = ["", "asked", "answered", "told", "lost", "doubled", "disordered", "fragments", "leaks"];
  const rows = [...byPlatform].map(([platform, verdict]) => [
    platform,
    verdict.asked,
    verdict.answered,
    verdict.told.length,
    verdict.lost.length,
    verdict.doubled.length,
    verdict.disordered.length,
    verdict.fragments.length,
    verdict.leaks.length,
  ]);
  const injected = Object.entries(tally)
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([what, count]) => `${what} ${count}`);
  const crashed = crashes > 0 ? [`${crashes} processes ended by themselves`] : [];
  const logged = grouped(errors, messageIn);
  const complained = grouped(complaints, (each) => each.replaceAll(/\d{5,}/gu, "…").slice(0, 160));
  return [
    `${store}, ${kills} kills, seed ${seed}`,
    table([head, ...rows]),
    `longest wait ${longestWait.toFixed(1)} s, ${edits} edits, model's faults ${modelFaults}`,
    `injected: ${injected.join(", ")}`,
    ...(result.isCutShort ? ["ended early: who still waited counts as lost"] : []),
    ...crashed,
    ...(logged.length > 0 ? ["logged as errors:", ...logged] : []),
    ...(complained.length > 0 ? ["platforms complained:", ...complained] : []),
    ...faults,
  ].join("\n");
}

/** Nobody may see nothing for longer, in milliseconds. */
const longestSilenceMs = 5_000;
/** What a process may take at most while a crowd writes, in bytes. */
const mostMemory = 400 * 1024 * 1024;

/** Whether all were answered, nobody in silence, within bounds. */
export const isGoodCrowd = ({
  asked,
  answered,
  longestSilenceMs: silence,
  memory,
  faults,
}: CrowdResult): boolean =>
  answered === asked && silence <= longestSilenceMs && memory.peak <= mostMemory && faults.length === 0;

/** The numbers of a crowd. */
export function describeCrowd(store: string, result: CrowdResult): string {
  const {
    asked,
    answered,
    lastAnswerMs,
    firstSignsMs,
    longestSilenceMs: silence,
    memory,
    errors,
    faults,
  } = result;
  const sorted = firstSignsMs.toSorted((one, other) => one - other);
  const at = (share: number): string => seconds(sorted[Math.floor((sorted.length - 1) * share)] ?? 0);
  return [
    `${store}, ${asked} people at once: ${answered} answered, the last after ${seconds(lastAnswerMs)}`,
    `first sign: half within ${at(0.5)}, 99 % within ${at(0.99)}, all within ${at(1)}; longest silence ${seconds(silence)}`,
    `memory: ${megabytes(memory.before)} MB before (peak ${megabytes(memory.peakBefore)}), ${megabytes(memory.after)} MB after, peak ${megabytes(memory.peak)} MB`,
    ...grouped(errors, messageIn),
    ...faults.slice(0, 20),
  ].join("\n");
}

/** Whether memory stayed flat and nothing failed. */
export const isGoodSoak = ({ isFlat, errors, crashes, faults }: SoakResult): boolean =>
  isFlat && errors.length === 0 && crashes === 0 && faults.length === 0;

/** The numbers of a soak. */
export function describeSoak(store: string, result: SoakResult): string {
  const { asked, answered, longestWait, middle, last, isFlat, errors, crashes, faults } = result;
  return [
    `${store}: ${asked} asked, ${answered} answered, longest wait ${longestWait.toFixed(1)} s`,
    `memory: ${megabytes(middle)} MB in the middle third, ${megabytes(last)} MB in the last: ${isFlat ? "flat" : "growing"}`,
    `errors and unhandled rejections in the log: ${errors.length}; processes that ended by themselves: ${crashes}`,
    ...grouped(errors, messageIn),
    ...faults.slice(0, 20),
  ].join("\n");
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

const grouped = (lines: readonly string[], nameOf: (line: string) => string): readonly string[] =>
  [...Map.groupBy(lines, nameOf)].map(([name, same]) => `  ${same.length} x ${name}`);

function messageIn(line: string): string {
  try {
    const { msg, platform } = JSON.parse(line) as { msg?: string; platform?: string };
    return `${platform === undefined ? "" : `${platform}: `}${msg ?? line}`;
  } catch {
    return line.slice(0, 200);
  }
}
