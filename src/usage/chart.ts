import { drawText, textWidth } from "./letters.ts";

/** What is drawn: for each series a value for each day, all of the same days. */
export interface ChartInput {
  /** Such as `11-26`, oldest first. */
  readonly days: readonly string[];
  /** The largest first, as they are stacked from the ground up. */
  readonly series: readonly {
    readonly name: string;
    /** What stands beside its name. */
    readonly total: string;
    readonly values: readonly number[];
  }[];
  /** A value as the axis tells it. */
  readonly format: (value: number) => string;
}

/** Twice what a phone's screen is wide, so that a line of text there is as large as the chat's own. */
const width = 1080;
const margin = 40;
const plotHeight = 460;
const textSize = 32;
const lineHeight = 50;

/** Its own ground, so that it reads the same in light and dark; colors that colour-blind people tell apart. */
const ground = "#fbfbfc";
const ink = "#24292f";
const faint = "#d5dae0";
const colors = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9"];
const othersColor = "#8a929c";

/** How many series have a color of their own. */
export const mostSeries: number = colors.length;

/** A column a day, stacked by series, with its legend: an SVG that needs no font. */
export function drawChart({ days, series, format }: ChartInput): string {
  const sums = days.map((_, day) => series.reduce((sum, { values }) => sum + (values[day] ?? 0), 0));
  const ticks = ticksUpTo(Math.max(...sums));
  const top = ticks.at(-1) ?? 1;
  const left = margin + Math.max(...ticks.map((tick) => textWidth(format(tick), textSize))) + 16;
  const ground0 = margin + plotHeight;
  const step = (width - margin - left) / days.length;
  const heightOf = (value: number): number => (value / top) * (plotHeight - textSize);
  const legendTop = ground0 + 2 * lineHeight;
  const height = legendTop + series.length * lineHeight + margin / 2;
  const shapes = [
    ...ticks.map((tick) => gridLine(format(tick), { left, y: ground0 - heightOf(tick) })),
    ...days.map((_, day) =>
      column(
        series.map(({ values }) => heightOf(values[day] ?? 0)),
        { x: left + day * step, width: step * 0.76, y: ground0 },
      ),
    ),
    ...dayLabels(days, { left, step, y: ground0 + lineHeight - 8 }),
    ...series.map(({ name, total }, index) =>
      legendLine({ name, total, index, y: legendTop + index * lineHeight }),
    ),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="${ground}"/>${shapes.join("")}</svg>`;
}

const colorOf = (index: number): string => colors[index] ?? othersColor;

function gridLine(label: string, { left, y }: { left: number; y: number }): string {
  const line = `<line x1="${left}" x2="${width - margin}" y1="${y}" y2="${y}" stroke="${faint}" stroke-width="2"/>`;
  return (
    line + drawText(label, { x: left - 16, y: y + textSize / 3, size: textSize, color: ink, align: "right" })
  );
}

/** A hair of the ground stands between the parts. */
function column(heights: readonly number[], place: { x: number; width: number; y: number }): string {
  let y = place.y;
  return heights
    .map((height, index) => {
      if (height === 0) return "";
      y -= height;
      const shown = Math.max(2, height - 1.5);
      return `<rect x="${place.x.toFixed(1)}" y="${y.toFixed(1)}" width="${place.width.toFixed(1)}" height="${shown.toFixed(1)}" fill="${colorOf(index)}"/>`;
    })
    .join("");
}

/** Every seventh, counted from today. */
function dayLabels(
  days: readonly string[],
  { left, step, y }: { left: number; step: number; y: number },
): readonly string[] {
  return days.map((label, index) => {
    if ((days.length - 1 - index) % 7 !== 0) return "";
    const x = left + (index + 0.4) * step;
    return drawText(label, { x, y, size: textSize, color: ink, align: "middle" });
  });
}

function legendLine({
  name,
  total,
  index,
  y,
}: {
  name: string;
  total: string;
  index: number;
  y: number;
}): string {
  const swatch = `<rect x="${margin}" y="${y - 26}" width="28" height="28" rx="4" fill="${colorOf(index)}"/>`;
  const text = { y, size: textSize, color: ink };
  const room = width - 3 * margin - 44 - textWidth(total, textSize);
  return (
    swatch +
    drawText(cutTo(name, room), { ...text, x: margin + 44 }) +
    drawText(total, { ...text, x: width - margin, align: "right" })
  );
}

function cutTo(text: string, room: number): string {
  let shown = text;
  while (textWidth(shown, textSize) > room) shown = `${shown.replace(/…$/u, "").slice(0, -1)}…`;
  return shown;
}

/** Round numbers from zero to at least `most`, four or five of them. */
function ticksUpTo(most: number): readonly number[] {
  const rough = (most > 0 ? most : 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10);
  return Array.from({ length: Math.ceil((most > 0 ? most : 1) / step) + 1 }, (_, index) => index * step);
}
