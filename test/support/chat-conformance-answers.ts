import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { answer, type ChatStage } from "./chat-stage.ts";
import { until } from "./until.ts";
import { say as says, stop, usage } from "./scripted-model.ts";
import { smoke } from "./smoke.ts";

/** 60,000 characters with what is hard to split: fences with fences inside, a long table, CJK, nested lists. */
export function longAnswer(): string {
  const sections: string[] = [];
  for (let index = 0; sections.join("\n\n").length < 60_000; index++) {
    sections.push(
      `## Section ${index}`,
      `Paragraph ${index} with **bold words**, *others* and \`code\`. ${`Sentence ${index} says a little more. `.repeat(12)}`,
      `${index}번째 문단입니다. ${"오늘은 날씨가 좋아서 산책을 했어요. ".repeat(10)}`,
      `- item ${index}.1\n  - nested ${index}.1.1\n- item ${index}.2`,
      `\`\`\`ts\n${Array.from({ length: 20 }, (_, line) => `const value${index}_${line} = "${"x".repeat(20)}";`).join("\n")}\n\`\`\``,
      `\`\`\`\`md\nOuter ${index}\n\`\`\`js\ninner${index}()\n\`\`\`\n\`\`\`\``,
    );
  }
  const rows = Array.from({ length: 40 }, (_, row) => `| row${row} | 값 ${row} | ${row * 7} |`);
  return [
    ...sections,
    `| name | 이름 | number |\n| --- | --- | ---: |\n${rows.join("\n")}`,
    "The very end.",
  ].join("\n\n");
}

/** The words of an answer that must all arrive, in order. */
const landmarks = (text: string): string[] =>
  text.match(/Section \d+|nested [\d.]+|value\d+_\d+|inner\d+|row\d+|\d+번째|The very end/gu) ?? [];

/** Long answers, many people, and a platform in trouble; a part of `testChat`. */
export function testAnswers(stage: ChatStage): void {
  const { open, shown, finished, fromBot, text } = stage;

  describe("a long answer", () => {
    test("arrives complete, in order, within the platform's limits", async () => {
      const long = longAnswer();
      await open([answer(long)]);
      await stage.chat.say({ text: "tell me everything" });
      await until(`the end is there; the last message is ${fromBot().at(-1)?.text.slice(-200)}`, () =>
        text().includes("The very end"),
      );
      await finished();
      expect(landmarks(text())).toEqual(landmarks(long));
      expect(stage.chat.complaints).toEqual([]);
    });

    test("shows code and tables in a form that can be read", async () => {
      const code = 'const greeting = "안녕";\nconsole.log(`${greeting}!`);';
      await open([
        answer(`Look:\n\n\`\`\`js\n${code}\n\`\`\`\n\n| a | b |\n| - | - |\n| cell 1 | 칸 2 |\n\nDone.`),
      ]);
      await stage.chat.say({ text: "go" });
      await finished();
      for (const line of code.split("\n")) expect(text()).toContain(line);
      expect(text()).toContain("cell 1");
      expect(text()).toContain("칸 2");
      expect(text()).not.toContain("| - |");
      expect(stage.chat.complaints).toEqual([]);
    });

    test("brings very long code as a file", async () => {
      const code = Array.from({ length: 900 }, (_, line) => `print("line ${line} 줄")`).join("\n");
      await open([answer(`Here it is:\n\n\`\`\`python\n${code}\n\`\`\`\n\nThat was all.`)]);
      await stage.chat.say({ text: "go" });
      await until("the file is there", () => fromBot().some(({ files }) => files.length > 0));
      await finished();
      const [file] = fromBot().flatMap(({ files }) => files);
      expect(file?.name).toBe("code-1.py");
      expect(Buffer.from(file?.data ?? "").toString()).toBe(`${code}\n`);
      expect(text()).toContain("code-1.py");
      expect(text()).toContain("That was all.");
      expect(text()).not.toContain("line 500");
      expect(stage.chat.complaints).toEqual([]);
    });

    test("grows in the same messages while it is written", async () => {
      const words = Array.from({ length: 30 }, (_, index) => `word${index} `);
      await open([[...words.map((word) => says(word)), usage(1, 1), stop()]]);
      await stage.chat.say({ text: "go" });
      await finished();
      expect(fromBot()).toHaveLength(1);
      expect(text()).toContain("word0 word1 word2");
    });
  });

  test("a process that does not listen says, changes and takes back what an answer is made of", async () => {
    await open([answer("Hello.")]);
    await stage.chat.say({ text: "hello" });
    await finished();
    // A deleted file may leave an empty message.
    const standing = (): number =>
      fromBot().filter(({ text, files }) => text !== "" || files.length > 0).length;
    const before = standing();
    const [thread] = stage.heard;
    const apart = await stage.apart();
    if (thread === undefined) throw new Error("there is nothing to talk to");
    await smoke(apart, thread);
    await apart.close?.();
    expect(standing()).toBe(before);
    expect(stage.chat.complaints).toEqual([]);
  });

  describe("two people at once", () => {
    test("get their own answers in their own places", async () => {
      const echo = (request: { messages: readonly { parts: readonly unknown[] }[] }) =>
        answer(
          `You said ${JSON.stringify(request.messages.at(-1)?.parts).includes("tea") ? "tea" : "coffee"}.`,
        ) as never;
      await open([echo, echo]);
      await Promise.all([
        stage.chat.say({ text: "tea", as: "Kim" }),
        stage.chat.say({ text: "coffee", as: "Mina" }),
      ]);
      await finished(undefined, "Kim");
      await finished(undefined, "Mina");
      expect(text(undefined, "Kim")).toContain("You said tea.");
      expect(text(undefined, "Mina")).toContain("You said coffee.");
    });
  });

  describe("when the platform is in trouble", () => {
    test("an event that comes twice is answered once", async () => {
      await open([answer("Once."), answer("Twice.")]);
      stage.chat.faults.repeatNext();
      await stage.chat.say({ text: "hello" });
      await finished();
      await sleep(300);
      expect(stage.bot.model.requests).toHaveLength(1);
    });

    test("a connection that is cut comes back by itself", async () => {
      await open([answer("Before."), answer("After.")]);
      await stage.chat.say({ text: "one" });
      await shown("Before.");
      stage.chat.faults.cutConnections();
      await stage.chat.ready();
      await stage.chat.say({ text: "two" });
      await until(`the second answer is there; so far ${text()}`, () => text().includes("After."));
    });

    test("the answer comes when the platform is down for a while in the middle of it", async () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      await open([[says("The beginning"), promise, says(" and the end."), usage(1, 1), stop()]]);
      await stage.chat.say({ text: "go" });
      await until("the model was asked", () => stage.bot.model.requests.length === 1);
      await sleep(100);
      stage.chat.faults.downFor(10_000);
      resolve();
      await until("the answer is finished", () => text().includes("scripted/model"));
      expect(text()).toContain("The beginning and the end.");
      expect(text().match(/The beginning/gu)).toHaveLength(1);
    });

    test("the answer is complete when the platform asks to wait in the middle of it", async () => {
      const words = Array.from({ length: 40 }, (_, index) => `word${index} `);
      await open([[...words.map((word) => says(word)), usage(1, 1), stop()]]);
      stage.chat.faults.limit(2, 1_000);
      await stage.chat.say({ text: "go" });
      await finished();
      expect(text()).toContain("word0 word1 word2");
      expect(text()).toContain("word39");
    });
  });
}
