import { eventually } from "../support/eventually.ts";
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { createTelegramAdapter } from "../../adapters/telegram/index.ts";
import type { Inbound } from "../../src/chat.ts";
import { loadConfig } from "../../src/config.ts";
import { UserError } from "../../src/errors.ts";
import { makeFolder } from "../support/folder.ts";
import { freePort, startTelegramEmulator, type TelegramEmulator } from "../support/telegram/index.ts";
import { closeAll, keep, optionsFor, wordsOf } from "../support/telegram/stage.ts";

afterEach(closeAll);

interface Opened {
  readonly port?: number;
  readonly secret?: string;
  readonly store?: (inbound: Inbound) => Promise<void>;
}

async function open(telegram: TelegramEmulator, { port, secret, store }: Opened = {}) {
  const received: Inbound[] = [];
  const log: string[] = [];
  const at = port ?? (await freePort());
  const url = `http://127.0.0.1:${at}/any/path`;
  const webhook = { url, port: at, ...(secret !== undefined && { secret }) };
  const adapter = keep(createTelegramAdapter({ ...optionsFor(telegram, log), webhook }));
  await adapter.start(async (inbound) => {
    await store?.(inbound);
    received.push(inbound);
  });
  await telegram.ready();
  return { adapter, received, log, url, port: at };
}

const post = async (url: string, body: string, secret?: string): Promise<number> => {
  const headers = { ...(secret !== undefined && { "x-telegram-bot-api-secret-token": secret }) };
  return (await fetch(url, { method: "POST", headers, body })).status;
};

describe("a webhook", () => {
  it("brings what people do, also twice under the same id, and lets nobody poll beside it", async () => {
    const telegram = keep(await startTelegramEmulator());
    const { adapter, received } = await open(telegram);
    expect(adapter.exclusive).toBeUndefined();
    telegram.faults.repeatNext();
    await telegram.say({ text: "one" });
    await telegram.say({ text: "two" });
    await eventually(() => expect(received.map(wordsOf)).toEqual(["one", "one", "two"]));
    expect(received[0]?.id).toBe(received[1]?.id);
    const root = telegram.environment["TELEGRAM_API_ROOT"];
    const token = telegram.environment["TELEGRAM_BOT_TOKEN"];
    expect(await post(`${root}/bot${token}/getUpdates`, "{}")).toBe(409);
  });

  it("answers only once an update is stored, and gets it again when it was not", async () => {
    const telegram = keep(await startTelegramEmulator());
    let tries = 0;
    const gate = Promise.withResolvers<void>();
    const store = async (): Promise<void> => {
      tries += 1;
      if (tries === 1) throw new Error("the disk is full");
      await gate.promise;
    };
    const { received, log } = await open(telegram, { store });
    await telegram.say({ text: "one" });
    await telegram.say({ text: "two" });
    await eventually(() => expect(tries).toBe(2));
    expect(received).toEqual([]);
    gate.resolve();
    await eventually(() => expect(received.map(wordsOf)).toEqual(["one", "two"]));
    expect(log.join("")).toContain("Telegram: a request could not be dealt with");
  });

  it("turns away what is not Telegram's, and tells those who ask that it lives", async () => {
    const telegram = keep(await startTelegramEmulator());
    const { received, url } = await open(telegram, { secret: "s3cret" });
    const forged = JSON.stringify({ update_id: 1, message: {} });
    expect(await post(url, forged)).toBe(401);
    expect(await post(url, forged, "s3cre")).toBe(401);
    expect(await post(url, "no JSON", "s3cret")).toBe(500);
    expect(await post(url, "x".repeat(2_000_000), "s3cret").catch(() => 413)).toBe(413);
    expect((await fetch(url)).status).toBe(200);
    expect((await fetch(url, { method: "PUT", body: "" })).status).toBe(405);
    expect(received).toEqual([]);
  });

  it("may be opened by several processes at once, which agree on the secret without being told", async () => {
    const telegram = keep(await startTelegramEmulator());
    const opened = await Promise.all([open(telegram), open(telegram)]);
    const secrets = telegram.calls
      .filter(({ method }) => method === "setWebhook")
      .map(({ args }) => String(args["secret_token"]));
    expect(new Set(secrets).size).toBe(1);
    expect(telegram.environment["TELEGRAM_BOT_TOKEN"]).not.toContain(secrets[0]);
    const update = { update_id: 1, message: telegram.world.write({ text: "hi" })[0] };
    for (const { url } of opened) expect(await post(url, JSON.stringify(update), secrets[0])).toBe(200);
    expect(opened.map(({ received }) => received.map(wordsOf))).toEqual([["hi"], ["hi"]]);
    const log = opened.flatMap(({ log }) => log).join("");
    expect(log).not.toContain(telegram.environment["TELEGRAM_BOT_TOKEN"]);
    expect(log).not.toContain(secrets[0]);
  });

  it("stays set when it stops, so that nothing is lost until the next start", async () => {
    const telegram = keep(await startTelegramEmulator());
    const { adapter, url, port } = await open(telegram);
    await adapter.stop();
    await expect(fetch(url)).rejects.toThrow(TypeError);
    await telegram.say({ text: "anyone there?" });
    const { received } = await open(telegram, { port });
    await eventually(() => expect(received.map(wordsOf)).toEqual(["anyone there?"]));
    expect(telegram.calls.map(({ method }) => method)).not.toContain("deleteWebhook");
  });

  it("waits for nobody who does not finish a request when it stops", async () => {
    const telegram = keep(await startTelegramEmulator());
    const { adapter, port } = await open(telegram);
    const stranger = connect(port, "127.0.0.1");
    stranger.write("POST / HTTP/1.1\r\nhost: bot\r\n");
    const cut = once(stranger.resume(), "close");
    await once(stranger, "connect");
    // Until the beginning has been read.
    await sleep(100);
    await adapter.stop();
    await cut;
  });

  it("says which port is taken, and what Telegram has against the address", async () => {
    const telegram = keep(await startTelegramEmulator());
    const { port } = await open(telegram);
    await expect(open(telegram, { port })).rejects.toThrow(new RegExp(`port ${port}`, "u"));
    const webhook = { url: "nonsense", port: await freePort() };
    const wrong = createTelegramAdapter({ ...optionsFor(telegram), webhook });
    await expect(wrong.start(async () => {})).rejects.toThrow(UserError);
  });

  it("is set up by the environment alone, and its secret is never shown", () => {
    const token = { TELEGRAM_BOT_TOKEN: "1:t", TELEGRAM_WEBHOOK_URL: "https://bot.example.org" };
    const load = (more: Record<string, string> = {}) =>
      loadConfig({ env: { ...token, ...more }, cwd: makeFolder() }).platforms.telegram;
    expect(load()?.webhook).toMatchObject({ url: "https://bot.example.org", port: 8080 });
    const telegram = load({ TELEGRAM_WEBHOOK_PORT: "8443", TELEGRAM_WEBHOOK_SECRET: "s3cret" });
    expect(telegram?.webhook).toMatchObject({ port: 8443, secret: "s3cret" });
    expect(JSON.stringify(telegram)).not.toContain("s3cret");
    expect(() => load({ TELEGRAM_WEBHOOK_PORT: "none" })).toThrow(UserError);
    expect(() => load({ TELEGRAM_WEBHOOK_SECRET: "not allowed" })).toThrow(UserError);
  });
});
