import { until } from "./until.ts";
import type { ChatEmulator, Said } from "./chat-emulator.ts";
import { tinyPng } from "./folder.ts";
import type { Secret, Sighting } from "./leaks.ts";
import { type ModelServer, startModelServer } from "./model-server.ts";

/** A person in one of the places of a platform. */
export interface Seat {
  readonly chat: ChatEmulator;
  readonly place: "dm" | "channel" | "thread";
  readonly as: string;
  /** The same for all who can read along. */
  readonly room: string;
  /** The name of the person, who is another on each platform. */
  readonly person: string;
}

const people = ["Kim", "Mina"];

/** Each person in each place of these platforms. */
export function seatsIn(chats: readonly ChatEmulator[]): readonly Seat[] {
  return chats.flatMap((chat) =>
    people.flatMap((as) =>
      (["dm", "channel", "thread"] as const).map((place) => ({
        chat,
        place,
        as,
        room: `${chat.platform} ${place}${place === "dm" ? ` ${as}` : ""}`,
        person: `${chat.platform} ${as}`,
      })),
    ),
  );
}

/** People who say and ask things of a bot, with a word for each thing that nobody else uses, and a model that tells all it was sent. */
export interface LeakStage {
  readonly server: ModelServer;
  readonly secrets: Secret[];
  /** What the bot said when it was asked for what it remembers. */
  readonly shown: Sighting[];
  /** A person asks, and is answered. */
  readonly ask: (seat: Seat, question?: Partial<Pick<Said, "text" | "files">>) => Promise<string>;
  /** A person tells a secret in words, in a file and in a picture. */
  readonly tell: (seat: Seat) => Promise<void>;
  /** A person sends a picture with these words in it to a persona that has its text read. */
  readonly show: (seat: Seat, picture: Uint8Array, words: string) => Promise<void>;
  /** A person asks the model to remember something. */
  readonly remember: (seat: Seat) => Promise<void>;
  /** A person makes the bot remember something by command. */
  readonly note: (seat: Seat) => Promise<void>;
  /** A person shares a fact from their direct message; another they share and keep to themselves again. */
  readonly share: (seat: Seat) => Promise<void>;
  /** A person looks at what the bot remembers. */
  readonly list: (seat: Seat) => Promise<void>;
  /** Every request so far, with its place and person. */
  readonly requests: () => readonly Sighting[];
}

export async function openLeakStage(): Promise<LeakStage> {
  const server = await startModelServer();
  const secrets: Secret[] = [];
  const shown: Sighting[] = [];
  const asked = new Map<string, Sighting>();
  let count = 0;
  const word = (kind: string): string => `${kind}${String(++count).padStart(4, "0")}z`;
  const keep = (secret: Omit<Secret, "word">): string => {
    const made = word("zx");
    secrets.push({ word: made, ...secret });
    return made;
  };

  server.onMessage(/ask\d{4}z/u, ({ messages }) => {
    const question = messages.findLast(({ role }) => role === "user");
    const text = JSON.stringify(question?.content);
    const wanted = /remember that I like (?<word>zx\d{4}z)/u.exec(text)?.groups?.["word"];
    if (wanted !== undefined && messages.at(-1)?.role !== "tool")
      return { toolCalls: [{ name: "remember", arguments: JSON.stringify({ fact: `Likes ${wanted}.` }) }] };
    return { content: `Answer ${lastAsk(text).replace("ask", "ans")} for you.` };
  });

  /** The message that answers. */
  async function ask(seat: Seat, { text = "", files = [] }: Partial<Said> = {}): Promise<string> {
    const { chat, place, as, room, person } = seat;
    const tag = word("ask");
    // Nothing of a person's memory is for a persona that has none.
    asked.set(tag, { place: room, ...(!text.startsWith("plain:") && { person }), text: "" });
    const answer = tag.replace("ask", "ans");
    secrets.push({ word: answer, saidIn: room });
    await chat.say({ text: `${text} ${tag}`.trim(), place, as, files, mention: place !== "dm" });
    const found = (): string | undefined => told(seat).find((said) => said.includes(answer));
    await until(`${room}: ${text} ${tag} is answered`, () => found() !== undefined).catch(
      (cause: unknown) => {
        throw new Error(`the last messages there: ${JSON.stringify(told(seat).slice(-3))}`, { cause });
      },
    );
    return found() ?? "";
  }

  const stage: LeakStage = {
    server,
    secrets,
    shown,
    ask,
    async tell(seat) {
      const { room: saidIn } = seat;
      const [said, written, drawn] = [keep({ saidIn }), keep({ saidIn }), keep({ saidIn })];
      const picture = Buffer.concat([tinyPng, Buffer.from(drawn)]);
      const text = `my word is ${said}`;
      const files = [
        { name: "notes.md", mimeType: "text/markdown", data: Buffer.from(`My note is ${written}.`) },
        { name: "dot.png", mimeType: "image/png", data: picture },
      ];
      // A machine that is busy with much else may take too long for a file: then the bot asks to have it sent again.
      for (let times = 0; times < 3; times++)
        if (!(await ask(seat, { text, files })).includes("send it again")) return;
    },
    async show(seat, picture, words) {
      secrets.push({ word: words, saidIn: seat.room });
      const type = words.length % 2 === 0 ? "image/png" : "image/jpeg";
      await ask(seat, { text: "plain: read", files: [{ name: "page", mimeType: type, data: picture }] });
    },
    async remember(seat) {
      const { room: saidIn, person: of, place } = seat;
      const fact = keep({ saidIn, fact: { of, ...(place === "dm" && { onlyIn: saidIn }) } });
      await ask(seat, { text: `please remember that I like ${fact}` });
    },
    async note(seat) {
      const { room, person: of, place, as, chat } = seat;
      const fact = keep({ fact: { of, ...(place === "dm" && { onlyIn: room }) } });
      await chat.command("memory", `add I own a ${fact}.`, { place, as });
      await until(`${room}: ${fact} is noted`, () => saying(seat, `Remembered: I own a ${fact}`) > 0);
    },
    async share(seat) {
      const { room, person: of, place, as, chat } = seat;
      const [open, taken] = [keep({ fact: { of } }), keep({ fact: { of, onlyIn: room } })];
      const tell = async (argument: string, said: string): Promise<string> => {
        const before = saying(seat, said);
        await chat.command("memory", argument, { place, as });
        await until(`${room}: /memory ${argument}`, () => saying(seat, said) > before);
        return told(seat).findLast((each) => each.includes(said)) ?? "";
      };
      for (const fact of [open, taken]) {
        await tell(`add I keep a ${fact}.`, `Remembered: I keep a ${fact}`);
        const shown = await tell("", "deletes one for good");
        const number = new RegExp(`(\\d+)\\W+I keep a ${fact}`, "u").exec(shown)?.[1] ?? "";
        await tell(`share ${number}`, `Shared: “I keep a ${fact}`);
        if (fact === taken) await tell(`unshare ${number}`, `alone now: “I keep a ${fact}`);
      }
    },
    async list(seat) {
      const { room, person, place, as, chat } = seat;
      const before = saying(seat, "deletes one for good");
      await chat.command("memory", "", { place, as });
      await until(`${room}: the facts are shown`, () => saying(seat, "deletes one for good") > before);
      const text = told(seat).findLast((said) => said.includes("deletes one for good")) ?? "";
      shown.push({ place: room, person, text });
    },
    requests: () =>
      server.requests().map(({ body, chat: { messages } }) => {
        const question = messages.findLast(({ role }) => role === "user");
        const sighting = asked.get(lastAsk(JSON.stringify(question?.content)));
        if (!sighting) throw new Error(`nobody asked ${JSON.stringify(question)}`);
        return Object.assign({}, sighting, { text: readable(body) });
      }),
  };
  return stage;
}

const told = ({ chat, place, as }: Seat): readonly string[] =>
  chat
    .seen(place, as)
    .filter(({ fromBot }) => fromBot)
    .map(({ text }) => text);

const saying = (seat: Seat, words: string): number =>
  told(seat).filter((text) => text.includes(words)).length;

const lastAsk = (text: string): string => text.match(/ask\d{4}z/gu)?.at(-1) ?? "";

/** A request's text, and what stands in its pictures. */
function readable(body: object): string {
  const text = JSON.stringify(body);
  const pictures = Array.from(text.matchAll(/base64,(?<data>[\w+/=]+)/gu), ({ groups }) =>
    Buffer.from(groups?.["data"] ?? "", "base64").toString("latin1"),
  );
  return [text, ...pictures].join("\n");
}

/** Every message that stands in a place now, once for each who can read it. */
export function messagesSeen(seats: readonly Seat[]): readonly Sighting[] {
  return seats.flatMap(({ chat, place, as, room, person }) =>
    chat.seen(place, as).map(({ text, files }) => ({
      place: room,
      person,
      text: [text, ...files.map(({ data }) => Buffer.from(data).toString("latin1"))].join("\n"),
    })),
  );
}
