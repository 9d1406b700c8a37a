import { toDollars } from "../limits/bounds.ts";
import type { UsageSum } from "../limits/ledger.ts";
import { dayOf } from "../limits/period.ts";
import type { OutgoingFile } from "../chat.ts";
import { compact, dollars } from "../text/numbers.ts";
import { drawChart, mostSeries } from "./chart.ts";

/** How many days it shows. */
export const chartDays = 30;
const dayMs = 86_400_000;

/** When the first of its days began, in milliseconds since 1970. */
export const chartSince = (now: number): number => (dayOf(now) - chartDays + 1) * dayMs;

/**
 * The last thirty days as a picture, by model: in dollars, or in tokens where an answer's price is not known. Sums by day
 * and model; undefined when there is nothing to see.
 */
export async function drawUsage(sums: readonly UsageSum[], now: number): Promise<OutgoingFile | undefined> {
  const first = dayOf(now) - chartDays + 1;
  const shown = sums.filter(({ of }) => Number(of.day) >= first);
  const isMoney = shown.every(({ unpriced }) => unpriced === 0);
  const valueOf = (sum: UsageSum): number =>
    isMoney ? toDollars(sum.costNano) : sum.inputTokens + sum.outputTokens;
  if (shown.every((sum) => valueOf(sum) === 0)) return undefined;
  const format = isMoney ? dollars : compact;
  const byModel = new Map<string, number[]>();
  for (const sum of shown) {
    const values = byModel.get(String(sum.of.model)) ?? Array.from({ length: chartDays }, () => 0);
    const day = Number(sum.of.day) - first;
    values[day] = (values[day] ?? 0) + valueOf(sum);
    byModel.set(String(sum.of.model), values);
  }
  const all = [...byModel]
    .map(([name, values]) => ({ name, values }))
    .toSorted((a, b) => total(b) - total(a));
  const others = all.slice(mostSeries);
  const series = [...all.slice(0, mostSeries), ...(others.length > 0 ? [joined(others)] : [])];
  const svg = drawChart({
    days: Array.from({ length: chartDays }, (_, day) =>
      new Date((first + day) * dayMs).toISOString().slice(5, 10),
    ),
    series: series.map(({ name, values }) => ({ name, values, total: format(total({ name, values })) })),
    format,
  });
  const { default: sharp } = await import("sharp");
  const data = await sharp(Buffer.from(svg)).png({ palette: true }).toBuffer();
  return { name: "usage.png", mimeType: "image/png", data };
}

interface Series {
  readonly name: string;
  readonly values: readonly number[];
}

const total = ({ values }: Series): number => values.reduce((sum, value) => sum + value, 0);

function joined(others: readonly Series[]): Series {
  const values = Array.from({ length: chartDays }, (_, day) =>
    others.reduce((sum, { values }) => sum + (values[day] ?? 0), 0),
  );
  return { name: `+ ${others.length}`, values };
}
