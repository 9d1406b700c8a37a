import { eventually } from "../support/eventually.ts";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { Writable } from "node:stream";
import { pino } from "pino";
import { describe, expect, it } from "vitest";
import { createSlackAdapter, type SlackOptions } from "../../adapters/slack/index.ts";
import { freePort } from "../support/slack/free-port.ts";
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

describe("stopping", () => {
  it("waits for nobody who does not finish a request, with a signature or without", async () => {
    const port = await freePort();
    const chat = await startSlack(({ signingSecret }) => ({
      connection: { type: "http", signingSecret, port },
    }));
    const stranger = connect(port, "127.0.0.1");
    stranger.write("POST /slack/events HTTP/1.1\r\nhost: bot\r\ncontent-length: 100\r\n\r\n{");
    const cut = once(stranger.resume(), "close");
    await once(stranger, "connect");
    // Until the beginning has been read.
    await sleep(100);
    await chat.stop();
    await cut;
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
    await eventually(() => expect(chat.slack.opened).toBe(2));
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
    expect(chat.slack.complaints).toEqual([]);
    await chat.stop();
  });

  it("tells by HTTP that it lives, and reads no more of what nobody signed than an event has", async () => {
    const port = await freePort();
    const chat = await startSlack(({ signingSecret }) => ({
      connection: { type: "http", signingSecret, port },
    }));
    const url = `http://127.0.0.1:${port}/slack/events`;
    expect((await fetch(url)).status).toBe(200);
    const large = await fetch(url, { method: "POST", body: "x".repeat(2_000_000) }).catch(() => undefined);
    expect(large?.status ?? 413).toBe(413);
    expect((await fetch(url, { method: "POST", body: "x" })).status).toBe(401);
    await chat.stop();
  });

  it.each([
    ["forged", 0, "another secret"],
    ["ten minutes old", 600, undefined],
  ])("does not hear by HTTP what is %s", async (_, ageSeconds, secret) => {
    const port = await freePort();
    const chat = await startSlack(({ signingSecret }) => ({
      connection: { type: "http", signingSecret, port },
    }));
    const event = {
      type: "message",
      channel: "D002",
      channel_type: "im",
      user: "U002",
      text: "hi",
      ts: "1.2",
    };
    const body = JSON.stringify({ type: "event_callback", team_id: "T001", event });
    const post = async (at: number, key: string) => {
      const signature = createHmac("sha256", key).update(`v0:${at}:${body}`).digest("hex");
      const headers = {
        "content-type": "application/json",
        "x-slack-request-timestamp": String(at),
        "x-slack-signature": `v0=${signature}`,
      };
      return (await fetch(`http://127.0.0.1:${port}/slack/events`, { method: "POST", headers, body })).status;
    };
    const now = Math.floor(Date.now() / 1000);
    expect(await post(now - ageSeconds, secret ?? chat.slack.signingSecret)).toBe(401);
    expect(chat.inbounds).toEqual([]);
    expect(await post(now, chat.slack.signingSecret)).toBe(200);
    expect(chat.inbounds).toHaveLength(1);
    await chat.stop();
  });
});
