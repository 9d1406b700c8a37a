/** Enough to tell an encoding by, and quickly looked at. */
const sampleBytes = 64 * 1024;
/** How Japanese mail in seven bits begins its letters, which UTF-8 could be too but for what it says. */
const iso2022 = "\u001b$";

/** Text in whatever encoding it was written, without its byte order mark; undefined for what is none. */
export async function decodeText(bytes: Uint8Array): Promise<string | undefined> {
  const wide = wideEncoding(bytes);
  if (wide) return decode(bytes, wide);
  if (bytes.includes(0)) return undefined;
  const text = decode(bytes, "utf-8");
  if (text !== undefined) return text.includes(iso2022) ? (decode(bytes, "iso-2022-jp") ?? text) : text;
  const sample = bytes.subarray(0, sampleBytes);
  if (sample.some(isControl)) return undefined;
  const { analyse } = await import("chardet");
  for (const { name } of analyse(sample)) {
    const guess = decode(bytes, name);
    if (guess !== undefined) return guess;
  }
  return undefined;
}

/** Lines, tabs, pages and the escapes of terminals and mail are text; no encoding has others. */
const isControl = (byte: number): boolean => byte < 9 || (byte > 13 && byte < 32 && byte !== 27);

/** UTF-16 by its mark; without one, by the zeros that Latin letters and line ends have in every second byte. */
function wideEncoding(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  if (bytes.length % 2 === 1) return undefined;
  const sample = bytes.subarray(0, 4096);
  const zeros = [0, 0];
  for (const [at, byte] of sample.entries()) if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (even === 0 && odd > sample.length / 20) return "utf-16le";
  if (odd === 0 && even > sample.length / 20) return "utf-16be";
  return undefined;
}

/** Undefined where it is not in that encoding, or Node knows none of that name. */
function decode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
