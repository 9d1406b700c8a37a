import { describe, expect, test } from "vitest";
import { ProviderError } from "../../src/providers/provider.ts";
import { answer, createStage } from "../support/chat-stage.ts";
import { until } from "../support/until.ts";
import { startDiscordEmulator } from "../support/discord/index.ts";
import { startSlackEmulator } from "../support/slack/index.ts";
import { startTelegramEmulator } from "../support/telegram/index.ts";

const unreachable = new ProviderError("unreachable", { provider: "scripted", message: "gone" });

describe.each([
  ["Discord", startDiscordEmulator],
  ["Slack", startSlackEmulator],
  ["Telegram", startTelegramEmulator],
])("a Korean on %s", (_, start) => {
  const stage = createStage(() => start());
  const { open, shown, text } = stage;

  test("who has chosen Korean reads help, what is kept, a refusal and an error in Korean", async () => {
    await open([answer("안녕하세요, 김 님."), [unreachable]], {
      limits: { person: { messages: { day: 2 } } },
    });
    stage.chat.chooseLocale("Kim", "ko");

    await stage.chat.command("help", "");
    await shown("/new: 대화를 새로 시작해요. 페르소나와 모델은 그대로예요");
    await stage.chat.command("privacy", "");
    await shown("보관하는 것: 없어요.");
    await shown("어디에: 이 봇의 데이터베이스에 있어요.");
    await stage.chat.command("scope", "shared");
    await shown("이 대화는 혼자만의 것이라 정할 것이 없어요.");

    await stage.chat.say({ text: "안녕하세요" });
    await shown("안녕하세요, 김 님.");
    await until("the buttons are there", () =>
      stage.fromBot().some(({ buttons }) => buttons.includes("다시")),
    );
    await stage.chat.say({ text: "지금 몇 시야?" });
    await shown("지금 모델에 연결할 수 없어요. 1분쯤 뒤에 다시 물어봐 주세요.");
    // Discord tells of it with commands alone, and it is kept in mind.
    await stage.chat.say({ text: "What about the weather?" });
    await shown("오늘 물을 수 있는 질문 2개를 모두 물었어요.");
    // The two commands that have yet to be translated.
    const translated = text().replaceAll(/^.*\/(?:model|memory) \[.*$/gmu, "");
    expect(translated).not.toMatch(/please|sorry|the model|you have/iu);
    expect(stage.chat.complaints).toEqual([]);
  });

  test("of whose language nothing is known reads what they write in", async () => {
    await open([[unreachable]], { access: { directMessages: "pairing" } });
    stage.chat.chooseLocale("Sora", undefined);
    await stage.chat.say({ text: "번역 좀 해 줄래?", as: "Sora" });
    const refusal =
      /아직 모르는 분이에요\. 관리자가 허용해 줄 수 있어요\. 코드: (?<code>[A-Z\d]{3}-[A-Z\d]{3})\./u;
    const code = await until("a code is told", () => refusal.exec(text("dm", "Sora"))?.groups?.["code"]);
    await stage.bot.core.access.allow(code, "test");
    await stage.chat.say({ text: "다시 물어볼게. 이 문장 번역해 줘", as: "Sora" });
    await shown("지금 모델에 연결할 수 없어요.", "dm", "Sora");
  });
});
