import type { Section } from "./document.ts";
import { readHtml } from "./html.ts";
import { type Package, resolvePath } from "./package.ts";
import type { Reading } from "./reading.ts";
import { Refusal, say } from "./said.ts";
import { readXml } from "./xml.ts";

const mostFiles = 3000;

/** What a book says of itself, and its files in the order in which they are read. */
interface Spine {
  readonly title: string;
  readonly author: string;
  readonly files: readonly string[];
  /** The files that may be its table of contents. */
  readonly contents: readonly string[];
}

/** A book's chapters in their order, named as its own table of contents names them. */
export function readEpub(parts: Package): Reading {
  // Fonts may be disguised without harm; books that are bought may be all of them.
  if (/<[^>]*CipherReference[^>]*\.x?html/iu.test(parts.read("META-INF/encryption.xml").toString()))
    throw new Refusal(say("copyProtected"));
  const { title, author, files, contents } = readSpine(parts);
  const titles = readContents(parts, contents);
  const sections: Section[] = [];
  for (const file of files.slice(0, mostFiles)) addFile(sections, parts, { file, titles });
  return {
    kind: "EPUB",
    ...(title !== "" && { title }),
    ...(author !== "" && { author }),
    unit: "chapter",
    sections,
    notes: files.length > mostFiles ? [say("partsLeftOut", mostFiles, files.length)] : [],
  };
}

/** A file that the table of contents does not name belongs to the chapter before it. */
function addFile(
  sections: Section[],
  parts: Package,
  { file, titles }: { readonly file: string; readonly titles: ReadonlyMap<string, string> },
): void {
  const { markdown } = readHtml(parts.read(file).toString());
  if (markdown === "") return;
  const last = sections.at(-1);
  const heading = /^#{1,3} (.+)\n*/u.exec(markdown);
  const title = titles.get(file) ?? (titles.size === 0 ? heading?.[1] : undefined);
  if (title === undefined && last && titles.size > 0) {
    sections[sections.length - 1] = { ...last, text: `${last.text}\n\n${markdown}` };
    return;
  }
  const text = heading && heading[1] === title ? markdown.slice(heading[0].length) : markdown;
  sections.push({ label: `ch. ${sections.length + 1}`, ...(title !== undefined && { title }), text });
}

function readSpine(parts: Package): Spine {
  let path = "";
  readXml(parts.read("META-INF/container.xml"), {
    open: (_, { "full-path": full }) => (path ||= full ?? ""),
  });
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const manifest = new Map<string, string>();
  const [files, contents]: [string[], string[]] = [[], []];
  const found: Record<string, string> = {};
  let name = "";
  readXml(parts.read(path), {
    open(opened, { id = "", href, properties = "", "media-type": type, idref = "" }) {
      name = opened;
      if (name === "item" && href !== undefined) {
        manifest.set(id, resolvePath(folder, href));
        if (properties.split(" ").includes("nav") || type === "application/x-dtbncx+xml")
          contents.push(resolvePath(folder, href));
      }
      const file = name === "itemref" ? manifest.get(idref) : undefined;
      if (file !== undefined) files.push(file);
    },
    text: (text) => (found[name] ??= text.trim()),
    close: () => (name = ""),
  });
  return { title: found["title"] ?? "", author: found["creator"] ?? "", files, contents };
}

/** The first title that is given to each file: by links (EPUB 3) or by points (EPUB 2). */
function readContents(parts: Package, contents: readonly string[]): ReadonlyMap<string, string> {
  const titles = new Map<string, string>();
  for (const path of contents) {
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
    let [label, target] = ["", ""];
    const keep = (): void => {
      const file = target === "" ? "" : resolvePath(folder, target.replace(/#.*$/u, ""));
      const title = label.replaceAll(/\s+/gu, " ").trim();
      if (file !== "" && title !== "" && !titles.has(file)) titles.set(file, title);
      [label, target] = ["", ""];
    };
    readXml(parts.read(path), {
      open(name, { href, src }) {
        if (name === "a") [label, target] = ["", href ?? ""];
        else if (name === "navLabel") label = "";
        else if (name === "content") {
          target = src ?? "";
          keep();
        }
      },
      text: (text) => (label += text),
      close: (name) => {
        if (name === "a") keep();
      },
    });
    if (titles.size > 0) break;
  }
  return titles;
}
