import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Writable } from "node:stream";
import { pino } from "pino";
import { describe, expect, it, vi } from "vitest";
import { createSlackAdapter, type SlackOptions } from "../../adapters/slack/index.ts";
import { slackOptions, startSlack } from "../support/slack/harness.ts";
import { startSlackEmulator } from "../support/slack/index.ts";

/** A log whose sentences can be read. */
function listeningLog() {
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _, done) {
      lines.push((JSON.parse(chunk.toString()) as { msg: string }).msg);
      done();
    },
  });
  return { log: pino({ level: "info" }, sink), lines };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

describe("starting", () => {
  it.each<[string, Partial<SlackOptions>, RegExp]>([
    [
      "a wrong bot token",
      { botToken: "xoxb-wrong" },
      /SLACK_BOT_TOKEN: it is not one that Slack knows\. Copy the Bot User/u,
    ],
    ["a revoked bot token", { botToken: "xoxb-revoked" }, /SLACK_BOT_TOKEN: it was revoked; install/u],
    [
      "a wrong app token",
      { connection: { type: "socket", appToken: "xapp-wrong" } },
      /SLACK_APP_TOKEN: it is not one that Slack knows\. Copy an app-level token/u,
    ],
    ["no network", { apiUrl: "http://127.0.0.1:1/api/" }, /Slack can't be reached/u],
  ])("says what to do about %s", async (_, changes, sentence) => {
    const slack = await startSlackEmulator();
    const adapter = createSlackAdapter({ ...slackOptions(slack), ...changes });
    await expect(adapter.start(async () => {})).rejects.toThrow(sentence);
    await adapter.stop();
    await slack.stop();
  });

  it("says which scopes are missing", async () => {
    const slack = await startSlackEmulator();
    slack.has.scopes = ["chat:write", "im:history"];
    const adapter = createSlackAdapter(slackOptions(slack));
    const sentence = /lacks the scopes app_mentions:read, users:read/u;
    await expect(adapter.start(async () => {})).rejects.toThrow(sentence);
    await slack.stop();
  });

  it("says that its port is taken", async () => {
    const port = await freePort();
    const other = createServer().listen(port);
    const slack = await startSlackEmulator();
    const connection = { type: "http", signingSecret: slack.signingSecret, port } as const;
    const adapter = createSlackAdapter({ ...slackOptions(slack), connection });
    await expect(adapter.start(async () => {})).rejects.toThrow(`port ${port}`);
    other.close();
    await slack.stop();
  });
});

describe("a connection", () => {
  it("comes back by itself after Slack was down, and says so once", async () => {
    const { log, lines } = listeningLog();
    const chat = await startSlack(() => ({ log }));
    chat.slack.faults.downFor(1500);
    chat.slack.faults.cutConnections();
    await chat.slack.say({ text: "still there?" });
    expect(await chat.heardMessage()).toMatchObject({ text: "still there?" });
    expect(lines).toEqual([
      expect.stringMatching(/can't be reached.*I keep trying/u),
      "Slack is connected again",
    ]);
    await chat.stop();
  });

  it("comes back without a word when Slack asks it to", async () => {
    const { log, lines } = listeningLog();
    const chat = await startSlack(() => ({ log }));
    chat.slack.refreshConnection();
    await vi.waitFor(() => expect(chat.slack.opened).toBe(2), { timeout: 10_000 });
    await chat.slack.say({ text: "still there?" });
    expect(await chat.heardMessage()).toMatchObject({ text: "still there?" });
    expect(lines).toEqual([]);
    await chat.stop();
  });

  it("hears by HTTP what is signed, and acknowledges it in time", async () => {
    const port = await freePort();
    const eventsUrl = `http://127.0.0.1:${port}/slack/events`;
    const chat = await startSlack(
      ({ signingSecret }) => ({ connection: { type: "http", signingSecret, port } }),
      { eventsUrl },
    );
    await chat.slack.say({ text: "hello" });
    await chat.slack.command("persona", "tutor");
    expect((await chat.heard(2)).map(({ type }) => type)).toEqual(["message", "command"]);
    const forged = { "x-slack-request-timestamp": "1", "x-slack-signature": "v0=00" };
    expect((await fetch(eventsUrl, { method: "POST", headers: forged, body: "{}" })).status).toBe(401);
    expect(chat.slack.complaints).toEqual([]);
    await chat.stop();
  });
});
