/** As much of Telegram's Bot API as answers need, without its rate limits: those would be all that is measured. */
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import type { MessageEntity, Update } from "@grammyjs/types";
import { createUpdates } from "../../test/support/telegram/updates.ts";
import { me } from "../../test/support/telegram/world.ts";

const token = "7000001:AAF-emulated-token-of-thirty-five-letters";

export interface BenchTelegram {
  readonly environment: Readonly<Record<string, string>>;
  /** When the first poll came, by `performance.now()`. */
  readonly firstPoll: Promise<number>;
  /** Chats below zero are groups, where the bot is named. */
  write(chat: number, text: string): void;
  stop(): Promise<void>;
}

/** `onText` is told of the text of every lasting message, as soon as the bot has sent it. */
export async function startTelegram(onText: (chat: number, text: string) => void): Promise<BenchTelegram> {
  const updates = createUpdates();
  const { promise: firstPoll, resolve: polled } = Promise.withResolvers<number>();
  let ids = 0;

  async function call(method: string, args: Args, gone: Promise<unknown>): Promise<unknown> {
    switch (method) {
      case "getUpdates":
        polled(performance.now());
        return updates.poll(args, gone);
      case "getMe":
        return me;
      case "sendMessage":
      case "editMessageText":
        onText(Number(args.chat_id), args.text ?? "");
        return { ...frameOf(Number(args.chat_id), args.message_id ?? ++ids), from: me, text: args.text };
      default:
        return true;
    }
  }

  const server = createServer((request, response) => {
    const method = request.url?.split("/").at(-1) ?? "";
    void argsOf(request)
      .then((args) => call(method, args, once(response, "close")))
      .then((result) => ({ ok: true, result }))
      // A poll that another one took the place of.
      .catch((error: unknown) => ({ ok: false, error_code: 409, description: String(error) }))
      .then((answer) => response.end(JSON.stringify(answer)));
  });
  // A connection closed at the moment it is used would lose a call.
  server.keepAliveTimeout = 0;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    environment: { TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: `http://127.0.0.1:${port}` },
    firstPoll,
    write(chat, words) {
      const text = chat < 0 ? `@${me.username} ${words}` : words;
      const mention: MessageEntity = { type: "mention", offset: 0, length: me.username.length + 1 };
      const from = { id: Math.abs(chat), is_bot: false, first_name: "Kim" };
      const message = { ...frameOf(chat, ++ids), from, text, entities: chat < 0 ? [mention] : [] };
      updates.push({ update_id: ++ids, message: message as NonNullable<Update["message"]> });
    },
    async stop() {
      updates.release();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

interface Args {
  readonly chat_id?: number | string;
  readonly message_id?: number;
  readonly text?: string;
  readonly offset?: number;
  readonly timeout?: number;
}

const argsOf = async (request: IncomingMessage): Promise<Args> =>
  request.headers["content-length"] === "0" || request.method === "GET"
    ? {}
    : ((await json(request)) as Args);

function frameOf(id: number, message_id: number) {
  const chat =
    id < 0 ? { id, type: "supergroup", title: "Korean" } : { id, type: "private", first_name: "Kim" };
  return { message_id, date: Math.floor(Date.now() / 1000), chat };
}
