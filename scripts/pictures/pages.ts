import sharp from "sharp";
import { fontOf } from "./subtitles.ts";
import { escapeXml, svg } from "./svg.ts";

interface PageStyle {
  readonly language: string;
  readonly isDark?: boolean;
  /** Of the letters, in pixels. */
  readonly size?: number;
  readonly font?: number;
}

const coloursOf = (isDark: boolean): readonly [ground: string, ink: string] =>
  isDark ? ["#1e1f24", "#d7dae0"] : ["#fdfdfb", "#1d1d1f"];

/** Lines of text on a plain ground, as a PNG. */
export function drawPage(
  lines: readonly string[],
  { language, isDark = false, size = 22, font }: PageStyle,
): Promise<Buffer> {
  const [ground, ink] = coloursOf(isDark);
  const texts = lines.map((line, index) => {
    const isTitle = index === 0;
    return `<text x="${size * 2}" y="${size * (3 + index * 2)}" font-family="${fontOf(language, font)}" font-size="${isTitle ? size * 1.4 : size}" font-weight="${isTitle ? 700 : 400}" fill="${ink}">${escapeXml(line)}</text>`;
  });
  const [width, height] = [Math.round(size * 36), size * (4 + lines.length * 2)];
  const page = svg(`<rect width="100%" height="100%" fill="${ground}"/>${texts.join("")}`, { width, height });
  return sharp(page).png({ palette: true }).toBuffer();
}

/** The same as a photo taken askew: turned, soft, on a grey table. */
export async function drawTilted(
  lines: readonly string[],
  { degrees, ...style }: PageStyle & { degrees: number },
): Promise<Buffer> {
  return sharp(await drawPage(lines, style))
    .flatten()
    .toColourspace("srgb")
    .rotate(degrees, { background: "#8c8c8c" })
    .linear(0.8, 12)
    .blur(0.7)
    .jpeg({ quality: 80 })
    .toBuffer();
}

/** Two columns between rules, as on a label. */
export function drawTable(
  rows: readonly (readonly [string, string])[],
  { size, isDark = false }: { size: number; isDark?: boolean },
): Promise<Buffer> {
  const [ground, ink] = coloursOf(isDark);
  const [width, step] = [size * 26, size * 2.2];
  const height = Math.round(step * rows.length + 20);
  const style = `font-family="Noto Sans CJK KR" font-size="${size}" fill="${ink}"`;
  const drawn = rows.map(([what, amount], index) => {
    const y = 10 + step * (index + 1);
    const rule = index === 0 ? 4 : 1.5;
    return `<text x="${size}" y="${y - size * 0.7}" ${style} font-weight="${index === 0 ? 700 : 400}">${escapeXml(what)}</text><text x="${width - size}" y="${y - size * 0.7}" ${style} font-weight="700" text-anchor="end">${escapeXml(amount)}</text><path d="M10 ${y}H${width - 10}" stroke="${ink}" stroke-width="${rule}"/>`;
  });
  const frame = `<rect x="8" y="8" width="${width - 16}" height="${height - 16}" fill="none" stroke="${ink}" stroke-width="3"/>`;
  const page = svg(`<rect width="100%" height="100%" fill="${ground}"/>${frame}${drawn.join("")}`, {
    width,
    height,
  });
  return sharp(page).png({ palette: true }).toBuffer();
}
