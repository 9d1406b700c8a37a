import { eventually } from "../eventually.ts";
import { expect } from "vitest";
import { createSlackAdapter, type SlackOptions } from "../../../adapters/slack/index.ts";
import type { SlackMessage } from "../../../adapters/slack/render.ts";
import type { Adapter, Answer, Inbound, InboundMessage } from "../../../src/chat.ts";
import { createLog } from "../../../src/log.ts";
import { type SlackEmulator, type SlackEmulatorOptions, startSlackEmulator } from "./index.ts";

/** The real adapter, connected to the emulator, with a core that only listens. */
export interface SlackHarness {
  readonly slack: SlackEmulator;
  readonly adapter: Adapter<SlackMessage>;
  readonly inbounds: readonly Inbound[];
  /** The events that came in, once there are that many. */
  heard(count?: number): Promise<readonly Inbound[]>;
  /** The first of them, when it is a message. */
  heardMessage(): Promise<InboundMessage>;
  /** Posts an answer's messages; their ids. */
  say(thread: string, answer: Answer): Promise<string[]>;
  /** Called before each event counts as stored; rejects when it can't be. */
  onStore(storing: (inbound: Inbound) => Promise<void>): void;
  /** Connects anew, with other options. */
  restart(changes: Partial<SlackOptions>): Promise<void>;
  stop(): Promise<void>;
}

export const bot = {
  commands: ["new", "undo", "persona", "stop", "help"].map((name) => ({ name, usage: "", summary: name })),
  shortcuts: [{ persona: "translate", label: "Translate in detail" }],
};

const nothing = { thinking: "", sources: [], notices: [], footer: "off", actions: [] } as const;
export const done = (text: string): Answer => ({ state: "done", text, ...nothing });
export const growing = (text: string): Answer => ({ state: "growing", text, ...nothing });

export function slackOptions(slack: SlackEmulator): SlackOptions {
  return {
    botToken: slack.botToken,
    connection: { type: "socket", appToken: slack.appToken },
    apiUrl: `${slack.url}/api/`,
    bot,
    log: createLog("silent"),
    maxFileBytes: 1024 * 1024,
  };
}

export async function startSlack(
  changes: (slack: SlackEmulator) => Partial<SlackOptions> = () => ({}),
  emulator?: SlackEmulatorOptions,
): Promise<SlackHarness> {
  const slack = await startSlackEmulator(emulator);
  const inbounds: Inbound[] = [];
  let storing: (inbound: Inbound) => Promise<void> = async () => {};
  let posts = 0;
  let adapter = await connect(changes(slack));

  async function connect(options: Partial<SlackOptions>): Promise<Adapter<SlackMessage>> {
    const made = createSlackAdapter({ ...slackOptions(slack), ...options });
    await made.start(async (inbound) => {
      await storing(inbound);
      inbounds.push(inbound);
    });
    return made;
  }

  async function heard(count = 1): Promise<readonly Inbound[]> {
    await eventually(() => expect(inbounds.length).toBeGreaterThanOrEqual(count));
    return inbounds;
  }

  return {
    slack,
    get adapter() {
      return adapter;
    },
    inbounds,
    heard,
    async heardMessage() {
      const [first] = await heard();
      if (first?.type !== "message") throw new Error(`heard ${first?.type}`);
      return first;
    },
    async say(thread, answer) {
      const ids: string[] = [];
      for (const message of adapter.render(answer))
        ids.push(await adapter.post(thread, message, { cause: "e", key: `say-${posts++}` }));
      return ids;
    },
    onStore(next) {
      storing = next;
    },
    async restart(options) {
      await adapter.stop();
      adapter = await connect(options);
    },
    async stop() {
      await adapter.stop();
      await slack.stop();
    },
  };
}
