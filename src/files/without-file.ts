import { editsOfMaterial, markMaterial } from "../conversation/marks.ts";
import type { CitedSource, Passage } from "../message.ts";
import { edited } from "../sources/edit.ts";
import type { StoredMessage } from "../store/pictures.ts";
import type { FileEntry } from "./files.ts";
import { isTitleOf } from "./show.ts";

type Gone = Pick<FileEntry, "id" | "number">;

/** A stored message without what it holds of a file: words say that it was there. What an answer says of it stays. */
export function withoutFile(message: StoredMessage, file: Gone): StoredMessage {
  if (message.role === "tool")
    return { ...message, parts: message.parts.map((part) => withoutText(part, file)) };
  if (message.role === "user")
    return {
      ...message,
      parts: message.parts.map((part) => (part.type === "text" ? withoutText(part, file) : part)),
    };
  return {
    ...message,
    parts: message.parts.map((part) =>
      part.type === "text" && part.cited ? { ...part, cited: uncited(part.cited, file) } : part,
    ),
  };
}

const uncited = (cited: readonly CitedSource[], { id }: Gone): readonly CitedSource[] =>
  cited.map((source) => (source.file === id ? { ...source, passages: [] } : source));

const note = "(no longer here)";

/** What stands under the file's titles, and what else of it can be cited. */
function withoutText<Part extends { readonly text: string; readonly passages?: readonly Passage[] }>(
  part: Part,
  { id, number }: Gone,
): Part {
  const blocks = editsOfMaterial(
    part.text,
    (title) => isTitleOf(number, title),
    (title) => markMaterial(`${title}, dropped`, note),
  );
  const passages = (part.passages ?? []).filter(
    ({ source, from }) => source.file === id && !blocks.some((block) => block.from < from && from < block.to),
  );
  return edited(part, [...blocks, ...passages.map(({ from, to }) => ({ from, to, by: note }))]);
}
