import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startDiscordEmulator } from "./support/discord/index.ts";
import { makeFolder } from "./support/folder.ts";
import { startModelServer } from "./support/model-server.ts";
import { type PostgresServer, startPostgres } from "./support/postgres.ts";
import { startParlance } from "./support/process.ts";
import { until } from "./support/until.ts";

let postgres: PostgresServer;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.close());

/** A way to the database: when the server has missed a suspended host, that one hears nothing of it. */
async function openWire(url: string): Promise<{ readonly url: string; close(): void }> {
  const { port } = new URL(url);
  const wire = createServer((near) => {
    const there = connect(Number(port), "127.0.0.1");
    near.on("data", (data) => (there.destroyed ? near.resetAndDestroy() : there.write(data)));
    there.on("data", (data) => near.write(data));
    near.on("close", () => there.destroy()).on("error", () => undefined);
    there.on("error", () => undefined);
  }).listen(0, "127.0.0.1");
  await once(wire, "listening");
  const through = new URL(url);
  through.host = `127.0.0.1:${(wire.address() as AddressInfo).port}`;
  return {
    url: through.href,
    close: () => void wire.close(),
  };
}

test("a process that was suspended while its answer grew, and goes on, writes nothing over another's final text", async () => {
  const url = await postgres.createStoreDatabase();
  const wire = await openWire(url);
  const chat = await startDiscordEmulator();
  const server = await startModelServer({ chunkSize: 20, latency: 50 });
  server.enqueue({ content: "Growing still. ".repeat(400) }, { content: "This is the whole answer." });
  const cwd = makeFolder({
    "parlance.yaml": `providers: { openai: { baseUrl: ${server.openAiUrl}, apiKey: sk-test } }\n`,
  });
  const start = (name: string, address: string) => {
    const env = { DATABASE_URL: address, PARLANCE_DATA: join(cwd, name) };
    return startParlance({ ...chat.environment, ...env }, cwd);
  };
  const texts = () => chat.seen().flatMap(({ fromBot, text }) => (fromBot ? [text] : []));
  const processes = [start("first", wire.url)];
  const [first] = processes;
  try {
    await chat.ready();
    await chat.say({ text: "What is the answer?" });
    await until("its answer grows", () => chat.seen().some(({ edits }) => edits > 0));
    // The next edit is being waited for, and there is more to be shown.
    await sleep(400);
    process.kill(first?.pid ?? 0, "SIGSTOP");
    processes.push(start("second", url));
    await until("the other one has answered", () => texts().some((text) => text.includes("openai/")));
    const final = texts();
    process.kill(first?.pid ?? 0, "SIGCONT");
    await until("the first one has noticed", () => first?.log().includes("claims is lost") === true);
    await sleep(1_500);
    expect(texts()).toEqual(final);
    expect(final).toHaveLength(1);
    expect(final[0]).toMatch(/^This is the whole answer\./u);
  } finally {
    process.kill(first?.pid ?? 0, "SIGCONT");
    await Promise.all(processes.map((each) => each.end()));
    wire.close();
    await Promise.all([chat.stop(), server.stop()]);
  }
});
