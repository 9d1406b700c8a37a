import papa from "papaparse";
import type { Reading } from "./reading.ts";
import { sectionsOfRows } from "./rows.ts";

/** A table written as text, whatever stands between its cells. */
export function readCsv(text: string): Reading {
  const { data } = papa.parse<string[]>(text, { skipEmptyLines: true });
  return { kind: "CSV", unit: "part", ...sectionsOfRows("", data) };
}
