import type { Conversation } from "../conversation/conversation.ts";
import type { SentDocument } from "../conversation/read-question.ts";
import type { Core } from "../core.ts";
import { type Chapter, chaptersOf } from "./chapters.ts";
import type { FileEntry, StoredFile } from "./files.ts";

/** How far a file has been read together in a conversation. */
export interface Bookmark {
  /** The file, by its id. */
  readonly file: string;
  /** The chapter that is being read, by its index. */
  readonly chapter: number;
  /** What comes after it may be told, too. */
  readonly isOpen?: boolean;
  /** What was said up to this turn is not seen: it may tell what comes after. */
  readonly since?: string;
  /** The turn that moved it here, by its id: it counts as long as that is stored. */
  readonly turn?: string;
  /** Where it was before that. */
  readonly previous?: Bookmark;
}

/** What a question that moves the bookmark is about. */
export interface ReadingStep {
  /** Where to; the beginning of what comes with the question when left out. */
  readonly to?: Bookmark;
  /** What was said before is not seen from now on, which the person is told. */
  readonly hides?: boolean;
  /** What is read, where it is no attachment. */
  readonly document?: SentDocument;
  /** The page of the web that is read: fetched once whoever asks has been let in. */
  readonly address?: string;
}

/** A bookmark with what it stands in. */
export interface Reading {
  readonly bookmark: Bookmark;
  readonly file: StoredFile;
  readonly chapters: readonly Chapter[];
}

/** So many moves can be taken back. */
const mostPrevious = 20;

/** The bookmark of a conversation, where there is one whose file is still there. A move whose turn was taken back never was. */
export async function readingIn(
  store: Core["store"],
  conversation: Pick<Conversation, "key" | "binding" | "standing">,
): Promise<Reading | undefined> {
  const bookmark = await lastKept(store, conversation, conversation.binding.bookmark);
  if (!bookmark) return undefined;
  const files = conversation.standing(await store.files.list(conversation.key));
  const file = files.find(({ id }) => id === bookmark.file);
  return file && { bookmark, file, chapters: chaptersOf(file) };
}

async function lastKept(
  { turns }: Core["store"],
  { key, standing }: Pick<Conversation, "key" | "standing">,
  bookmark: Bookmark | undefined,
): Promise<Bookmark | undefined> {
  let last = bookmark;
  while (last?.turn !== undefined) {
    const isThere = standing([{ turn: last.turn }]).length > 0;
    if (isThere && (await turns.find(key, { id: last.turn }))) return last;
    last = last.previous;
  }
  return last;
}

/** A bookmark as it is stored with the turn that moves it. */
export function movedBy(turn: string, to: Bookmark, from: Bookmark | undefined): Bookmark {
  return { ...to, turn, ...(from && { previous: within(from, mostPrevious) }) };
}

function within({ previous, ...bookmark }: Bookmark, most: number): Bookmark {
  return previous && most > 1 ? { ...bookmark, previous: within(previous, most - 1) } : bookmark;
}

/** Only the parts of its file before this one may be used; all where nothing is said. */
export function boundOf({ isOpen, chapter }: Bookmark, file: FileEntry): number | undefined {
  return isOpen ? undefined : chaptersOf(file)[chapter]?.to;
}

/** How much of it has been read, 0 to 1. */
export function shareRead({ bookmark: { chapter }, chapters }: Reading): number {
  const sum = (some: readonly Chapter[]): number => some.reduce((total, { tokens }) => total + tokens, 0);
  return sum(chapters.slice(0, chapter + 1)) / Math.max(1, sum(chapters));
}
