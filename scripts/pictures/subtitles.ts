import sharp from "sharp";
import { escapeXml, svg } from "./svg.ts";

/**
 * How subtitles are set: bold with an outline, in white or yellow; thin with a shadow around, or with one that falls to a
 * side alone; on a dark box or a light one; in columns from the right.
 */
export type Style = "outline" | "yellow" | "shadow" | "dropped" | "box" | "paper" | "vertical";

/** Lines of one language, below those before them. */
export interface Block {
  readonly lines: readonly string[];
  /** Tesseract's name. */
  readonly language: string;
  /** Which of the language's fonts: 0, the usual one, where it is left out. */
  readonly font?: number;
}

const fonts: Readonly<Record<string, readonly [string, ...string[]]>> = {
  kor: ["Noto Sans CJK KR", "NanumGothic", "NanumMyeongjo", "NanumSquareRound"],
  jpn: ["Noto Sans CJK JP", "IPAGothic", "Noto Serif CJK JP"],
  chi_sim: ["Noto Sans CJK SC", "WenQuanYi Zen Hei", "Noto Serif CJK SC"],
  chi_tra: ["Noto Sans CJK TC", "Noto Serif CJK TC", "WenQuanYi Zen Hei"],
  eng: ["DejaVu Sans", "Liberation Sans", "DejaVu Serif", "Liberation Sans Narrow"],
};

export function fontOf(language: string, number = 0): string {
  const all = fonts[language] ?? ["Noto Sans CJK KR"];
  return all[number % all.length] ?? all[0];
}

/** Draws blocks over a frame of 16 by 9, as a JPEG; sizes are those of a frame of 720 lines, scaled. */
export async function drawSubtitles(
  frame: Buffer,
  blocks: readonly Block[],
  { style, height }: { style: Style; height: number },
): Promise<Buffer> {
  const content = style === "vertical" ? columns(blocks) : rows(blocks, style);
  const overlay = svg(`<g transform="scale(${height / 720})">${content}</g>`, {
    width: Math.round((height * 16) / 9),
    height,
  });
  return sharp(frame)
    .composite([{ input: overlay }])
    .jpeg({ quality: 82 })
    .toBuffer();
}

function rows(blocks: readonly Block[], style: Style): string {
  const lines = blocks.flatMap(({ lines, language, font }) =>
    lines.map((text) => ({ text, language, family: fontOf(language, font) })),
  );
  return lines
    .map(({ text, language, family }, index) => {
      const size = language === "eng" ? 40 : 44;
      const y = 720 - 50 - (lines.length - 1 - index) * 60;
      const weight = style === "shadow" || style === "dropped" ? 400 : 700;
      const at = `y="${y}" font-family="${family}" font-size="${size}" font-weight="${weight}" text-anchor="middle"`;
      const write = (x: number, dy: number, paint: string): string =>
        `<text x="${x}" ${at} dy="${dy}" ${paint}>${escapeXml(text)}</text>`;
      switch (style) {
        case "shadow":
          return (
            write(642, 2.5, `fill="#000" opacity="0.9" stroke="#000" stroke-width="3"`) +
            write(640, 0, `fill="#f4f4f4"`)
          );
        case "dropped":
          return write(642.5, 2.5, `fill="#000" opacity="0.85"`) + write(640, 0, `fill="#f6f6f6"`);
        case "box":
        case "paper": {
          const width = text.length * size * (language === "eng" ? 0.62 : 0.95) + 30;
          const [ground, ink] = style === "box" ? ["#000", "#fff"] : ["#fff", "#111"];
          const opacity = style === "box" ? 0.62 : 0.92;
          return `<rect x="${640 - width / 2}" y="${y - 45}" width="${width}" height="60" fill="${ground}" opacity="${opacity}"/>${write(640, 0, `fill="${ink}"`)}`;
        }
        default:
          return (
            write(640, 0, `fill="#000" stroke="#000" stroke-width="7" stroke-linejoin="round"`) +
            write(640, 0, `fill="${style === "yellow" ? "#ffe82e" : "#fff"}"`)
          );
      }
    })
    .join("");
}

/** From the right, each sign below the one before. */
function columns(blocks: readonly Block[]): string {
  const size = 44;
  return blocks
    .flatMap(({ lines, language, font }) =>
      lines.map((line, column) =>
        Array.from(line, (sign, index) => {
          // A full stop stands in the upper right of its square.
          const shift = /[。、]/u.test(sign) ? size * 0.6 : 0;
          const x = 1180 - column * 66 + shift;
          const y = 90 + index * size * 1.06 - shift;
          const at = `x="${x}" y="${y}" font-family="${fontOf(language, font)}" font-size="${size}" font-weight="700" text-anchor="middle"`;
          return `<text ${at} fill="#000" stroke="#000" stroke-width="7" stroke-linejoin="round">${sign}</text><text ${at} fill="#fff">${sign}</text>`;
        }).join(""),
      ),
    )
    .join("");
}
