/** A page of lines, or a JPEG that fills it. */
export type PdfPage =
  | readonly string[]
  | { readonly jpeg: Uint8Array; readonly width: number; readonly height: number };

export interface PdfOptions {
  readonly title?: string;
  /** Titles by their pages, from 0. */
  readonly outline?: readonly (readonly [title: string, page: number])[];
  /** Asks for a password that nobody knows. */
  readonly locked?: boolean;
}

/** A PDF made by hand: Latin lines in Helvetica, all others in a font that readers of Korean have. */
export function makePdf(pages: readonly PdfPage[], options: PdfOptions = {}): Buffer {
  const objects: Buffer[] = [];
  const reserve = (): number => objects.push(Buffer.alloc(0));
  const add = (...parts: readonly (string | Uint8Array)[]): number =>
    objects.push(Buffer.concat(parts.map((part) => Buffer.from(part as string, "latin1"))));
  const addStream = (dictionary: string, data: Uint8Array): number =>
    add(`<< ${dictionary} /Length ${data.length} >>\nstream\n`, data, "\nendstream");
  const [catalog, tree] = [reserve(), reserve()];
  const fonts = addFonts(add);
  const kids = pages.map((page) => {
    const isText = "map" in page;
    const [resources, content] = isText
      ? [fonts, linesOf(page)]
      : [
          `/XObject << /I ${addStream(`/Type /XObject /Subtype /Image /Width ${page.width} /Height ${page.height} /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode`, page.jpeg)} 0 R >>`,
          "q 595 0 0 842 0 0 cm /I Do Q",
        ];
    const contents = addStream("", Buffer.from(content, "latin1"));
    return add(
      `<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 595 842] /Contents ${contents} 0 R /Resources << ${resources} >> >>`,
    );
  });
  const outlines = addOutline(options.outline ?? [], { kids, add, next: () => objects.length + 1 });
  objects[catalog - 1] = Buffer.from(`<< /Type /Catalog /Pages ${tree} 0 R ${outlines} >>`);
  objects[tree - 1] = Buffer.from(
    `<< /Type /Pages /Count ${kids.length} /Kids [${kids.map((kid) => `${kid} 0 R`).join(" ")}] >>`,
  );
  const info = add(options.title === undefined ? "<< >>" : `<< /Title <feff${utf16(options.title)}> >>`);
  return writeFile(objects, { catalog, info, locked: options.locked === true });
}

type Add = (...parts: readonly (string | Uint8Array)[]) => number;

function addFonts(add: Add): string {
  const descendant = add(
    "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /HYSMyeongJo-Medium /CIDSystemInfo << /Registry (Adobe) /Ordering (Korea1) /Supplement 1 >> /DW 1000 /FontDescriptor << /Type /FontDescriptor /FontName /HYSMyeongJo-Medium /Flags 4 /FontBBox [0 -120 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >> >>",
  );
  const wide = add(
    `<< /Type /Font /Subtype /Type0 /BaseFont /HYSMyeongJo-Medium /Encoding /UniKS-UCS2-H /DescendantFonts [${descendant} 0 R] >>`,
  );
  const latin = add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  return `/Font << /W ${wide} 0 R /L ${latin} 0 R >>`;
}

function linesOf(lines: readonly string[]): string {
  const shown = lines.map((line) =>
    /^[ -~]*$/u.test(line)
      ? `/L 11 Tf (${line.replaceAll(/[()\\]/gu, String.raw`\$&`)}) Tj T*`
      : `/W 11 Tf <${utf16(line)}> Tj T*`,
  );
  return `BT 14 TL 50 780 Td ${shown.join("\n")} ET`;
}

function addOutline(
  entries: readonly (readonly [string, number])[],
  { kids, add, next }: { kids: readonly number[]; add: Add; next: () => number },
): string {
  if (entries.length === 0) return "";
  const root = next();
  add(`<< /Type /Outlines /First ${root + 1} 0 R /Last ${root + entries.length} 0 R >>`);
  for (const [index, [title, page]] of entries.entries()) {
    const following = index + 1 < entries.length ? `/Next ${root + index + 2} 0 R` : "";
    add(`<< /Title <feff${utf16(title)}> /Parent ${root} 0 R /Dest [${kids[page]} 0 R /Fit] ${following} >>`);
  }
  return `/Outlines ${root} 0 R`;
}

function writeFile(
  objects: readonly Buffer[],
  { catalog, info, locked }: { catalog: number; info: number; locked: boolean },
): Buffer {
  const parts = [Buffer.from("%PDF-1.5\n")];
  let at = parts[0]?.length ?? 0;
  const offsets = objects.map((object, index) => {
    const written = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), object, Buffer.from("\nendobj\n")]);
    const offset = at;
    parts.push(written);
    at += written.length;
    return `${String(offset).padStart(10, "0")} 00000 n \n`;
  });
  const key = "00".repeat(32);
  const lock = locked
    ? `/Encrypt << /Filter /Standard /V 1 /R 2 /O <${key}> /U <${key}> /P -4 >> /ID [<00> <00>]`
    : "";
  return Buffer.concat([
    ...parts,
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join("")}trailer << /Size ${objects.length + 1} /Root ${catalog} 0 R /Info ${info} 0 R ${lock} >>\nstartxref\n${at}\n%%EOF`,
    ),
  ]);
}

const utf16 = (text: string): string => Buffer.from(text, "utf16le").swap16().toString("hex");
