import { expect, test } from "vitest";
import { makeXlsx } from "../support/office.ts";
import { read } from "./read.ts";

test("a workbook keeps its sheets; a long one is in parts that all name the columns", async () => {
  const rows = Array.from({ length: 450 }, (_, index) => [`Item ${index}`, index]);
  const { sections, unit } = await read(
    makeXlsx({
      Sales: [
        ["Day", "Sum"],
        ["date:45000", 12.5],
      ],
      Empty: [],
      Stock: [["Name", "Count"], ...rows],
    }),
  );
  expect(unit).toBe("sheet");
  expect(sections.map(({ label }) => label)).toEqual([
    "sheet Sales",
    "sheet Stock, rows 2-201",
    "sheet Stock, rows 202-401",
    "sheet Stock, rows 402-451",
  ]);
  expect(sections[0]?.text).toBe("| Day | Sum |\n| --- | --- |\n| 2023-03-15 | 12.5 |");
  expect(sections[3]?.text).toMatch(/^\| Name \| Count \|\n.*\n\| Item 400 \| 400 \|/u);
});
