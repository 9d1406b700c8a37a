import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { ModelRequest } from "../../src/providers/provider.ts";
import { councilSchema } from "../../src/council/schema.ts";
import type { Tool } from "../../src/tools/tool.ts";
import { type CouncilModel, councilModel, kindOf } from "../support/council.ts";
import { answer, attachment, edited, png } from "../support/events.ts";
import { call, say as says, stop, type Script, type ScriptStep, usage } from "../support/scripted-model.ts";

import { atEachWrite as cutAtEachWrite, type Life, message, place } from "../support/power-cut.ts";
/** Says what the last message was. */
const echo = ({ messages }: Pick<ModelRequest, "messages">): readonly ScriptStep[] => {
  const last = messages.at(-1)?.parts[0];
  return [says(`You said ${last?.type === "text" ? last.text : ""}.`), usage(1, 1), stop()];
};

describe.each(["before", "after"] as const)("when the power goes %s any write", (when) => {
  const atEachWrite = (life: Life, check: Parameters<typeof cutAtEachWrite>[2]): Promise<void> =>
    cutAtEachWrite(when, life, check);

  test("a correction of a picture's text has it and its answer written anew, once", async () => {
    const script: Script = ({ messages }) =>
      answer(JSON.stringify(messages).includes("안녕하셔요") ? "new" : "old");
    const life: Life = {
      persona: { images: "transcribe" },
      scripts: [script, script, script, script],
      async happen(handle) {
        await handle(message("m1", "", { attachments: [attachment("a.png", png, "image/png")] }));
        const quoted = { author: "Bot", text: "", attachments: [], messageId: "0" };
        await handle(message("m2", "안녕하셔요", { quoted }));
      },
    };
    await atEachWrite(life, ({ shown, turns }, where) => {
      expect(shown, where).toEqual(["As you corrected it, the picture says:\n> 안녕하셔요", "new"]);
      const kept = turns.map(({ asked, posts }) => ({ asked, posts }));
      expect(kept, where).toEqual([{ asked: "m1", posts: { "s0.0": "0", 0: "1" } }]);
    });
  });

  test("a question has exactly one complete answer and one turn", async () => {
    const life: Life = {
      scripts: [answer("The whole answer."), answer("The whole answer.")],
      happen: (handle) => handle(message("m1", "hello")),
    };
    await atEachWrite(life, ({ shown, states, turns }, where) => {
      expect(shown, where).toEqual(["The whole answer."]);
      expect(states, where).toEqual(["done"]);
      expect(
        turns.map(({ posts }) => posts),
        where,
      ).toEqual([{ 0: "0" }]);
    });
  });

  test("a picture's transcript and the answer each stand once, and a tool that has run does not run again", async () => {
    const rounds: Script = ({ messages }) =>
      messages.some(({ role }) => role === "tool")
        ? [says("It says hello."), usage(1, 1), stop()]
        : [call("remember", { fact: "Kim likes tea." }), usage(1, 1), stop("tools")];
    const life: Life = {
      persona: { images: "transcribe", memory: "read-write" },
      scripts: Array.from({ length: 6 }, () => rounds),
      happen: (handle) =>
        handle(
          message("m1", "Kim likes tea. What is it?", {
            attachments: [attachment("a.png", png, "image/png")],
          }),
        ),
    };
    await atEachWrite(life, ({ shown, notices, asked }, where) => {
      expect(shown, where).toEqual(["I read in the picture:\n> 안녕하세요", "It says hello."]);
      expect(notices, where).toEqual(["Remembered: Kim likes tea."]);
      expect(asked, where).toBeLessThanOrEqual(4);
    });
  });

  test("no tool runs again whose result was stored, and no model is asked again for what called for it", async () => {
    let runs: string[] = [];
    const tool = (name: string, ms: number, more: Partial<Tool> = {}): Tool => ({
      name,
      description: name,
      input: z.strictObject({}),
      status: name,
      async run() {
        runs.push(name);
        await sleep(ms);
        return { text: name, note: { text: `${name} has run.`, actions: [] } };
      },
      ...more,
    });
    let rounds = 0;
    const script: Script = ({ messages }) => {
      if (messages.some(({ role }) => role === "tool")) return answer("So it is.");
      rounds++;
      return [call("slow", {}), call("quick", {}), usage(1, 1), stop("tools")];
    };
    const life: Life = {
      persona: { tools: ["quick", "slow"] },
      tools: [tool("quick", 0, { writes: true }), tool("slow", 40)],
      scripts: Array.from({ length: 6 }, () => script),
      happen: (handle) => handle(message("m1", "is it so?")),
    };
    const stored: number[] = [];
    await atEachWrite(life, ({ shown, notices, rounds: [left] }, where) => {
      const ended = left?.open?.results ?? left?.messages[1]?.parts ?? [];
      const results = ended.flatMap((each) => (each?.type === "tool-result" ? [each.name] : []));
      expect(shown, where).toEqual(["So it is."]);
      expect(notices.toSorted(), where).toEqual(["quick has run.", "slow has run."]);
      for (const name of results)
        expect(
          runs.filter((each) => each === name),
          where,
        ).toHaveLength(1);
      if (left) expect(rounds, where).toBe(1);
      stored.push(results.length);
      [runs, rounds] = [[], 0];
    });
    expect(stored).toEqual(expect.arrayContaining([1, 2]));
  });

  test("a council answers once, and asks no model again that had answered", async () => {
    let models: Readonly<Record<string, CouncilModel>> = {};
    const life: Life = {
      scripts: [],
      settings: { council: councilSchema.parse({ chair: "a/one" }) },
      get streams() {
        const names = ["a/one", "b/two", "c/three"];
        const made = names.map((name) => {
          const script = { answer: answer(`${name} says so.`), summary: answer("All say so.") };
          return [name, councilModel(name, names, script)] as const;
        });
        models = Object.fromEntries(made);
        return Object.fromEntries(made.map(([name, { stream }]) => [name, stream]));
      },
      happen: (handle) => handle(message("m1", "a/one, b/two, c/three: who says so?", { council: true })),
    };
    const keptAnswers: number[] = [];
    await atEachWrite(life, ({ shown, states, turns, folds, kept: [progress] }, where) => {
      expect(shown, where).toEqual([expect.stringMatching(/^All say so\.\n\n\| # \|/u)]);
      expect(states, where).toEqual(["done"]);
      expect(folds, where).toEqual(["a/one says so.", "b/two says so.", "c/three says so."]);
      expect(turns, where).toHaveLength(1);
      const calls = Object.values(models).flatMap(({ requests }) => requests.map(kindOf));
      const asked = (kind: string): number => calls.filter((each) => each === kind).length;
      const { answers = [], ballots = [] } = progress ?? {};
      keptAnswers.push(answers.length);
      expect(asked("answer"), where).toBeLessThanOrEqual(6 - answers.length);
      expect(asked("ranking"), where).toBeLessThanOrEqual(6 - ballots.length);
    });
    expect(keptAnswers).toEqual(expect.arrayContaining([1, 3]));
  });

  test("two questions are answered in order", async () => {
    const life: Life = {
      scripts: Array.from({ length: 6 }, () => echo),
      async happen(handle) {
        await handle(message("m1", "one"));
        await handle(message("m2", "two"));
      },
    };
    await atEachWrite(life, ({ shown, turns }, where) => {
      expect(shown, where).toEqual(["You said one.", "You said two."]);
      expect(turns, where).toHaveLength(2);
    });
  });

  test("an edit changes the one answer that stands", async () => {
    const life: Life = {
      scripts: Array.from({ length: 6 }, () => echo),
      async happen(handle) {
        await handle(message("m1", "one"));
        await handle(edited("m1", "two"));
      },
    };
    await atEachWrite(life, ({ shown, turns }, where) => {
      expect(shown, where).toEqual(["You said two."]);
      expect(turns, where).toHaveLength(1);
    });
  });

  test("a person's data is sent in one file, after one answer", async () => {
    const life: Life = {
      scripts: Array.from({ length: 6 }, () => echo),
      async happen(handle) {
        await handle(message("m1", "one"));
        await handle({ ...place, id: "c1", type: "command", name: "export", argument: "" });
      },
    };
    await atEachWrite(life, ({ shown, files }, where) => {
      expect(shown, where).toEqual(["You said one.", expect.stringContaining("1 question with")]);
      expect(files, where).toHaveLength(1);
      expect(files[0], where).toContain("You said one.");
    });
  });

  test("a person is forgotten all the same, is told so once, and nothing is answered anew", async () => {
    const life: Life = {
      scripts: Array.from({ length: 6 }, () => echo),
      async happen(handle) {
        await handle(message("m1", "one"));
        await handle({ ...place, id: "c1", type: "command", name: "forget", argument: "me yes" });
      },
    };
    await atEachWrite(life, ({ shown, turns, events }, where) => {
      expect(shown, where).toEqual(["You said one.", expect.stringContaining("I no longer know you")]);
      expect(turns, where).toEqual([]);
      const nobodys = { person: "", conversation: "", message: null, payload: "" };
      expect(events, where).toMatchObject([nobodys, nobodys]);
    });
  });

  test("an exchange is taken back once, or its person is told that nobody knows", async () => {
    const life: Life = {
      scripts: Array.from({ length: 6 }, () => echo),
      async happen(handle) {
        await handle(message("m1", "one"));
        await handle(message("m2", "two"));
        await handle({ ...place, id: "c1", type: "command", name: "undo", argument: "" });
      },
    };
    await atEachWrite(life, ({ shown, states, turns }, where) => {
      expect(shown.slice(0, 2), where).toEqual(["You said one.", "You said two."]);
      const isTold = states[2] === "failed";
      expect(turns.length, where).toBeLessThanOrEqual(isTold ? 2 : 1);
      expect(turns.length, where).toBeGreaterThan(0);
      expect(shown, where).toHaveLength(3);
    });
  });

  test("a conversation is summed up once, or its person is told that nobody knows", async () => {
    const long = "word ".repeat(600);
    const sums: Script = (request) =>
      request.instructions.startsWith("You write the notes") ? answer("Notes.") : echo(request);
    const life: Life = {
      scripts: Array.from({ length: 8 }, () => sums),
      settings: { historyTokens: 3_000 },
      async happen(handle) {
        await handle(message("m1", `one ${long}`));
        await handle(message("m2", `two ${long}`));
        await handle({ ...place, id: "c1", type: "command", name: "compact", argument: "" });
      },
    };
    await atEachWrite(life, ({ shown, states, summary, summed, turns }, where) => {
      expect(turns, where).toHaveLength(2);
      expect(shown, where).toHaveLength(3);
      expect(summed, where).toBeLessThanOrEqual(1);
      if (states[2] === "failed") return;
      expect(shown[2], where).toContain("is now a summary");
      expect(summary, where).toBe("Notes.");
    });
  });
});
