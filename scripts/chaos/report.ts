/** Results as people read them. */
import type { KillsResult } from "./kills.ts";

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
    ...crashed,
    ...(logged.length > 0 ? ["logged as errors:", ...logged] : []),
    ...(complained.length > 0 ? ["platforms complained:", ...complained] : []),
    ...faults,
  ].join("\n");
}

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
