import { describe, expect, it } from "vitest";
import { slackManifest } from "../../adapters/slack/manifest.ts";
import { blocksOf, renderAnswer } from "../../adapters/slack/render.ts";
import { mentions, readable } from "../../adapters/slack/text.ts";
import { bot, done, growing } from "../support/slack/harness.ts";
import { refusalOf } from "../support/slack/limits.ts";
import { plainBlocks } from "../support/slack/plain.ts";

const receipt = {
  model: "openai/gpt-5",
  usage: { inputTokens: 1200, cachedTokens: 1000, cacheWriteTokens: 0, outputTokens: 80, thinkingTokens: 40 },
  costUsd: 0.0042,
  tools: ["search"],
  elapsedMs: 4200,
};
const actions = [
  { token: "a-1", label: "Again" },
  { token: "a-2", label: "Stop" },
];

describe("an answer in Slack", () => {
  it("is its Markdown as it came, with what is behind it quietly under it", () => {
    const sources = [{ url: "https://example.org/a?b&c", title: "A & B" }, { url: "https://example.org" }];
    const answer = { ...done("**Yes**."), sources, notices: ["One file was left out."], receipt, actions };
    const [message, ...more] = renderAnswer({ ...answer, footer: "short" });
    expect(more).toEqual([]);
    const blocks = message ? blocksOf(message, () => true) : [];
    expect(blocks.map(({ type }) => type)).toEqual(["markdown", "context", "context", "context", "actions"]);
    expect(plainBlocks(blocks)).toBe(
      [
        "Yes.",
        "[1] A & B (https://example.org/a?b&c) (example.org)",
        "[2] https://example.org (https://example.org)",
        "One file was left out.",
        "openai/gpt-5 · 1.2k in, 80 out · $0.0042",
      ].join("\n"),
    );
  });

  it("folds a full receipt", () => {
    const [message] = renderAnswer({ ...done("Yes."), receipt, footer: "full" });
    expect(message?.tail).toEqual([
      {
        type: "fold",
        title: "openai/gpt-5 · 1.2k in, 80 out · $0.0042",
        text: "openai/gpt-5\n1.2k in, 80 out\n$0.0042\n83 % cached\n40 thinking\ntools: search\n4.2 s",
      },
    ]);
  });

  it("shows its buttons on the last message alone, while it grows and afterwards", () => {
    for (const state of ["growing", "done"] as const) {
      const messages = renderAnswer({ ...done("word ".repeat(5000)), state, actions });
      const withButtons = messages.map(({ tail }) => tail.some(({ type }) => type === "actions"));
      expect(withButtons).toEqual([false, false, true]);
    }
  });

  it("says in plain words what went wrong when there is no answer", () => {
    const [message] = renderAnswer({ ...done(""), state: "failed", notices: ["The model is overloaded."] });
    expect(message).toMatchObject({ text: "The model is overloaded.", tail: [] });
  });

  it("calls no channel together", () => {
    expect(renderAnswer(done("Hey <!channel> and <!here|all>"))[0]?.text).toBe("Hey @channel and @here");
  });

  it("keeps within what Slack takes, and loses nothing, however much there is of everything", () => {
    const thinking = Array.from({ length: 3000 }, (_, line) => `thought ${line} "quoted" 생각`).join("\n");
    const sources = Array.from({ length: 150 }, (_, index) => ({
      url: `https://example.org/${"path/".repeat(20)}${index}`,
      title: `Title ${index}`,
    }));
    const text = "A long **story** 이야기. ".repeat(2000);
    const messages = renderAnswer({ ...done(text), thinking, sources, receipt, footer: "full", actions });
    const blocks = messages.map((message) => blocksOf(message, () => true));
    for (const each of blocks) expect(refusalOf(each, { containers: true })).toBeUndefined();
    for (const message of messages)
      expect(
        refusalOf(
          blocksOf(message, () => false),
          { containers: false },
        ),
      ).toBeUndefined();
    const seen = blocks.map(plainBlocks).join("\n");
    expect(seen.match(/story/gu)).toHaveLength(2000);
    expect(seen.match(/thought \d+ "quoted" 생각/gu)).toHaveLength(3000);
    expect(seen.match(/Title \d+ \(/gu)).toHaveLength(150);
  });

  it("leaves earlier messages as they are while it grows", () => {
    const text = Array.from({ length: 400 }, (_, index) => `Paragraph ${index}. ${"Some words. ".repeat(8)}`);
    const settled = new Map<number, string>();
    for (let count = 120; count <= text.length; count += 20) {
      const messages = renderAnswer(growing(text.slice(0, count).join("\n\n")));
      for (const [index, message] of messages.slice(0, -2).entries()) {
        expect(message.text).toBe(settled.get(index) ?? message.text);
        settled.set(index, message.text);
      }
    }
    expect(settled.size).toBeGreaterThan(1);
  });
});

describe("Slack's markup", () => {
  const names = {
    person: async (id: string) => `Name of ${id}`,
    channel: async (id: string) => `#name-of-${id}`,
  };
  const read = (text: string) => readable(text, { names, user: "UBOT" });

  it.each([
    ["<@UBOT> hello", "hello"],
    ["hello <@UBOT>, hi", "hello, hi"],
    ["ask <@U1> in <#C1|general> or <#C2>", "ask @Name of U1 in #general or #name-of-C2"],
    ["<!here> and <!subteam^S1|@team>", "@here and @team"],
    ["<https://a.org/x|the page> and <https://a.org>", "the page (https://a.org/x) and https://a.org"],
    ["<http://a.org|a.org> <mailto:k@a.org|k@a.org>", "http://a.org k@a.org"],
    ["1 &lt; 2 &amp;amp; 3 &gt; 2", "1 < 2 &amp; 3 > 2"],
    ["```\nif (a &lt; b)  {\n    go();\n}\n```", "```\nif (a < b)  {\n    go();\n}\n```"],
  ])("reads %j as people do", async (markup, text) => {
    expect(await read(markup)).toBe(text);
  });

  it("tells who is addressed", () => {
    expect(mentions("hi <@U1>", "U1")).toBe(true);
    expect(mentions("hi <@U1|kim>", "U2")).toBe(false);
    expect(mentions("hi <@U1>")).toBe(true);
    expect(mentions("mail <mailto:a@b|a@b>")).toBe(false);
  });
});

describe("the manifest of the Slack app", () => {
  it("asks for what the bot uses, and lists what it offers", () => {
    const { features, settings, oauth_config } = slackManifest(bot);
    expect(features.slash_commands).toMatchObject([{ command: "/parlance", should_escape: true }]);
    expect(features.shortcuts).toMatchObject([
      { type: "message", name: "Translate in detail", callback_id: "persona:translate" },
    ]);
    expect(settings).toMatchObject({ socket_mode_enabled: true, interactivity: { is_enabled: true } });
    expect(oauth_config.scopes.bot).toContain("chat:write");
  });

  it("has no empty list, which Slack refuses, and no more shortcuts than it takes", () => {
    expect(slackManifest({ ...bot, shortcuts: [] }).features).not.toHaveProperty("shortcuts");
    const shortcuts = Array.from({ length: 12 }, (_, index) => ({
      persona: `p${index}`,
      label: `P${index}`,
    }));
    expect(slackManifest({ ...bot, shortcuts }).features.shortcuts).toHaveLength(10);
  });

  it("sends events to an address instead", () => {
    const eventsUrl = "https://bot.example.org/slack/events";
    const { features, settings } = slackManifest(bot, { eventsUrl });
    expect(settings.socket_mode_enabled).toBe(false);
    expect(settings.event_subscriptions).toMatchObject({ request_url: eventsUrl });
    expect(settings.interactivity).toMatchObject({ request_url: eventsUrl });
    expect(features.slash_commands[0]).toMatchObject({ url: eventsUrl });
  });
});
