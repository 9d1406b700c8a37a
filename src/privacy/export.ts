import type { OutgoingFile } from "../chat.ts";
import { type Binding, choiceOf } from "../conversation/conversation.ts";
import { newTurnId } from "../conversation/turn-id.ts";
import type { AssistantMessage, ImagePart, Message } from "../message.ts";
import type { Store } from "../store/store.ts";
import type { OwnFile, OwnTurn } from "./people.ts";

/** What a person gets of their data. */
export interface Exported {
  /** Each is made when it is taken: there may be more than memory holds. To be taken once. */
  readonly files: AsyncIterable<OutgoingFile>;
  readonly count: number;
  readonly questions: number;
  readonly facts: number;
  /** Pictures that no file has room for. */
  readonly leftOut: number;
}

/** What every chat takes, in bytes. */
const mostBytes = 8_000_000;
/** Few: each turn may hold pictures. */
const pageSize = 10;
const accountsEach = 1_000;
/** Parts of a file. */
const partsEach = 100;

/** Everything that is kept about a person up to now, as JSON: in one file where one holds it, else in several, the oldest first. */
export async function exportPerson(store: Store, person: string): Promise<Exported> {
  const asked = { person, until: newTurnId(), at: new Date() };
  const facts = await store.facts.history(person);
  // Read twice: how much there is, is said before the first of it is sent.
  const sum = { count: 0, questions: 0, leftOut: 0 };
  for await (const { turns, leftOut } of partsOf(store, asked)) {
    sum.count++;
    sum.questions += turns.length;
    sum.leftOut += leftOut;
  }
  const kept = facts.filter(({ state }) => state === "kept").length;
  return { ...sum, facts: kept, files: filesOf(store, asked, sum.count) };
}

/** Whose data, and up to when. */
interface Asked {
  readonly person: string;
  /** Sorts after the ids of all that was there. */
  readonly until: string;
  readonly at: Date;
}

async function* filesOf(store: Store, asked: Asked, count: number): AsyncGenerator<OutgoingFile> {
  let number = 0;
  for await (const part of partsOf(store, asked)) {
    number++;
    const name = count === 1 ? "my-data.json" : `my-data-${number}.json`;
    yield { name, mimeType: "application/json", data: Buffer.from(toJson(part)) };
  }
}

const lists = ["accounts", "choices", "summaries", "files", "turns"] as const;
type List = (typeof lists)[number];

/** What one outgoing file is made of: each entry as JSON already, and in no other file. */
interface Part extends Record<List, string[]> {
  /** The JSON that it begins with. */
  readonly head: string;
  readonly isFirst: boolean;
  size: number;
  leftOut: number;
}

const newPart = (head: object, isFirst: boolean): Part => {
  const text = JSON.stringify(head);
  const empty = { accounts: [], choices: [], summaries: [], files: [], turns: [] };
  return { head: text, isFirst, size: Buffer.byteLength(text), leftOut: 0, ...empty };
};

function toJson(part: Part): string {
  const held = lists.filter((list) => part.isFirst || list === "turns" || part[list].length > 0);
  const texts = held.map((list) => `"${list}":[\n${part[list].join(",\n")}\n]`);
  return `${part.head.slice(0, -1)},${texts.join(",")}}\n`;
}

async function* partsOf(store: Store, asked: Asked): AsyncGenerator<Part> {
  let part = newPart(await headOf(store, asked), true);
  for await (const { list, text, leftOut = 0 } of entriesOf(store, asked)) {
    const size = Buffer.byteLength(text) + 2;
    if (part.size + size > mostBytes && lists.some((each) => part[each].length > 0)) {
      yield part;
      part = newPart({ person: asked.person }, false);
    }
    part[list].push(text);
    part.size += size;
    part.leftOut += leftOut;
  }
  yield part;
}

/** What there is little of. */
async function headOf(store: Store, { person }: Asked): Promise<object> {
  return {
    person,
    facts: await store.facts.history(person),
    instructions: await store.instructions.list(person),
    memoryPaused: await store.facts.isPaused(person),
    links: await store.links.accounts(person),
    access: await store.people.grants(person),
    limits: await store.people.limits(person),
  };
}

interface Entry {
  readonly list: List;
  readonly text: string;
  readonly leftOut?: number;
}

async function* entriesOf(store: Store, { person, until, at }: Asked): AsyncGenerator<Entry> {
  const { people } = store;
  for (let offset = 0; ; offset += accountsEach) {
    const accounts = await people.accounts(person, { offset, limit: accountsEach });
    for (const account of accounts)
      if (account.at <= at) yield { list: "accounts", text: JSON.stringify(account) };
    if (accounts.length < accountsEach) break;
  }
  for (const choice of await choicesOf(store, person))
    yield { list: "choices", text: JSON.stringify(choice) };
  for await (const summary of summariesOf(store, person))
    yield { list: "summaries", text: JSON.stringify(summary) };
  for await (const turn of inPages(until, (options) => people.turns(person, options))) {
    const text = turnText(turn);
    yield Buffer.byteLength(text) <= mostBytes
      ? { list: "turns", text }
      : { list: "turns", text: turnText(turn, "left out: too large"), leftOut: picturesIn(turn) };
  }
  for await (const file of inPages(until, (options) => people.files(person, options)))
    for await (const text of fileTexts(store, file)) yield { list: "files", text };
}

/** All there are up to an id, without ever holding more than a page of them. */
async function* inPages<Item extends { readonly id: string }>(
  until: string,
  read: (options: { after: string; limit: number }) => Promise<readonly Item[]>,
): AsyncGenerator<Item> {
  let after = "";
  for (;;) {
    const page = await read({ after, limit: pageSize });
    yield* page.filter(({ id }) => id < until);
    after = page.at(-1)?.id ?? after;
    if (page.length < pageSize || after >= until) return;
  }
}

/** A file in pieces that fit, each from one of its parts on. */
async function* fileTexts(store: Store, { conversation, parts, ...file }: OwnFile): AsyncGenerator<string> {
  for (let from = 0; from < parts.length; from += partsEach) {
    const texts = await store.files.texts(conversation, file.id, { from, to: from + partsEach });
    const piece = texts.map((text, index) => Object.assign({ text }, parts[from + index]));
    yield JSON.stringify({ conversation, ...file, parts: piece });
  }
}

async function choicesOf(store: Store, person: string): Promise<readonly object[]> {
  const bindings = store.documents<Binding>("binding");
  const choices: object[] = [];
  for (const conversation of await store.people.conversations(person)) {
    const binding = (await bindings.get(conversation)) ?? {};
    const { file, chapter } = binding.bookmark ?? {};
    const choice = { ...choiceOf(binding), ...(file !== undefined && { reading: { file, chapter } }) };
    if (Object.keys(choice).length > 0) choices.push({ conversation, ...choice });
  }
  return choices;
}

/** Of the conversations that are theirs alone: those of others' words are not theirs to take along. */
async function* summariesOf(store: Store, person: string): AsyncGenerator<object> {
  for (const conversation of await store.people.conversations(person)) {
    const summary = await store.summaries.find(conversation);
    if (summary) yield { conversation, at: summary.at, text: summary.text };
  }
}

const turnText = (turn: OwnTurn, instead?: string): string =>
  JSON.stringify({ ...turn, messages: turn.messages.map((message) => withPictures(message, instead)) });

/** Pictures as Base64, or a word in their place; of reasoning, that there was some. */
function withPictures(message: Message, instead?: string): object {
  if (message.role === "assistant") return { ...message, parts: message.parts.map(withoutReasoning) };
  if (message.role === "tool") return message;
  const write = ({ data, ...part }: ImagePart): object => ({
    ...part,
    data: instead ?? Buffer.from(data).toString("base64"),
  });
  return { ...message, parts: message.parts.map((part) => (part.type === "image" ? write(part) : part)) };
}

/** What a model said to itself is about its instructions as much as about the person; its vendor alone gets it back. */
const withoutReasoning = (part: AssistantMessage["parts"][number]): object =>
  part.type === "thinking" ? { type: part.type } : part;

const picturesIn = ({ messages }: OwnTurn): number =>
  messages
    .flatMap((message) => (message.role === "user" ? message.parts : []))
    .filter(({ type }) => type === "image").length;
