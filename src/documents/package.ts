import { Refusal, say } from "./said.ts";
import { checkSizes, type ZipEntry } from "./zip.ts";
import { readXml } from "./xml.ts";

/** The parts of an Office document or a book, which are a ZIP archive. */
export interface Package {
  has(path: string): boolean;
  names(): readonly string[];
  /** Empty for a part that is not there. */
  read(path: string): Buffer;
}

/** Throws Refusal for what is locked, or too large unpacked. */
export function openPackage(entries: readonly ZipEntry[]): Package {
  if (entries.some(({ isLocked }) => isLocked)) throw new Refusal(say("locked"));
  checkSizes(entries);
  const parts = new Map(entries.map((entry) => [entry.name, entry]));
  return {
    has: (path) => parts.has(path),
    names: () => [...parts.keys()],
    read: (path) => parts.get(path)?.read() ?? Buffer.alloc(0),
  };
}

/** What a part refers to, by the ids that it uses for them; paths as in the package. */
export function relationsOf(parts: Package, part: string): ReadonlyMap<string, string> {
  const folder = part.slice(0, part.lastIndexOf("/") + 1);
  const relations = new Map<string, string>();
  readXml(parts.read(`${folder}_rels/${part.slice(folder.length)}.rels`), {
    open(name, { Id: id, Target: target, TargetMode: mode }) {
      if (name === "Relationship" && id !== undefined && target !== undefined && mode !== "External")
        relations.set(id, resolvePath(folder, target));
    },
  });
  return relations;
}

/** A path as it is in the package, written relative to a folder of it; empty for what is no path. */
export function resolvePath(folder: string, path: string): string {
  try {
    return decodeURIComponent(new URL(path, `file:///${folder}`).pathname).slice(1);
  } catch {
    return "";
  }
}

/** What a document says of itself. */
export function corePropertiesOf(parts: Package): { readonly title?: string; readonly author?: string } {
  const found: Record<string, string> = {};
  let name = "";
  readXml(parts.read("docProps/core.xml"), {
    open: (opened) => (name = opened),
    text: (text) => (found[name] = (found[name] ?? "") + text),
    close: () => (name = ""),
  });
  const [title, author] = [found["title"]?.trim() ?? "", found["creator"]?.trim() ?? ""];
  return { ...(title !== "" && { title }), ...(author !== "" && { author }) };
}
