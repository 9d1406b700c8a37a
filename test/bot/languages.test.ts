import { describe, expect, it } from "vitest";
import { ProviderError } from "../../src/providers/provider.ts";
import { eventually } from "../support/eventually.ts";
import { fakeAdapter } from "../support/fake-adapter.ts";
import { makeFolder } from "../support/folder.ts";
import { say as says, stop, takeOver } from "../support/scripted-model.ts";
import { testBot } from "../support/test-core.ts";

const hello = [says("네."), stop()];
const busy = new ProviderError("rate-limit", { provider: "p", message: "busy", retryAfterMs: 20_000 });

const japanese = { author: { id: "fake:aki", name: "Aki", locale: "ja" } };

describe("the bot's own sentences", () => {
  it("are in the language of a person's platform, whatever they write in", async () => {
    const thought = Promise.withResolvers<void>();
    const { say, chat } = await testBot({ scripts: [[thought.promise, says("Hi."), stop("length")]] });
    const asked = say("What is the longest word in English?", japanese);
    await eventually(() => expect(chat.statuses).not.toEqual([]));
    thought.resolve();
    await asked;
    const { notices, actions } = chat.posts.at(-1)?.answer ?? { notices: [], actions: [] };
    expect(notices).toEqual(["回答が最大の長さに達しました。残りが必要なら「続けて」と言ってください。"]);
    expect(actions.map(({ label }) => label)).toEqual(["続ける", "もう一度", "ほかに聞く"]);
    expect(chat.statuses).toEqual(["考え中"]);
  });

  it("are in the language that a person writes in, where the platform tells of none", async () => {
    const { say, chat } = await testBot({
      scripts: [[...takeOver("other/model"), says("네."), stop()], [busy]],
    });
    await say("이 문장 번역해 줘");
    expect(chat.posts.at(-1)?.answer.notices).toEqual([
      "scripted/model 모델에 과부하가 걸려서 other/model 모델이 답했어요.",
    ]);
    await say("que significa 안녕하세요");
    expect(chat.posts.at(-1)?.answer.notices).toEqual([
      "El modelo recibe demasiadas peticiones. Vuelve a preguntar en 20 segundos, por favor.",
    ]);
  });

  it("are in the language of a person's own last question, where what they do has no words", async () => {
    const { say, command, last } = await testBot({ scripts: [hello, hello] });
    const there = { thread: "fake:club", place: "channel" } as const;
    const kim = { ...there, author: { id: "fake:kim", name: "Kim" } };
    const lee = { ...there, author: { id: "fake:lee", name: "李" } };
    await say("오늘 뭐 먹을까?", kim);
    await say("What should I eat today?", lee);
    await command("undo", "", lee);
    expect(last()).toBe("Taken back: “李: What should I eat today?” and its answer.");
    await command("undo", "", kim);
    expect(last()).toBe("“Kim: 오늘 뭐 먹을까?” 질문과 그 답변을 없던 일로 했어요.");
    await command("undo", "", kim);
    expect(last()).toBe("There is nothing to take back.");
  });

  it("are not in the language of a file that came with the last question", async () => {
    const { say, command, last } = await testBot({ scripts: [hello] });
    const data = Buffer.from(
      "What is this? It is the text of a file that the person sent along, and it is long.",
    );
    const file = { name: "notes.txt", mimeType: "text/plain", ref: data.toString("base64") };
    await say("요약해 줘", { attachments: [file] });
    await command("new");
    expect(last()).toBe("새로 시작할게요. 이전에 나눈 말은 이제 보지 않아요.");
  });

  it("name what could not be used, whole", async () => {
    const { say, chat } = await testBot({ scripts: [hello] });
    const file = {
      name: "book.pdf",
      mimeType: "application/pdf",
      ref: Buffer.from("%PDF-1.7").toString("base64"),
    };
    await say("요약해 줘", { attachments: [file] });
    expect(chat.posts.at(-1)?.answer.notices).toEqual([
      "book.pdf 파일은 쓰지 못했어요. 손상되었거나 잘려서 PDF 파일로 읽을 수 없어요.",
    ]);
  });

  it("stay in that language when another process shows the answer", async () => {
    const dataFolder = makeFolder();
    const chat = fakeAdapter();
    const first = await testBot({ scripts: [[says("Hi."), "wait"]], chat, dataFolder });
    const asked = first.say("この文を翻訳してください");
    while (chat.posts.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await first.bot.stop();
    await asked;
    expect(chat.posts[0]?.answer.text).toContain("再起動しています。");
    expect(chat.posts[0]?.answer.language).toBe("ja");
  });
});
