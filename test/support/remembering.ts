import type { Inbound } from "../../src/chat.ts";
import { answer } from "./events.ts";
import { call, type Script, stop } from "./scripted-model.ts";
import { type TestBot, type TestBotOptions, testBot, testPersona } from "./test-core.ts";

/** Kim, and bots that remember. */
export const kim = "fake:kim";
const personas = [
  testPersona("assistant", { memory: "read-write" }),
  testPersona("poet", { memory: "read" }),
];

/** The model keeps a fact, then says something. */
export const keeps = (fact: string, more: object = {}): readonly Script[] => [
  [call("remember", { fact, ...more }), stop("tools")],
  answer("Noted."),
];
/** The model drops a fact, then says something. */
export const drops = (number: number): readonly Script[] => [
  [call("forget", { number }), stop("tools")],
  answer("Gone."),
];

export const rememberingBot = (
  scripts: readonly Script[] = [],
  options: TestBotOptions = {},
): Promise<TestBot> => testBot({ personas, scripts, ...options });

/** What is kept about Kim. */
export const factsIn = async ({ core }: TestBot): Promise<readonly string[]> =>
  (await core.store.facts.list(kim)).map(({ text }) => text);

/** What stands under the last post. */
export const under = ({ chat }: TestBot) => chat.posts.at(-1)?.answer;

let presses = 0;
/** Kim presses the button with this label under the last post. */
export async function press(bot: TestBot, label: string, by = kim): Promise<void> {
  const action = under(bot)?.actions.find((each) => each.label === label);
  if (!action) throw new Error(`no button ${label} in ${JSON.stringify(under(bot)?.actions)}`);
  await bot.handle({
    id: `press-${presses++}`,
    type: "press",
    thread: kim,
    place: "dm",
    channelName: "Kim",
    author: { id: by, name: "Kim" },
    messageId: "0",
    token: action.token,
  } satisfies Inbound);
}
