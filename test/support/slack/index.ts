import type { types } from "@slack/bolt";
import { acknowledgeWithinMs } from "../until.ts";
import type { ChatEmulator, EmulatedPlace, Said, Seen } from "../chat-emulator.ts";
import { createHttpDelivery, createSocketDelivery, type EnvelopeType } from "./delivery.ts";
import { createEvents } from "./events.ts";
import { plainBlocks, toPlainText, plainMrkdwn } from "./plain.ts";
import { startServer } from "./server.ts";
import { type ApiCall, createWebApi } from "./web-api.ts";
import { bot, channel as theChannel, createWorkspace, type StoredMessage } from "./workspace.ts";

export interface SlackEmulatorOptions {
  /** Where the app listens for events; left out for Socket Mode. */
  readonly eventsUrl?: string;
}

/** Slack, as far as the bot meets it, with what only Slack has. */
export interface SlackEmulator extends ChatEmulator {
  readonly url: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  /** What the workspace and the app's installation have; may be changed at any time. */
  readonly has: {
    containers: boolean;
    customNames: boolean;
    sessions: boolean;
    files: boolean;
    /** Whether the app may read what was said. */
    history: boolean;
    /** Who reads the channel along. */
    channel: { readonly is_private: boolean; readonly is_shared?: boolean };
    /** The names of those who run the workspace. */
    admins: string[];
    scopes: string[];
  };
  /** Methods that answer "wait", or not at all, or whose answer is cut off after they did what they should. */
  readonly troubled: Map<string, "limited" | "silent" | "broken">;
  /** How long Slack waits for an acknowledgement before it brings an event again, in milliseconds; really 3 seconds. */
  acknowledgeWithinMs: number;
  /** How long Slack lets a stream live, in milliseconds. */
  streamLastsMs: number;
  readonly calls: readonly ApiCall[];
  /** The state of the agent session of a thread, by `channel:ts`. */
  readonly sessions: ReadonlyMap<string, string>;
  /** What a command or shortcut was answered without a post. */
  readonly responses: readonly string[];
  /** The address of the picture shown for a message's writer, where it is not the writer's own. */
  picture(id: string): string | undefined;
  /** Blocks as they stand now. */
  blocks(id: string): readonly types.KnownBlock[];
  /** How many connections the app has opened so far. */
  readonly opened: number;
  /** Slack asks for a new connection, as it does every few hours. */
  refreshConnection(): void;
  /** A person chooses an entry of a message's menu. */
  shortcut(id: string, callback: string, as?: string): Promise<void>;
  /** A person uses the slash command where the bot was not invited. */
  commandElsewhere(text: string): Promise<void>;
  /** A person presses Slack's own stop button in the thread of that message. */
  stopSession(id: string, as?: string): Promise<void>;
}

const allScopes = [
  "chat:write",
  "chat:write.customize",
  "app_mentions:read",
  "im:history",
  "users:read",
  "files:read",
];

export async function startSlackEmulator(options: SlackEmulatorOptions = {}): Promise<SlackEmulator> {
  const workspace = createWorkspace();
  const complaints: string[] = [];
  const responses: string[] = [];
  const complain = (what: string): void => void complaints.push(what);
  const secrets = { botToken: "xoxb-emulated", appToken: "xapp-emulated", signingSecret: "emulated-secret" };
  const has = {
    containers: true,
    customNames: true,
    sessions: true,
    files: true,
    history: true,
    channel: { is_private: false },
    admins: [] as string[],
    scopes: allScopes,
  };
  const troubled = new Map<string, "limited" | "silent" | "broken">();
  let withinMs = acknowledgeWithinMs;
  const delivering = { complain, acknowledgeWithinMs: () => withinMs };
  const faults = { repeat: false, limited: 0, limitMs: 0, downUntil: 0 };
  let streamLastsMs = 300_000;
  const api = createWebApi({
    workspace,
    tokens: { bot: secrets.botToken, app: secrets.appToken },
    url: () => server.url,
    complain,
    has,
    streamLastsMs: () => streamLastsMs,
  });
  const delivery =
    options.eventsUrl === undefined
      ? createSocketDelivery(delivering)
      : createHttpDelivery(options.eventsUrl, { secret: secrets.signingSecret, ...delivering });
  const server = await startServer({
    api,
    workspace,
    delivery,
    botToken: secrets.botToken,
    scopes: () => has.scopes,
    readsFiles: () => has.files,
    trouble(method) {
      const trouble = troubled.get(method);
      if (trouble) return trouble === "limited" ? { status: 429, retryAfter: 30 } : trouble;
      if (Date.now() < faults.downUntil) return { status: 503 };
      if (!/^chat\.|^files\.complete/u.test(method) || faults.limited === 0) return undefined;
      faults.limited--;
      return { status: 429, retryAfter: Math.ceil(faults.limitMs / 1000) };
    },
    onResponse: (text) => void responses.push(text),
  });
  const events = createEvents(workspace, () => server.url);

  async function send(type: EnvelopeType, payloads: readonly object[]): Promise<void> {
    const times = faults.repeat ? 2 : 1;
    faults.repeat = false;
    await Promise.all(
      Array.from({ length: times }, () => payloads.map((payload) => delivery.send(type, payload))).flat(),
    );
  }

  function stored(id: string): StoredMessage {
    const found = workspace.messages.find(({ ts }) => ts === id);
    if (!found) throw new Error(`no message ${id}`);
    return found;
  }

  const conversation = (place: EmulatedPlace, as: string): string =>
    place === "dm" ? workspace.direct(workspace.person(as)) : theChannel;

  function threadOf({ place = "dm", replyTo }: Pick<Said, "place" | "replyTo">): { thread_ts?: string } {
    if (replyTo !== undefined) return { thread_ts: stored(replyTo).thread_ts ?? replyTo };
    return place === "thread" ? { thread_ts: workspace.threadRoot } : {};
  }

  async function say({
    text,
    place = "dm",
    as = "Kim",
    mention = false,
    replyTo,
    files = [],
  }: Said): Promise<string> {
    const user = workspace.person(as);
    const kept = files.map(({ name, mimeType, data }) => {
      const id = `F${String(workspace.files.size + 1).padStart(3, "0")}`;
      const file = { id, name, mimetype: mimeType, data: Buffer.from(data), user };
      workspace.files.set(id, file);
      return file;
    });
    const escaped = escapeMarkup(text);
    const message = workspace.add({
      channel: conversation(place, as),
      user,
      text: mention ? `<@${bot.user}> ${escaped}` : escaped,
      blocks: [],
      files: kept,
      ...threadOf({ place, ...(replyTo !== undefined && { replyTo }) }),
    });
    await send("events_api", events.written(message));
    return message.ts;
  }

  function standsIn(message: StoredMessage, place: EmulatedPlace, as: string): boolean {
    const { channel, thread_ts, ts, deleted, only } = message;
    if (deleted || channel !== conversation(place, as) || ts === workspace.threadRoot) return false;
    if (only !== undefined && only !== workspace.person(as)) return false;
    return place === "dm" || (thread_ts === workspace.threadRoot) === (place === "thread");
  }

  const emulator: SlackEmulator = {
    platform: "slack",
    chooseLocale: (as, locale) => void workspace.locales.set(as, locale),
    environment: {
      SLACK_API_URL: `${server.url}/api/`,
      SLACK_BOT_TOKEN: secrets.botToken,
      ...(options.eventsUrl === undefined
        ? { SLACK_APP_TOKEN: secrets.appToken }
        : { SLACK_SIGNING_SECRET: secrets.signingSecret }),
    },
    url: server.url,
    ...secrets,
    has,
    troubled,
    get acknowledgeWithinMs() {
      return withinMs;
    },
    set acknowledgeWithinMs(ms) {
      withinMs = ms;
    },
    calls: api.calls,
    sessions: api.sessions,
    complaints,
    responses,
    get streamLastsMs() {
      return streamLastsMs;
    },
    set streamLastsMs(ms) {
      streamLastsMs = ms;
    },
    async ready() {
      while (delivery.connections === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    },
    say,
    async edit(id, text) {
      const message = stored(id);
      const before = message.text;
      const mention = before.startsWith(`<@${bot.user}>`) ? `<@${bot.user}> ` : "";
      message.text = mention + text;
      message.edited = workspace.nextTs();
      await send("events_api", events.changed(message, before));
    },
    async remove(id) {
      const message = stored(id);
      const payloads = events.removed(message);
      message.deleted = true;
      await send("events_api", payloads);
    },
    async press(id, label, as = "Kim") {
      const message = stored(id);
      const button = buttonsOf(message).find(({ text }) => text.text === label);
      if (!button) throw new Error(`no button ${label}`);
      await send("interactive", [events.pressed(message, button, workspace.person(as))]);
    },
    // Slack's own button stands in the thread while its session is at work.
    pressStop() {
      const working = [...api.sessions].find(([, status]) => status === "processing");
      const thread = working?.[0].split(":")[1];
      return thread !== undefined && emulator.stopSession(thread);
    },
    async command(name, argument, { place = "dm", as = "Kim" } = {}) {
      // Slash commands don't work in threads; a person writes it to the bot instead.
      if (place === "thread") await say({ text: `/${name} ${argument}`, place, as, mention: true });
      else {
        const where = { channel: conversation(place, as), user: workspace.person(as) };
        await send("slash_commands", [events.slash("/parlance", `${name} ${argument}`.trim(), where)]);
      }
    },
    commandElsewhere: (text) =>
      send("slash_commands", [
        events.slash("/parlance", text, { channel: "C002", user: workspace.person("Kim") }),
      ]),
    shortcut: (id, callback, as = "Kim") =>
      send("interactive", [events.shortcut(stored(id), callback, workspace.person(as))]),
    stopSession(id, as = "Kim") {
      const { channel, thread_ts = id } = stored(id);
      return send("events_api", [events.stopped(channel, thread_ts, workspace.person(as))]);
    },
    get opened() {
      return delivery.opened;
    },
    refreshConnection: () => delivery.refresh(),
    picture: (id) => stored(id).icon,
    blocks: (id) => stored(id).blocks,
    seen: (place = "dm", as = "Kim") =>
      workspace.messages
        .filter((each) => standsIn(each, place, as))
        .map((each) => seenOf(each, (user) => workspace.nameOf(user))),
    statuses: (place = "dm", as = "Kim") =>
      api.statuses
        .filter(
          ({ channel, thread }) =>
            channel === conversation(place, as) &&
            (place === "dm" || (thread === workspace.threadRoot) === (place === "thread")),
        )
        .map(({ text }) => text)
        .filter(Boolean),
    faults: {
      repeatNext: () => void (faults.repeat = true),
      cutConnections: () => delivery.cut(),
      limit(count, ms) {
        faults.limited = count;
        faults.limitMs = ms;
      },
      downFor: (ms) => void (faults.downUntil = Date.now() + ms),
    },
    async stop() {
      delivery.stop();
      await server.close();
    },
  };
  return emulator;
}

/** As Slack's own clients send it: mentions and links are kept. */
function escapeMarkup(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .split(/(?<marked><(?:[@#!]|https?:)[^<>]*>)/u)
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll("<", "&lt;").replaceAll(">", "&gt;")))
    .join("");
}

const buttonsOf = ({ blocks }: StoredMessage): types.Button[] =>
  blocks
    .flatMap((block) => (block.type === "actions" ? block.elements : []))
    .flatMap((element) => (element.type === "button" ? [element] : []));

function seenOf(message: StoredMessage, nameOf: (user: string) => string | undefined): Seen {
  const { ts, user, username, text, blocks, files, thread_ts, edits, stream } = message;
  const shown = blocks.length > 0 ? plainBlocks(blocks) : plainMrkdwn(text);
  return {
    id: ts,
    fromBot: user === bot.user,
    author: username ?? (user === bot.user ? bot.name : (nameOf(user) ?? user)),
    text: stream ? toPlainText(stream.markdown) : shown,
    buttons: buttonsOf(message).map((button) => button.text.text),
    files: files.map(({ name, data }) => ({ name, data })),
    ...(thread_ts !== undefined && { replyTo: thread_ts }),
    edits,
  };
}
