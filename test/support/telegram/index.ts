import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Update } from "@grammyjs/types";
import type { ChatEmulator } from "../chat-emulator.ts";
import { acknowledgeWithinMs } from "../until.ts";
import { Refused } from "./checks.ts";
import { createMethods, type Methods } from "./methods.ts";
import { type Args, type Method, parameters } from "./parameters.ts";
import { draftName, isStatus, seenAt } from "./seen.ts";
import { createUpdates } from "./updates.ts";
import { entitiesIn, me, now, World } from "./world.ts";

export interface TelegramEmulatorOptions {
  /** An ordinary member of groups gets only what is for it; default: an administrator, who gets everything. */
  readonly privacy?: boolean;
  /** Brings updates to a port instead of being asked for them. */
  readonly webhook?: boolean;
  /** `false`: an old server that knows neither rich messages nor drafts. */
  readonly modern?: boolean;
}

/** What a Telegram test may do beyond the contract. */
export interface TelegramEmulator extends ChatEmulator {
  readonly world: World;
  /** Delivers any update, such as one a person of this emulator can't cause. */
  deliver(content: Omit<Update, "update_id">): void;
  /** Every call so far but for polls, in order. */
  readonly calls: readonly { readonly method: string; readonly args: Readonly<Record<string, unknown>> }[];
}

const token = "7000001:AAF-emulated-token-of-thirty-five-letters";

/** Telegram's Bot API on loopback: one bot, one group with a topic, a private chat a person. */
export async function startTelegramEmulator(
  options: TelegramEmulatorOptions = {},
): Promise<TelegramEmulator> {
  const { privacy = false, modern = true, webhook = false } = options;
  const world = new World();
  const updates = createUpdates();
  const complaints: string[] = [];
  const calls: { method: string; args: Record<string, unknown> }[] = [];
  const presses = new Map<string, number>();
  const connected = Promise.withResolvers<void>();
  let waits = 0;
  let waitMs = 0;
  let downUntil = 0;

  const methods = createMethods({
    world,
    modern,
    complain: (what) => complaints.push(what),
    answered: (callback) => presses.delete(callback),
    webhook(set) {
      updates.webhook(set && ((update) => bringTo(set, update)), set?.allowed_updates);
      if (set) connected.resolve();
    },
    askedToWait: () => (waits-- > 0 ? waitMs : 0),
  });

  async function call(method: string, request: IncomingMessage, gone: Promise<unknown>): Promise<unknown> {
    const { args, uploads } = await readBody(request);
    const known = Object.hasOwn(parameters, method) ? parameters[method as Method | "getUpdates"] : undefined;
    if (!known) {
      complaints.push(`unknown method ${method}`);
      throw new Refused(404, "Not Found");
    }
    const unknown = Object.keys(args).filter(
      (name) => !(known as readonly string[]).includes(name) && !uploads.has(name),
    );
    if (unknown.length > 0) complaints.push(`${method} does not know ${unknown.join(", ")}`);
    if (method === "getUpdates") {
      connected.resolve();
      return updates.poll(args, gone);
    }
    calls.push({ method, args });
    if (isStatus({ message: args }) && method === "sendMessageDraft")
      world.statuses.push({ chat: Number(args["chat_id"]), topic: undefined, text: String(args["text"]) });
    return methods[method as Method](args as never, uploads) satisfies ReturnType<Methods[Method]>;
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, bot = "", ...path] = (request.url ?? "").split("/");
    const gone = new Promise((resolve) => void response.once("close", () => resolve(undefined)));
    try {
      if (downUntil > Date.now()) throw new Refused(502, "Bad Gateway");
      if (bot === "file") return sendFile(response, path);
      if (bot !== `bot${token}`) throw new Refused(401, "Unauthorized");
      sendJson(response, 200, { ok: true, result: await call(path[0] ?? "", request, gone) });
    } catch (error) {
      const refused =
        error instanceof Refused ? error : new Refused(500, `the emulator failed: ${String(error)}`);
      if (refused.code === 500) complaints.push(refused.message);
      const { code, message, parameters } = refused;
      sendJson(response, code, { ok: false, error_code: code, description: message, parameters });
    }
  }

  function sendFile(response: ServerResponse, [bot, , id = ""]: readonly string[]): void {
    const file = world.files.get(id);
    if (bot !== `bot${token}` || !file) response.writeHead(404).end();
    else response.end(file.data);
  }

  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  const deliver = (content: Omit<Update, "update_id">): void => updates.push(world.update(content));

  /** With privacy on, groups tell a bot only of commands, mentions and replies to it. */
  function isForBot(message: NonNullable<Update["message"]>): boolean {
    if (!privacy || message.chat.type === "private") return true;
    const entities = message.entities ?? message.caption_entities ?? [];
    return entities.length > 0 || message.reply_to_message?.from?.id === me.id;
  }

  const emulator: TelegramEmulator = {
    platform: "telegram",
    chooseLocale: (as, locale) => world.chooseLocale(as, locale),
    environment: {
      TELEGRAM_BOT_TOKEN: token,
      TELEGRAM_API_ROOT: `http://127.0.0.1:${port}`,
      ...(webhook && (await webhookVariables())),
    },
    world,
    calls,
    deliver,
    ready: () => connected.promise,
    async say(said) {
      const messages = world.write(said) as readonly NonNullable<Update["message"]>[];
      for (const message of messages) if (isForBot(message)) deliver({ message });
      return String(messages[0]?.message_id);
    },
    async edit(id, text) {
      const stored = world.messages.get(Number(id));
      if (!stored) throw new Error(`no message ${id}`);
      const words = { text, entities: entitiesIn(text) };
      const caption = { caption: text, caption_entities: entitiesIn(text) };
      stored.message = {
        ...stored.message,
        ...(stored.message.text === undefined ? caption : words),
        edit_date: now(),
      };
      stored.edits += 1;
      deliver({ edited_message: stored.message as NonNullable<Update["edited_message"]> });
    },
    // Telegram tells bots of no deletion.
    remove: async (id) => void world.messages.delete(Number(id)),
    async press(id, label, as = "Kim") {
      const draft = world.drafts.find((each) => draftName(each) === id);
      const chat = draft && world.chat(draft.chat);
      if (chat?.type === "private" && draft) {
        deliver({ stopped_message_generation: { chat, draft_id: draft.id } });
        return;
      }
      const message = world.messages.get(Number(id))?.message;
      const button = message?.reply_markup?.inline_keyboard.flat().find(({ text }) => text === label);
      if (!message || !button || !("callback_data" in button))
        throw new Error(`no button ${label} under ${id}`);
      const callback = String(presses.size + 1 + Date.now());
      presses.set(callback, Date.now());
      const press = { id: callback, from: world.person(as), chat_instance: "1", data: button.callback_data };
      deliver({ callback_query: { ...press, message } });
    },
    pressStop() {
      const found = emulator.seen("dm", "Kim").find(({ buttons }) => buttons.includes("Stop"));
      return found !== undefined && emulator.press(found.id, "Stop");
    },
    async command(name, argument, { place = "dm", as = "Kim" } = {}) {
      const target = place === "dm" ? "" : `@${me.username}`;
      await emulator.say({ text: `/${name}${target} ${argument}`.trim(), place, as });
    },
    seen: (place, as) => seenAt(world, world.spot(place, as)),
    statuses(place, as) {
      const { chat, topic } = world.spot(place, as);
      return world.statuses
        .filter((status) => status.chat === chat.id && status.topic === topic)
        .map(({ text }) => text);
    },
    get complaints() {
      const late = [...presses.values()].filter((pressed) => Date.now() - pressed > acknowledgeWithinMs);
      return [...complaints, ...late.map(() => "a pressed button was not acknowledged in time")];
    },
    faults: {
      repeatNext: () => updates.repeatNext(),
      cutConnections: () => server.closeAllConnections(),
      limit(count, ms) {
        waits = count;
        waitMs = ms;
      },
      downFor(ms) {
        downUntil = Date.now() + ms;
        server.closeAllConnections();
      },
    },
    async stop() {
      updates.webhook(undefined);
      updates.release();
      server.closeAllConnections();
      await new Promise((resolve) => void server.close(resolve));
    },
  };
  return emulator;
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => void server.close(resolve));
  return port;
}

async function webhookVariables(): Promise<Record<string, string>> {
  const port = await freePort();
  return { TELEGRAM_WEBHOOK_URL: `http://127.0.0.1:${port}/telegram`, TELEGRAM_WEBHOOK_PORT: String(port) };
}

async function bringTo({ url, secret_token }: Args<"setWebhook">, update: Update): Promise<boolean> {
  const headers = {
    "content-type": "application/json",
    ...(secret_token && { "x-telegram-bot-api-secret-token": secret_token }),
  };
  const body = JSON.stringify(update);
  const response = await fetch(url, { method: "POST", headers, body }).catch(() => undefined);
  await response?.body?.cancel();
  return response?.ok ?? false;
}

interface Body {
  readonly args: Record<string, unknown>;
  readonly uploads: Map<string, { name: string; data: Uint8Array }>;
}

async function readBody(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const type = request.headers["content-type"] ?? "";
  const uploads: Body["uploads"] = new Map();
  if (!type.startsWith("multipart/form-data"))
    return {
      args: body.length === 0 ? {} : (JSON.parse(body.toString()) as Record<string, unknown>),
      uploads,
    };
  const args: Record<string, unknown> = {};
  const form = await new Response(body, { headers: { "content-type": type } }).formData();
  for (const [name, value] of form)
    if (typeof value === "string") args[name] = parseField(value);
    else uploads.set(name, { name: value.name, data: new Uint8Array(await value.arrayBuffer()) });
  return { args, uploads };
}

/** In a form, everything but text is JSON. */
function parseField(value: string): unknown {
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed) return;
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
