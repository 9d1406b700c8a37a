import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { Update } from "@grammyjs/types";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { EmulatedPlace } from "./support/chat-emulator.ts";
import { makeFolder } from "./support/folder.ts";
import { type ModelServer, startModelServer } from "./support/model-server.ts";
import { type PostgresServer, startPostgres } from "./support/postgres.ts";
import { type RunningParlance, startParlance } from "./support/process.ts";
import { freePort, startTelegramEmulator, type TelegramEmulator } from "./support/telegram/index.ts";
import { until } from "./support/until.ts";

let postgres: PostgresServer;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.close());

/** A process that Telegram's updates can be brought to. */
interface Gateway extends RunningParlance {
  readonly port: number;
}

/** What a load balancer does with an update: it says whether it was taken. */
type Route = (update: Update, bring: (to: Gateway | undefined) => Promise<boolean>) => Promise<boolean>;

/** Stands before all processes, and brings each update to whichever it likes. */
async function openBalancer() {
  let route: Route = async () => false;
  const server = createServer((request, response) => {
    void (async () => {
      const body = await text(request);
      const header = "x-telegram-bot-api-secret-token";
      const headers = { [header]: String(request.headers[header]) };
      const bring = (to: Gateway | undefined) =>
        fetch(`http://127.0.0.1:${to?.port}`, { method: "POST", headers, body }).then(
          ({ ok }) => ok,
          () => false,
        );
      const isTaken = await route(JSON.parse(body) as Update, bring);
      response.writeHead(isTaken ? 200 : 502).end();
    })();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/telegram`,
    use: (next: Route) => void (route = next),
    close: () => void server.close(),
  };
}

async function openStage() {
  const [databaseUrl, chat, server, balancer] = await Promise.all([
    postgres.createStoreDatabase(),
    startTelegramEmulator(),
    startModelServer(),
    openBalancer(),
  ]);
  const persona = "name: A\ndescription: Looks.\ninstructions: Look.\nimages: native\n";
  const openai = `{ openai: { baseUrl: ${server.openAiUrl}, apiKey: sk-test } }`;
  const cwd = makeFolder({
    "personas/assistant.yaml": persona,
    "parlance.yaml": `providers: ${openai}\naccess: { servers: open }\n`,
  });
  const gateways: Gateway[] = [];
  return {
    chat,
    server,
    balancer,
    gateways,
    async start(): Promise<Gateway> {
      const port = await freePort();
      const env = {
        ...chat.environment,
        TELEGRAM_WEBHOOK_URL: balancer.url,
        TELEGRAM_WEBHOOK_PORT: String(port),
        DATABASE_URL: databaseUrl,
        PARLANCE_DATA: join(cwd, String(port)),
        PARLANCE_PERSONAS: join(cwd, "personas"),
      };
      const gateway = { ...startParlance(env, cwd), port };
      gateways.push(gateway);
      await until("it listens", () => gateway.log().includes("Telegram: connected"));
      return gateway;
    },
    async close() {
      await Promise.all(gateways.map((each) => each.end()));
      balancer.close();
      await Promise.all([chat.stop(), server.stop()]);
    },
  };
}

const picture = async (width: number) => {
  const create = { width, height: 9, channels: 3, background: { r: width, g: 0, b: 0 } } as const;
  return { name: `${width}.png`, mimeType: "image/png", data: await sharp({ create }).png().toBuffer() };
};

/** The widths of the pictures that each request with these words has, in order. */
async function asked(server: ModelServer, words: string): Promise<readonly (readonly number[])[]> {
  return Promise.all(
    requestsWith(server, words).map(async (body) => {
      const pictures = [...body.matchAll(/data:image\/\w+;base64,([^"]+)/gu)];
      const read = pictures.map(([, data = ""]) => sharp(Buffer.from(data, "base64")).metadata());
      return (await Promise.all(read)).map(({ width }) => width);
    }),
  );
}

const requestsWith = (server: ModelServer, words: string): readonly string[] =>
  server
    .requests()
    .map(({ body }) => JSON.stringify(body))
    .filter((body) => body.includes(words));

/** Says the number of an update among those of its chat. */
function countParts(): (update: Update) => number {
  const counts = new Map<number, number>();
  return ({ message }) => {
    const chat = message?.chat.id ?? 0;
    counts.set(chat, (counts.get(chat) ?? 0) + 1);
    return counts.get(chat) ?? 0;
  };
}

const answers = (chat: TelegramEmulator, place: EmulatedPlace): readonly string[] =>
  chat.seen(place).flatMap(({ fromBot, text }) => (fromBot && text.includes("openai/") ? [text] : []));

test("an album is one question with all its pictures in their order, whichever processes its parts come to, also when one is killed over a part", async () => {
  const stage = await openStage();
  const { chat, server, balancer, gateways } = stage;
  try {
    const [first, second] = await Promise.all([stage.start(), stage.start()]);
    const places = ["dm", "channel"] as const;
    const ask = async (words: string, widths: readonly number[]) => {
      const files = await Promise.all(widths.map(picture));
      await Promise.all(
        places.map((place) =>
          chat.say({ text: `${words} ${place}`, place, files, ...(place !== "dm" && { mention: true }) }),
        ),
      );
    };
    const answered = (count: number) =>
      until(`${count} answers`, () => places.every((place) => answers(chat, place).length === count));

    // Each part to another process, and each once more.
    const spread = countParts();
    balancer.use(async (update, bring) => {
      const part = spread(update);
      return (await bring(gateways[part % 2])) && bring(gateways[(part + 1) % 2]);
    });
    await ask("compare", [20, 30, 40]);
    await answered(1);
    for (const place of places) expect(await asked(server, `compare ${place}`)).toEqual([[20, 30, 40]]);

    // The process that got the first two parts is killed; Telegram does not hear that it stored the second.
    const cut = countParts();
    let stored = 0;
    balancer.use(async (update, bring) => {
      const part = cut(update);
      if (part > 2) return bring(second);
      const isTaken = await bring(first);
      if (part === 1) return isTaken;
      stored++;
      await until("both chats are so far", () => stored === places.length);
      process.kill(first.pid, "SIGKILL");
      return false;
    });
    await ask("again", [50, 60, 70]);
    await answered(2);
    for (const place of places) {
      // What the killed process had begun is begun once more; what was said before goes along.
      expect((await asked(server, `again ${place}`)).at(-1)).toEqual([20, 30, 40, 50, 60, 70]);
      expect(chat.seen(place).filter(({ fromBot }) => fromBot)).toHaveLength(2);
    }

    // A part that comes when the others are answered has their answer written anew.
    const late = countParts();
    balancer.use(async (update, bring) => {
      if (late(update) === 3) await answered(3);
      return bring(second);
    });
    await ask("late", [80, 90, 100]);
    const whole = [20, 30, 40, 50, 60, 70, 80, 90, 100];
    for (const place of places) {
      await until("it is asked anew", () => requestsWith(server, `late ${place}`).length === 2);
      expect(await asked(server, `late ${place}`)).toEqual([whole.slice(0, -1), whole]);
    }
    await until("that is shown", () => server.open() === 0);
    await answered(3);
    for (const place of places) expect(chat.seen(place).filter(({ fromBot }) => fromBot)).toHaveLength(3);
    expect(chat.complaints).toEqual([]);
  } finally {
    await stage.close();
  }
});
