import { runAction } from "../actions.ts";
import type { Attachment } from "../chat.ts";
import type { SentDocument } from "../conversation/read-question.ts";
import { UserError } from "../errors.ts";
import { type Bookmark, type Reading, type ReadingStep, readingIn, shareRead } from "../files/bookmark.ts";
import { type Chapter, chaptersOf, ownLabel } from "../files/chapters.ts";
import type { StoredFile } from "../files/files.ts";
import { findParts, partName } from "../files/show.ts";
import { baseOf } from "../platform/inbound.ts";
import type { AskReading, Command, CommandAnswer, CommandContext } from "./command.ts";
import { splitOnce } from "./memory.ts";
import { findNumbered } from "./numbered.ts";

type Said = string | CommandAnswer | AskReading;
type Verb = (context: CommandContext, reading: Reading, rest: string) => Promise<Said>;

const verbs: ReadonlyMap<string, Verb> = new Map<string, Verb>([
  ["", async (context, reading) => where(context, reading)],
  ["where", async (context, reading) => where(context, reading)],
  ["next", next],
  ["chapter", (context, reading, which) => goTo(context, reading, chapterNumber(reading, which))],
  ["page", (context, reading, which) => goTo(context, reading, chapterWith(reading, which))],
  ["all", open],
  ["stop", stop],
]);

/** Shorter texts say what to do. */
const leastPasted = 300;

export const readCommand: Command = {
  name: "read",
  group: "conversation",
  usage: (words) => words.reading.read.usage,
  summary: (words) => words.reading.read.summary,
  example: "/read chapter 3",
  isRepeatable: true,
  asks: true,
  takesFiles: true,
  async run(context) {
    const { argument, core, conversation, words } = context;
    const [verb, rest] = splitOnce(argument);
    if (/^https?:\/\//iu.test(verb)) return ask(context, words.reading.askBeginning, { address: verb });
    const brought = broughtWith(context);
    if (brought) return brought;
    const files = conversation.standing(await core.store.files.list(conversation.key));
    if (/^#?\d+$/u.test(verb))
      return begin(
        context,
        findNumbered(files, verb, (words) => words.reading.noFile(verb)),
      );
    const reading = await readingIn(core.store, conversation);
    const [newest] = files.slice(-1);
    if (!reading && verb === "" && newest) return begin(context, newest);
    const run = verbs.get(verb.toLowerCase());
    if (!run || (!reading && verb === "")) return words.reading.readHow;
    if (!reading) throw new UserError((words) => words.reading.notReading);
    return run(context, reading, rest);
  },
};

/** What came with the command, is written behind it or in what it replies to, begins to be read. */
function broughtWith({ inbound, argument, words }: CommandContext): AskReading | undefined {
  const { quoted, attachments: own = [] } = inbound;
  const attachments = [...(quoted?.attachments ?? []), ...own];
  const text = [argument, argument === "" ? (quoted?.text ?? "") : ""].find(
    ({ length }) => length >= leastPasted,
  );
  if (attachments.length === 0 && text === undefined) return undefined;
  const document =
    text !== undefined && attachments.length === 0 ? pasted(text, words.reading.pasted) : undefined;
  const asked = ask({ inbound, words }, words.reading.askBeginning, document ? { document } : {});
  return { ...asked, message: { ...asked.message, attachments } };
}

const pasted = (text: string, name: string): SentDocument => ({
  name,
  document: { kind: "text", unit: "part", sections: [{ label: "", text }] },
});

function ask(
  { inbound }: Pick<CommandContext, "inbound" | "words">,
  text: string,
  reading: ReadingStep,
): AskReading {
  const { messageId } = inbound;
  const attachments: readonly Attachment[] = [];
  const message = { ...baseOf(inbound), type: "message", text, isComposed: true, attachments } as const;
  return { message: messageId === undefined ? message : { ...message, messageId }, reading };
}

/** What was said of a file before may tell its end: while it is read, that is not seen. */
async function begin(context: CommandContext, file: StoredFile): Promise<AskReading> {
  return move(context, file, { bookmark: { file: file.id, chapter: 0 }, hides: true });
}

async function move(
  context: CommandContext,
  file: StoredFile,
  { bookmark, hides }: { readonly bookmark: Bookmark; readonly hides: boolean },
): Promise<AskReading> {
  const { core, conversation, words } = context;
  const [last] = hides ? await core.store.turns.list(conversation.key, { limit: 1 }) : [];
  const name = ownLabel(chaptersOf(file), bookmark.chapter);
  const text = name === "" ? words.reading.askBeginning : words.reading.askChapter(name);
  return ask(context, text, last ? { to: { ...bookmark, since: last.id }, hides } : { to: bookmark });
}

async function next(context: CommandContext, { bookmark, file, chapters }: Reading): Promise<Said> {
  const chapter = bookmark.chapter + 1;
  if (chapter >= chapters.length) return context.words.reading.lastChapter(titleOf(file));
  return move(context, file, { bookmark: { ...placeOf(bookmark), chapter }, hides: false });
}

/** Whoever goes back has read on by then: what was said since tells of it. */
async function goTo(context: CommandContext, { bookmark, file }: Reading, chapter: number): Promise<Said> {
  const { isOpen, ...place } = placeOf(bookmark);
  const hides = isOpen === true || chapter < bookmark.chapter;
  return move(context, file, { bookmark: { ...place, chapter }, hides });
}

const placeOf = ({ file, chapter, isOpen, since }: Bookmark): Bookmark => ({
  file,
  chapter,
  ...(isOpen && { isOpen }),
  ...(since !== undefined && { since }),
});

function chapterNumber({ chapters }: Reading, which: string): number {
  const number = /^\d+$/u.test(which) ? Number(which) : 0;
  if (number < 1 || number > chapters.length)
    throw new UserError((words) => words.reading.noChapter(which, chapters.length));
  return number - 1;
}

function chapterWith({ file, chapters }: Reading, which: string): number {
  const { from } = findParts(file, which) ?? { from: -1 };
  const chapter = chapters.findIndex((each) => each.from <= from && from < each.to);
  if (chapter < 0) throw new UserError((words) => words.reading.noChapter(which, chapters.length));
  return chapter;
}

function where({ words }: CommandContext, reading: Reading): CommandAnswer {
  const { bookmark, file, chapters } = reading;
  const { bounded, open, where: tell, next } = words.reading;
  const [chapter] = chapters.slice(bookmark.chapter);
  const percent = Math.round(shareRead(reading) * 100);
  const label = chapter ? nameOf(file, chapter) : "";
  const at = { label, chapter: bookmark.chapter + 1, chapters: chapters.length, percent };
  const hasNext = bookmark.chapter + 1 < chapters.length;
  return {
    text: `${tell(titleOf(file), at)} ${bookmark.isOpen ? open : bounded}`,
    actions: hasNext ? [runAction(next, "read", "next")] : [],
  };
}

/** Pages are told beside what stands there; a chapter's own name says which it is. */
const nameOf = ({ unit }: Reading["file"], chapter: Chapter): string =>
  (unit === "chapter" && chapter.title) || partName(chapter);

async function open(context: CommandContext, reading: Reading): Promise<Said> {
  const bookmark = { ...reading.bookmark, isOpen: true };
  await context.conversation.bind({ bookmark });
  return where(context, { ...reading, bookmark });
}

async function stop({ conversation, words }: CommandContext, { file }: Reading): Promise<string> {
  await conversation.bind({ bookmark: undefined });
  return words.reading.readingStopped(titleOf(file));
}

const titleOf = ({ title, name }: StoredFile): string => title ?? name;
