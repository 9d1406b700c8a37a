import { expect, test } from "vitest";
import { compact, dollars, percent } from "../../src/text/numbers.ts";

test.each([
  [0, "0"],
  [999, "999"],
  [1_000, "1k"],
  [12_345, "12.3k"],
  [999_499, "999k"],
  [999_500, "1M"],
  [1_050_000, "1.05M"],
  [2_345_678_901, "2,346M"],
])("%i tokens are %s", (count, shown) => expect(compact(count)).toBe(shown));

test.each([
  [0, "$0"],
  [0.00000123, "$0.0000012"],
  [0.0012, "$0.0012"],
  [0.0312, "$0.031"],
  [0.248, "$0.25"],
  [1234.5, "$1234.50"],
])("%d dollars are %s", (amount, shown) => expect(dollars(amount)).toBe(shown));

test.each([
  [0, "0 %"],
  [0.004, "< 1 %"],
  [0.829, "83 %"],
])("%d is %s", (share, shown) => expect(percent(share)).toBe(shown));
