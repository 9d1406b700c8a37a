import { setTimeout as sleep } from "node:timers/promises";
import type { ChatEmulator, EmulatedPlace, Said, Seen } from "../chat-emulator.ts";
import type { Answering, ModelServer, ScriptedAnswer } from "../model-server.ts";

import { until } from "../until.ts";

/** What somebody does in a scene, and what the models say to it, in order. */
export interface Step {
  /** Writes it; in a channel, to the bot. */
  readonly say?: string;
  /** Uses the platform's own command: its name and what stands behind it; `{code}` is the one that was shown before. */
  readonly command?: readonly [name: string, argument?: string];
  /** Sends these with it. */
  readonly files?: Said["files"];
  /** Replies to the newest message of the bot that has these words in it. */
  readonly reply?: string;
  /** Presses the newest button with this label. */
  readonly press?: string;
  readonly models?: readonly (ScriptedAnswer | Answering)[];
  readonly place?: EmulatedPlace;
  /** What it changes of what stood there is shown as well as what becomes of it. */
  readonly keeps?: true;
  /** Default: the scene's person. */
  readonly as?: string;
  /** What stands in the chat when it is over; else, whatever stands there when nothing changes any more. */
  readonly until?: string;
}

/** One thing people do with the bot, told in docs/using.md and played on every platform. */
export interface Scene {
  readonly title: string;
  /** Markdown. */
  readonly text: string;
  /** The person, whose direct message is the scene's own. */
  readonly person: string;
  readonly steps: readonly Step[];
  /** What a person reads in it on every platform. */
  readonly shows: readonly string[];
}

/** Plays a scene on one platform; what then stands in the chat. */
export async function play(
  chat: ChatEmulator,
  models: ModelServer,
  { title, person, steps }: Scene,
): Promise<readonly Seen[]> {
  const seen: Seen[] = [];
  let root: string | undefined;
  models.clear();
  for (const step of steps) {
    const { place = "dm", as = person } = step;
    models.enqueue(...(step.models ?? []));
    const now = (): readonly Seen[] => [
      ...chat.seen(place, as),
      ...(place === "channel" ? chat.seen("thread", as) : []),
    ];
    const before = new Map(now().map((each) => [each.id, JSON.stringify(each)]));
    const code = /[A-Z0-9]{3}(?:-[A-Z0-9]{3}){2}/u.exec(transcript(seen))?.[0] ?? "";
    const said = await act(chat, step, { place, as, now, root, code });
    root ??= said;
    const fresh = (): readonly Seen[] => now().filter((each) => before.get(each.id) !== JSON.stringify(each));
    await until(`${chat.platform} shows what comes of “${nameOf(step)}” in “${title}”`, () =>
      step.until === undefined ? fresh().some(({ fromBot }) => fromBot) : isShown(fresh(), step.until),
    );
    await quiet(fresh, chat, as);
    if (!fresh().some(({ fromBot }) => !fromBot)) seen.push(doing(step, as, code));
    for (const each of asRead(fresh(), step, chat)) {
      const known = seen.findIndex(({ id }) => id === each.id);
      if (known >= 0 && !step.keeps) seen.splice(known, 1);
      seen.push(each);
    }
  }
  const unused = models.clear();
  if (unused > 0) throw new Error(`“${title}” was played without asking for ${unused} of its answers`);
  return seen;
}

/** What is corrected stands above what corrected it, and comes after it. A reply says what to, where that is seen in the chat. */
function asRead(fresh: readonly Seen[], { keeps, reply }: Step, chat: ChatEmulator): readonly Seen[] {
  const isReply = reply !== undefined && chat.platform !== "slack";
  const told = fresh.map((each) =>
    isReply && !each.fromBot ? { ...each, text: `(in reply to “${reply}”)\n${each.text}` } : each,
  );
  return keeps ? told.toSorted((one, other) => Number(one.fromBot) - Number(other.fromBot)) : told;
}

async function act(
  chat: ChatEmulator,
  { say, command, press, files, reply }: Step,
  {
    place,
    as,
    now,
    root,
    code,
  }: {
    place: EmulatedPlace;
    as: string;
    now: () => readonly Seen[];
    root: string | undefined;
    code: string;
  },
): Promise<string | undefined> {
  // There a conversation is a thread, in direct messages too, and a reply is one more message of it.
  const meant =
    chat.platform === "slack"
      ? root
      : reply && now().findLast(({ fromBot, text }) => fromBot && text.includes(reply))?.id;
  if (say !== undefined)
    return chat.say({
      text: say,
      place,
      as,
      mention: place !== "dm",
      ...(files && { files }),
      ...(meant !== undefined && meant !== "" && { replyTo: meant }),
    });
  if (command) await chat.command(command[0], (command[1] ?? "").replace("{code}", code), { place, as });
  if (press === undefined) return undefined;
  const under = now().findLast(({ buttons }) => buttons.includes(press));
  if (!under) throw new Error(`there is no button “${press}” in:\n${transcript(now().slice(-3))}`);
  await chat.press(under.id, press, as);
  return undefined;
}

/** What a platform shows to nobody as a message: a command of its own, a press. */
const doing = (step: Step, author: string, code: string): Seen => ({
  id: `does ${doings++}`,
  fromBot: false,
  author,
  text: step.press === undefined ? `/${nameOf(step).trimEnd().replace("{code}", code)}` : `( ${step.press} )`,
  buttons: [],
  files: [],
  edits: 0,
});
let doings = 0;

const nameOf = ({ say, command, press }: Step): string => say ?? command?.join(" ") ?? press ?? "";

const isShown = (seen: readonly Seen[], text: string): boolean =>
  seen.some((each) => each.fromBot && each.text.includes(text));

/** Until nothing has changed for a while: an answer's last form, its files, its buttons. */
async function quiet(fresh: () => readonly Seen[], chat: ChatEmulator, as: string): Promise<void> {
  let last = "";
  for (;;) {
    const now = JSON.stringify([fresh(), chat.statuses("dm", as).length]);
    if (now === last && !fresh().some(({ buttons }) => buttons.includes("Stop"))) return;
    last = now;
    await sleep(300);
  }
}

/** Nobody reads on a page how a long answer goes on. */
const inShort = (text: string): string =>
  text.replaceAll(/^.{500,}$/gmu, (line) => `${line.slice(0, 160)} […]`);

/** What stands in a chat, as a person reads it. */
export function transcript(seen: readonly Seen[]): string {
  return seen
    .map(({ author, text, buttons, files }) => {
      const below = [
        ...files.map(({ name }) => `[${name}]`),
        ...(buttons.length > 0 ? [buttons.map((label) => `( ${label} )`).join(" ")] : []),
      ];
      return `${author}:\n${[inShort(text), ...below].join("\n").replaceAll(/^(?=.)/gmu, "    ")}`;
    })
    .join("\n\n");
}
