import type { OutgoingFile } from "../chat.ts";
import { type Binding, choiceOf } from "../conversation/conversation.ts";
import type { AssistantMessage, ImagePart, Message } from "../message.ts";
import type { Store } from "../store/store.ts";
import type { OwnFile, OwnTurn } from "./people.ts";

/** What a person gets of their data. */
export interface Exported {
  readonly files: readonly OutgoingFile[];
  readonly questions: number;
  readonly facts: number;
  /** Pictures that no file has room for. */
  readonly leftOut: number;
}

/** What every chat takes, in bytes. */
const mostBytes = 8_000_000;
const pageSize = 100;

/** Everything that is kept about a person, as JSON: in one file where one holds it, else in several, the oldest first. */
export async function exportPerson(store: Store, person: string): Promise<Exported> {
  const { people } = store;
  const facts = await store.facts.history(person);
  const head = JSON.stringify({
    person,
    facts,
    instructions: await store.instructions.list(person),
    memoryPaused: await store.facts.isPaused(person),
    links: await store.links.accounts(person),
    choices: await choicesOf(store, person),
    summaries: await summariesOf(store, person),
    access: await people.grants(person),
    accounts: await people.accounts(person),
  });
  const parts = createParts();
  let questions = 0;
  let leftOut = 0;
  for await (const turn of inPages((options) => people.turns(person, options))) {
    questions++;
    let text = turnText(turn);
    if (Buffer.byteLength(text) > mostBytes) {
      leftOut += picturesIn(turn);
      text = turnText(turn, "left out: too large");
    }
    parts.add("turns", text);
  }
  for await (const file of inPages((options) => people.files(person, options)))
    for await (const text of fileTexts(store, file)) parts.add("files", text);
  const all = parts.toJson(head, JSON.stringify({ person }));
  const files = all.map((json, index) => ({
    name: all.length === 1 ? "my-data.json" : `my-data-${index + 1}.json`,
    mimeType: "application/json",
    data: Buffer.from(json),
  }));
  return { files, questions, facts: facts.filter(({ state }) => state === "kept").length, leftOut };
}

/** All there are, by id, without ever holding more than a page of them. */
async function* inPages<Item extends { readonly id: string }>(
  read: (options: { after: string; limit: number }) => Promise<readonly Item[]>,
): AsyncGenerator<Item> {
  let after = "";
  for (;;) {
    const page = await read({ after, limit: pageSize });
    yield* page;
    after = page.at(-1)?.id ?? after;
    if (page.length < pageSize) return;
  }
}

/** What several outgoing files are made of, each turn or piece of a file as JSON already, and in exactly one. */
function createParts() {
  const parts = [{ size: 0, turns: [] as string[], files: [] as string[] }];
  return {
    add(list: "turns" | "files", text: string) {
      const size = Buffer.byteLength(text);
      let last = parts.at(-1);
      if (!last || last.size + size > mostBytes) parts.push((last = { size: 0, turns: [], files: [] }));
      last[list].push(text);
      last.size += size;
    },
    /** The first begins with `head`, the others with `rest`. */
    toJson: (head: string, rest: string): readonly string[] =>
      parts.map(({ turns, files }, index) => {
        const begin = (index === 0 ? head : rest).slice(0, -1);
        const filesHere = files.length > 0 ? `,"files":[\n${files.join(",\n")}\n]` : "";
        return `${begin}${filesHere},"turns":[\n${turns.join(",\n")}\n]}\n`;
      }),
  };
}

/** A file in pieces that fit, each from one of its parts on. */
async function* fileTexts(store: Store, { conversation, parts, ...file }: OwnFile): AsyncGenerator<string> {
  for (let from = 0; from < parts.length; from += pageSize) {
    const texts = await store.files.texts(conversation, file.id, { from, to: from + pageSize });
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
async function summariesOf(store: Store, person: string): Promise<readonly object[]> {
  const summaries: object[] = [];
  for (const conversation of await store.people.conversations(person)) {
    const summary = await store.summaries.find(conversation);
    if (summary) summaries.push({ conversation, at: summary.at, text: summary.text });
  }
  return summaries;
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
