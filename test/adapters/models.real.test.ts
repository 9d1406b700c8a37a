import { describe, expect, test } from "vitest";
import type { ChatEmulator } from "../support/chat-emulator.ts";
import { createStage } from "../support/chat-stage.ts";
import { until } from "../support/until.ts";
import { startDiscordEmulator } from "../support/discord/index.ts";
import { type Script, say as says, stop, usage } from "../support/scripted-model.ts";
import { startSlackEmulator } from "../support/slack/index.ts";
import { startTelegramEmulator } from "../support/telegram/index.ts";

/** What people see of models on each platform: the real adapter and the whole core over its protocol. */

const marker = "zebra-crossing";
const thinks: Script = [
  { type: "thinking", text: `Hm, ${marker}.` },
  {
    type: "thought",
    part: {
      type: "thinking",
      text: `Hm, ${marker}.`,
      replay: { vendor: "openai", data: { secret: marker } },
    },
  },
  says("Four."),
  usage(10, 2),
  stop(),
];

describe.each<[string, () => Promise<ChatEmulator>]>([
  ["Telegram", startTelegramEmulator],
  ["Discord", startDiscordEmulator],
  ["Slack", startSlackEmulator],
])("on %s", (_platform, start) => {
  const stage = createStage(start);
  const { open, shown, finished, fromBot, text } = stage;

  test("thinking stays hidden in every place and every file", async () => {
    await open([thinks, thinks]);
    await stage.chat.say({ text: "2+2?" });
    await finished();
    await stage.chat.say({ text: "again?", place: "channel", mention: true });
    const place = await until("the channel is answered", () =>
      (["channel", "thread"] as const).find((each) => text(each).includes("Four.")),
    );
    await finished(place);
    await stage.chat.command("export", "");
    await until("the export is there", () => fromBot().some(({ files }) => files.length > 0));
    for (const where of ["dm", "channel", "thread"] as const) {
      expect(text(where)).not.toContain(marker);
      expect(stage.chat.statuses(where).join("\n")).not.toContain(marker);
      for (const { files } of fromBot(where))
        for (const { data } of files) expect(Buffer.from(data).toString()).not.toContain(marker);
    }
    expect(stage.bot.sent()).not.toContain(marker);
    expect(stage.chat.complaints).toEqual([]);
  });

  test("a button shows it, under the answer", async () => {
    await open([thinks]);
    await stage.chat.command("think", "");
    await shown("What it thinks is not shown.");
    const [asked] = fromBot();
    await stage.chat.press(asked?.id ?? "", "Show thinking");
    await shown("is shown folded with its answer");
    await stage.chat.say({ text: "2+2?" });
    await shown("10 in, 2 out");
    const answer = fromBot().find((seen) => seen.text.includes("Four."))?.text ?? "";
    expect(answer).toMatch(/Four\.[^]*Thinking[^]*Hm, zebra-crossing\./u);
    expect(stage.chat.complaints).toEqual([]);
  });

  test("/model and /usage answer in a direct message, with buttons and a picture", async () => {
    await open([thinks]);
    await stage.chat.command("model", "other/model");
    await shown("other/model answers here now.");
    await stage.chat.command("model", "");
    await shown("it was chosen in this conversation");
    expect(fromBot().at(-1)?.buttons).toEqual(["smart", "Back to default"]);
    await stage.chat.say({ text: "2+2?" });
    await shown("10 in, 2 out");
    await stage.chat.command("usage", "");
    const picture = await until("the picture is there", () => fromBot().flatMap(({ files }) => files)[0]);
    expect(picture.name).toMatch(/\.png$|^photo/u);
    expect(Buffer.from(picture.data).subarray(1, 4).toString()).toBe("PNG");
    expect(text()).toContain("This month: 1 answer, 12 tokens, $0.0010");
    expect(stage.chat.complaints).toEqual([]);
  });
});
