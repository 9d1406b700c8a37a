import type { OutgoingFile } from "../chat.ts";
import { type Binding, choiceOf } from "../conversation/conversation.ts";
import type { AssistantMessage, ImagePart, Message } from "../message.ts";
import type { Store } from "../store/store.ts";
import type { OwnTurn } from "./people.ts";

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
  const parts = [createPart()];
  let questions = 0;
  let leftOut = 0;
  let after = "";
  for (;;) {
    const turns = await people.turns(person, { after, limit: pageSize });
    for (const turn of turns) {
      let text = turnText(turn);
      if (Buffer.byteLength(text) > mostBytes) {
        leftOut += picturesIn(turn);
        text = turnText(turn, "left out: too large");
      }
      const last = parts.at(-1);
      if (last && last.size + Buffer.byteLength(text) <= mostBytes) last.add(text);
      else parts.push(createPart(text));
    }
    questions += turns.length;
    after = turns.at(-1)?.id ?? after;
    if (turns.length < pageSize) break;
  }
  const files = parts.map((part, index) => ({
    name: parts.length === 1 ? "my-data.json" : `my-data-${index + 1}.json`,
    mimeType: "application/json",
    data: Buffer.from(part.toJson(index === 0 ? head : JSON.stringify({ person }))),
  }));
  return { files, questions, facts: facts.filter(({ state }) => state === "kept").length, leftOut };
}

/** The turns of one file, each as JSON already. */
function createPart(first?: string) {
  const turns = first === undefined ? [] : [first];
  let size = Buffer.byteLength(first ?? "");
  return {
    get size() {
      return size;
    },
    add(text: string) {
      turns.push(text);
      size += Buffer.byteLength(text);
    },
    toJson: (head: string): string => `${head.slice(0, -1)},"turns":[\n${turns.join(",\n")}\n]}\n`,
  };
}

async function choicesOf(store: Store, person: string): Promise<readonly object[]> {
  const bindings = store.documents<Binding>("binding");
  const choices: object[] = [];
  for (const conversation of await store.people.conversations(person)) {
    const choice = choiceOf((await bindings.get(conversation)) ?? {});
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
