import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { ChatCompletionRequest } from "@copilotkit/aimock";
import { loadConfig } from "../../src/config.ts";
import { openBot } from "../../src/main.ts";
import { adaptersFor } from "../support/adapters.ts";
import type { ChatEmulator } from "../support/chat-emulator.ts";

import { until } from "../support/until.ts";
import { root } from "../support/command-line.ts";
import { startDiscordEmulator } from "../support/discord/index.ts";
import { makeFolder } from "../support/folder.ts";
import { startModelServer } from "../support/model-server.ts";
import { startSlackEmulator } from "../support/slack/index.ts";
import { startTelegramEmulator } from "../support/telegram/index.ts";

const found = {
  results: [
    {
      url: "https://towers.example/eiffel",
      title: "Eiffel Tower",
      content: "The Eiffel Tower is 330 metres tall. It was completed on 31 March 1889.",
    },
  ],
};

/** Cites one source right, misquotes it, and invents another. */
const said = [
  'It is 330 metres tall [s1 "Eiffel Tower is 330 metres tall"].',
  'It opened in 1887 [s1 "completed on 31 March 1887"].',
  'A million lamps light it [s2 "a million lamps light it"].',
].join(" ");

function reply({ messages }: ChatCompletionRequest): object {
  return messages.at(-1)?.role === "tool"
    ? { content: said }
    : { toolCalls: [{ name: "search", arguments: '{"query":"Eiffel tower height"}' }] };
}

async function openSearch(): Promise<string> {
  const server = createServer((_, response) => response.end(JSON.stringify(found)));
  await new Promise<void>((done) => void server.listen(0, "127.0.0.1", done));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The whole bot as it is configured, with real sockets to its model, its search and its chat; `restart` ends it and starts another on the same data. */
async function openStage(start: () => Promise<ChatEmulator>) {
  const [server, chat, searxng] = await Promise.all([startModelServer(), start(), openSearch()]);
  server.mock.clearFixtures().addFixtures([{ match: {}, response: reply, chunkSize: 7 }]);
  const cwd = makeFolder({
    "parlance.yaml": [
      `providers: { lab: { kind: openai-chat, baseUrl: ${server.openAiUrl}, apiKey: sk-test } }`,
      "models: { smart: lab/one }",
      `search: { backends: [{ searxng: ${searxng} }] }`,
      "access: { servers: open }",
      "",
    ].join("\n"),
  });
  const open = async (): Promise<() => Promise<void>> => {
    const settings = loadConfig({ env: chat.environment, cwd });
    const personasFolder = join(root, "personas");
    const bot = await openBot({ ...settings, personasFolder, log: { level: "silent" } });
    const adapters = await adaptersFor(settings, bot.core);
    await bot.bot.work(adapters);
    for (const adapter of adapters) await adapter.start((inbound) => bot.bot.receive(adapter, inbound));
    await chat.ready();
    return async () => {
      await bot.bot.stop();
      await Promise.all(adapters.map((adapter) => adapter.stop()));
      await bot.close();
    };
  };
  let close = await open();
  onTestFinished(async () => {
    await close();
    await Promise.all([chat.stop(), server.stop()]);
  });
  return {
    chat,
    async restart() {
      await close();
      close = await open();
    },
  };
}

describe.each([
  ["Telegram", startTelegramEmulator],
  ["Discord", startDiscordEmulator],
  ["Slack", startSlackEmulator],
] as const)("citations on %s", (_, start) => {
  test("the true one stays, the receipt says what was removed, and its passage opens after a restart", async () => {
    const stage = await openStage(start);
    const { chat } = stage;
    await chat.say({ text: "How tall is the Eiffel tower?" });
    const bots = () => chat.seen().filter(({ fromBot }) => fromBot);
    const answer = await until("it is answered", () =>
      bots().find(({ buttons }) => buttons.includes("Passages")),
    );
    expect(answer.text).toContain("It is 330 metres tall [1]. It opened in 1887. A million lamps light it.");
    expect(answer.text).toMatch(
      /\[1\] Eiffel Tower \(https:\/\/towers\.example\/eiffel\) \(towers\.example\)/u,
    );
    expect(answer.text).toContain("1 claim without a source");
    expect(answer.text).toContain("1 claim that its source does not bear out");
    expect(answer.text).not.toMatch(/\bs[12]\b|\[2\]/u);

    await stage.restart();
    await chat.press(answer.id, "Passages");
    const shown = await until("the passage is shown", () =>
      bots().find(({ text }) => text.includes("What the answer rests on")),
    );
    expect(shown.text).toMatch(/The Eiffel Tower is 330 metres tall\W+ ?It was completed on 31 March 1889/u);
    expect(chat.complaints).toEqual([]);
  });
});
