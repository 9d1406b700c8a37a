import { until } from "../until.ts";
import { pino } from "pino";
import { createDiscordAdapter, type DiscordOptions } from "../../../adapters/discord/index.ts";
import type { DiscordMessage } from "../../../adapters/discord/render.ts";
import type { Adapter, Answer, Inbound, PostOptions, Receive } from "../../../src/chat.ts";
import { startDiscordEmulator, type DiscordEmulator, type DiscordEmulatorOptions } from "./index.ts";

/** An adapter that talks to an emulator, and what it handed over. */
export interface Scene {
  readonly discord: DiscordEmulator;
  readonly adapter: Adapter<DiscordMessage>;
  /** What the adapter handed over so far. */
  readonly inbounds: Inbound[];
  /** The messages of the log. */
  readonly log: string[];
  /** The inbound event at this place, as soon as it is there. */
  readonly inbound: <Type extends Inbound["type"]>(
    type: Type,
    index?: number,
  ) => Promise<Extract<Inbound, { type: Type }>>;
}

const bot: DiscordOptions["bot"] = {
  commands: [
    { name: "persona", usage: "[name]", summary: "list the personas, or switch to one" },
    { name: "new", usage: "", summary: "start afresh" },
  ],
  shortcuts: [{ persona: "translator", label: "Translate in detail" }],
};
const scenes: Pick<Scene, "adapter" | "discord">[] = [];

/** Ends what a test opened; for `afterEach`. */
export async function closeScenes(): Promise<void> {
  for (const { adapter, discord } of scenes.splice(0)) {
    await adapter.stop();
    await discord.stop();
  }
}

/** An emulator and the adapter, not yet started. */
export async function prepareScene(
  emulator: DiscordEmulatorOptions,
  options: Partial<DiscordOptions>,
): Promise<Omit<Scene, "inbound">> {
  const discord = await startDiscordEmulator(emulator);
  const log: string[] = [];
  const adapter = adapterOf(discord, options, log);
  scenes.push({ adapter, discord });
  return { discord, adapter, log, inbounds: [] };
}

/** An adapter of another process, not started; its log goes into `log`. */
export function adapterOf(
  discord: DiscordEmulator,
  options: Partial<DiscordOptions> = {},
  log: string[] = [],
): Adapter<DiscordMessage> {
  const {
    DISCORD_TOKEN: token = "",
    DISCORD_API_URL: apiUrl = "",
    DISCORD_CDN_URL: cdnUrl = "",
  } = discord.environment;
  const lines = { write: (line: string) => void log.push((JSON.parse(line) as { msg: string }).msg) };
  return createDiscordAdapter({
    token,
    apiUrl,
    cdnUrl,
    bot,
    log: pino({ level: "debug" }, lines),
    ...options,
  });
}

/** An emulator and the adapter, connected; `receive` is called after an event was noted. */
export async function openScene(
  emulator: DiscordEmulatorOptions = {},
  options: Partial<DiscordOptions> & { readonly receive?: Receive } = {},
): Promise<Scene> {
  const { receive, ...rest } = options;
  const prepared = await prepareScene(emulator, rest);
  const { inbounds } = prepared;
  await prepared.adapter.start(async (inbound) => {
    inbounds.push(inbound);
    await receive?.(inbound);
  });
  return {
    ...prepared,
    inbound: (type, index = 0) =>
      until(
        `${type} ${index} is heard`,
        () =>
          inbounds.filter((each): each is Extract<Inbound, { type: typeof type }> => each.type === type)[
            index
          ],
      ),
  };
}

/** A finished answer, but for what is changed. */
export const answer = (change: Partial<Answer>): Answer => ({
  state: "done",
  text: "",
  thinking: "",
  sources: [],
  notices: [],
  footer: "short",
  actions: [],
  ...change,
});
/** A message without buttons. */
export const message = (text: string): DiscordMessage => ({ blocks: [{ text }], buttons: [] });

/** Discord's own id of a message that the adapter posted. */
export const plainId = (id: string): string => id.split("/").at(-1) ?? "";

let keys = 0;
/** Options of a post that nothing caused, under a key of its own. */
export const none = (): PostOptions => ({ cause: "0", key: `test-${keys++}` });
/** Options of a post that answers an event: the answer's message at this place. */
export const to = ({ id: cause, context }: Inbound, index = 0): PostOptions => ({
  cause,
  key: `to-${cause}-${index}`,
  ...(context !== undefined && { context }),
});
