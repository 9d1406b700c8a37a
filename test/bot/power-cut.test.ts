import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { createBot } from "../../src/bot.ts";
import type { Inbound, InboundMessage } from "../../src/chat.ts";
import type { Settings } from "../../src/core.ts";
import type { ModelRequest } from "../../src/providers/provider.ts";
import type { CouncilProgress } from "../../src/council/progress.ts";
import { councilSchema } from "../../src/council/schema.ts";
import { openStore } from "../../src/store/open.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import type { ConversationKey } from "../../src/store/store.ts";
import type { ModelStream } from "../../src/turn.ts";
import { type CouncilModel, councilModel, kindOf } from "../support/council.ts";
import { answer, attachment, edited, png } from "../support/events.ts";
import { novel } from "../support/book.ts";
import { fakeAdapter } from "../support/fake-adapter.ts";
import { makeFolder } from "../support/folder.ts";
import { storeWithPowerCut } from "../support/power.ts";
import { call, say as says, stop, type Script, type ScriptStep, usage } from "../support/scripted-model.ts";
import { testBot, testPersona } from "../support/test-core.ts";

interface Life {
  readonly persona?: Record<string, unknown>;
  readonly settings?: Partial<Settings>;
  readonly scripts: readonly Script[];
  /** Models of their own, which answer in both lives. */
  readonly streams?: Readonly<Record<string, ModelStream>>;
  /** What people do; done again after the cut, as platforms repeat what was not acknowledged. */
  happen(handle: (inbound: Inbound) => Promise<void>): Promise<void>;
}

/** Lives through something with the power cut at a write, then starts again on what was stored; the chat lives on. */
async function liveWithCut(life: Life, at: number, when: "before" | "after") {
  const dataFolder = makeFolder();
  const chat = fakeAdapter({ finds: true, uploads: true });
  const personas = [testPersona("assistant", life.persona)];
  const common = {
    personas,
    scripts: life.scripts,
    streams: life.streams ?? {},
    chat,
    pictureText: () => "안녕하세요",
    ...(life.settings && { settings: life.settings }),
  };

  const opened = await openStore({ dataFolder });
  const store = storeWithPowerCut(opened, at, when);
  const first = await testBot(common);
  const bot = createBot({ ...first.core, store });
  const lived = life.happen(async (inbound) => {
    await bot.receive(chat, inbound);
    await chat.dealtWith(inbound.id);
  });
  await Promise.race([lived, store.cut]);
  const wasCut = store.isCut();
  // What was on its way to the chat when the power went arrives.
  await sleep(1);
  await opened.close();
  const left = await openSqlite(dataFolder);
  const jobs = await left.query<{ council: string | null }>("SELECT council FROM job");
  await left.close();

  const second = await testBot({ ...common, dataFolder });
  const { inbox, turns } = second.core.store;
  const quiet = async (): Promise<void> => {
    while ((await inbox.pending(kim, 1)).length > 0) await sleep(1);
  };
  await second.bot.work([chat]);
  await life.happen(async (inbound) => {
    await second.bot.receive(chat, inbound);
    await quiet();
  });
  await quiet();
  await second.bot.stop();
  const stored = await turns.list(kim);
  const kept = await second.core.store.files.list(kim);
  const summary = await second.core.store.summaries.find(kim);
  const requests = [...first.model.requests, ...second.model.requests];
  await second.core.store.close();
  const database = await openSqlite(dataFolder);
  const events = await database.query("SELECT person, conversation, message, payload FROM event");
  await database.close();
  const standing = chat.posts.filter(({ isRemoved }) => !isRemoved);
  const shown = standing.filter(({ file }) => !file).map(({ answer }) => answer.text);
  return {
    wasCut,
    shown,
    files: standing.flatMap(({ file }) => (file ? [Buffer.from(file.data).toString("utf8")] : [])),
    stayed: kept,
    asked: requests.length,
    summed: requests.filter(({ instructions }) => instructions.startsWith("You write the notes")).length,
    summary: summary?.text,
    turns: stored,
    events,
    states: chat.posts.map((post) => post.answer.state),
    /** Of a council, at the cut. */
    kept: jobs.flatMap(({ council }) => JSON.parse(council ?? "null") as CouncilProgress | null),
    folds: standing.flatMap(({ answer }) => answer.folds?.map(({ text }) => text) ?? []).toSorted(),
  };
}

const kim = "fake:kim" as ConversationKey;

/** Says what the last message was. */
const echo = ({ messages }: Pick<ModelRequest, "messages">): readonly ScriptStep[] => {
  const last = messages.at(-1)?.parts[0];
  return [says(`You said ${last?.type === "text" ? last.text : ""}.`), usage(1, 1), stop()];
};

const place = {
  thread: "fake:kim",
  place: "dm",
  channelName: "Kim",
  author: { id: "fake:kim", name: "Kim" },
} as const;

const message = (id: string, text: string, more: Partial<InboundMessage> = {}): InboundMessage => ({
  ...place,
  id,
  type: "message",
  messageId: id,
  text,
  attachments: [],
  ...more,
});

describe.each(["before", "after"] as const)("when the power goes %s any write", (when) => {
  /** Cuts at the first write, then at the second, until there are no more. */
  async function atEachWrite(
    life: Life,
    check: (lived: Awaited<ReturnType<typeof liveWithCut>>, where: string) => void,
  ): Promise<void> {
    for (let at = 1; ; at++) {
      const lived = await liveWithCut(life, at, when);
      check(lived, `cut ${when} write ${at}`);
      if (!lived.wasCut) return expect(at).toBeGreaterThan(5);
    }
  }

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
        handle(message("m1", "what?", { attachments: [attachment("a.png", png, "image/png")] })),
    };
    await atEachWrite(life, ({ shown, asked }, where) => {
      expect(shown, where).toEqual(["I read in the picture:\n> 안녕하세요", "It says hello."]);
      expect(asked, where).toBeLessThanOrEqual(4);
    });
  });

  test("a file stays once, with its one turn, and is found in afterwards", async () => {
    const life: Life = {
      scripts: [answer("The answer."), answer("The answer."), answer("The answer.")],
      happen: (handle) =>
        handle(message("m1", "what?", { attachments: [attachment("a.txt", Buffer.from(novel(20)))] })),
    };
    await atEachWrite(life, ({ shown, turns, stayed }, where) => {
      expect(shown, where).toEqual(["The answer."]);
      expect(turns, where).toHaveLength(1);
      expect(stayed, where).toMatchObject([{ turn: turns[0]?.id, number: 1, name: "a.txt" }]);
    });
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
