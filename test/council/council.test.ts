import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { councilSchema } from "../../src/council/schema.ts";
import { type CouncilModel, councilModel, failing, kindOf, lastText } from "../support/council.ts";
import { answer, attachment, inChannel, png, pressed } from "../support/events.ts";
import { fakeAdapter } from "../support/fake-adapter.ts";
import { call, say, stop, usage } from "../support/scripted-model.ts";
import { testBot, type TestBot, testPersona, type TestBotOptions } from "../support/test-core.ts";

const taste = ["Seoul", "Busan", "Jeju"];
const summary = answer("All agree that it is in Korea. One of three disagrees: Jeju.");
type Member = Parameters<typeof councilModel>[2];

const three = (changes: Readonly<Record<string, Member>> = {}) => ({
  "a/one": councilModel("a/one", taste, { answer: answer("Seoul."), summary, ...changes["a/one"] }),
  "b/two": councilModel("b/two", taste, { answer: answer("Busan."), summary, ...changes["b/two"] }),
  "c/three": councilModel("c/three", taste, { answer: answer("Jeju."), summary, ...changes["c/three"] }),
});

type Options = TestBotOptions & { readonly council?: object };

function council(
  models: Readonly<Record<string, CouncilModel>>,
  { council: settings, ...options }: Options = {},
): Promise<TestBot> {
  const streams = Object.entries(models).map(([name, { stream }]) => [name, stream] as const);
  return testBot({
    streams: Object.fromEntries(streams),
    ...options,
    settings: {
      ...options.settings,
      council: councilSchema.parse({ members: Object.keys(models), chair: "a/one", ...settings }),
    },
  });
}

const kim = "fake:kim";
const stored = async ({ core }: TestBot) => core.store.turns.list(kim as never);
const titles = ({ chat }: TestBot): readonly string[] =>
  chat.posts[0]?.answer.folds?.map(({ title }) => title.replace(/ · .*/u, "")) ?? [];
const notices = ({ chat }: TestBot): readonly string[] => chat.posts.at(-1)?.answer.notices ?? [];
const kinds = (models: Readonly<Record<string, CouncilModel>>): readonly string[] =>
  Object.entries(models).flatMap(([name, { requests }]) => requests.map((each) => `${name} ${kindOf(each)}`));

describe("/council", () => {
  test("has the models answer, rank each other, and one sum up; what it comes to is a turn like any other", async () => {
    const models = three();
    const bot = await council(models, { scripts: [answer("Yes.")] });
    await bot.command("council", "Which city?");
    const [post] = bot.chat.posts;
    expect(post?.answer).toMatchObject({
      state: "done",
      text: [
        "All agree that it is in Korea. One of three disagrees: Jeju.",
        "",
        "| # | answer | mean rank | votes |",
        "| --: | :-- | --: | --: |",
        "| 1 | 1. a/one | 1.0 | 2 |",
        "| 2 | 2. b/two | 1.5 | 2 |",
        "| 3 | 3. c/three | 2.0 | 2 |",
      ].join("\n"),
      folds: [{ text: "Seoul." }, { text: "Busan." }, { text: "Jeju." }],
      notices: [],
      receipt: { model: "council of 3", usage: { inputTokens: 100, outputTokens: 17 }, costUsd: 0.007 },
    });
    expect(titles(bot)).toEqual(["1. a/one", "2. b/two", "3. c/three"]);
    await bot.say("Sure?");
    const history = bot.sent();
    expect(history).toContain("Which city?");
    expect(history).toContain("All agree");
    expect(history).not.toMatch(/Busan\.|mean rank/u);
    await bot.command("undo");
    await bot.command("undo");
    expect(await stored(bot)).toEqual([]);
  });

  test("accounts for each call by its model", async () => {
    const bot = await council(three());
    await bot.command("council", "Which city?");
    const accounts = await bot.core.store.people.accounts(kim);
    expect(accounts.map(({ model }) => model).toSorted()).toEqual([
      "a/one",
      "a/one",
      "a/one",
      "b/two",
      "b/two",
      "c/three",
      "c/three",
    ]);
  });

  test("shows nobody whose answer is whose, and nobody their own to rank", async () => {
    const models = three();
    await (await council(models)).command("council", "Which city?");
    const rankings = Object.entries(models).flatMap(([name, { requests }]) =>
      requests
        .filter((each) => kindOf(each) === "ranking")
        .map((each) => [name, JSON.stringify(each)] as const),
    );
    const own = { "a/one": "Seoul.", "b/two": "Busan.", "c/three": "Jeju." };
    expect(rankings).toHaveLength(3);
    for (const [name, sent] of rankings) {
      expect(sent).not.toContain(own[name as keyof typeof own]);
      expect(sent).not.toMatch(/a\/one|b\/two|c\/three/u);
      expect(sent).toContain("[Answer B]");
    }
    const summing = models["a/one"].requests.at(-1);
    expect(summing && lastText(summing)).toContain("[Answer 1 of 3, mean rank 1.0]\nSeoul.\n[end]");
  });

  test("goes on without those that fail, and says so", async () => {
    const models = three({ "b/two": { answer: [failing("overloaded")] } });
    const bot = await council({
      ...models,
      "d/four": councilModel("d/four", taste, { answer: answer("Also Seoul.") }),
    });
    await bot.command("council", "Which city?");
    expect(titles(bot)).toEqual(["b/two was overloaded", "1. a/one", "2. c/three", "3. d/four"]);
    expect(bot.last()).toContain("| 3 | 2. c/three | 2.0 | 2 |");
  });

  test("waits for nobody longer than it may take", async () => {
    const models = three({ "c/three": { answer: [say("Let me think"), "wait"] } });
    const bot = await council(models, { council: { seconds: 0.2 } });
    await bot.command("council", "Which city?");
    expect(titles(bot).at(-1)).toBe("c/three took too long");
    expect(bot.chat.posts[0]?.answer.folds?.at(-1)?.text).toBe("Let me think");
    expect(notices(bot)).toEqual(["Two answers are too few to rank."]);
    expect(bot.last()).toBe("All agree that it is in Korea. One of three disagrees: Jeju.");
  });

  test("with one answer left gives it plainly, and with none says so", async () => {
    const broken = { answer: [failing("unreachable")] };
    const one = await council(three({ "a/one": broken, "b/two": broken }));
    await one.command("council", "Which city?");
    expect(one.last()).toBe("Jeju.");
    expect(titles(one)).toEqual(["a/one could not be reached", "b/two could not be reached"]);
    expect(notices(one)).toEqual(["Only c/three answered: there is nothing to compare."]);
    const none = await council(three({ "a/one": broken, "b/two": broken, "c/three": { answer: [stop()] } }));
    await none.command("council", "Which city?");
    expect(none.chat.posts[0]?.answer.state).toBe("failed");
    expect(titles(none)).toHaveLength(3);
    expect(notices(none)).toEqual(["None of the models answered. Please ask again in a minute."]);
  });

  test("leaves out a judge that gives no ranking, and says so", async () => {
    const nonsense = { ranking: answer("They are all so good!") };
    const bot = await council(three({ "a/one": nonsense }));
    await bot.command("council", "Which city?");
    expect(notices(bot)).toEqual(["No ranking came from a/one."]);
    expect(bot.last()).toContain("| 1 | 1. a/one | 1.0 | 2 |\n| 2 | 2. b/two | 2.0 | 1 |");
  });

  test("has the best ranked sum up where the chair can't, and else gives the best answer", async () => {
    const half = { summary: [say("All of th"), failing("unreachable")] };
    const other = await council(three({ "a/one": half }), { council: { chair: "a/one" } });
    await other.command("council", "Which city?");
    expect(other.last()).toMatch(/^All agree/u);
    expect(notices(other)).toEqual(["a/one could not sum up; b/two did."]);
    const nobody = await council(three({ "a/one": half, "b/two": half, "c/three": half }));
    await nobody.command("council", "Which city?");
    expect(nobody.last()).toMatch(/^Seoul\.\n\n\|/u);
    expect(notices(nobody)).toEqual(["Nobody could sum up: this is the answer of a/one, the best ranked."]);
  });

  test("asks the models named in front of the question", async () => {
    const models = three();
    const bot = await council(models);
    await bot.command("council", "b/two, c/three: tell me: which city?");
    expect(titles(bot)).toEqual(["1. b/two", "2. c/three"]);
    expect(models["b/two"].requests[0] && lastText(models["b/two"].requests[0])).toBe("tell me: which city?");
    expect(kinds(models)).toEqual(["a/one summary", "b/two answer", "c/three answer"]);
  });

  test("takes no words of a question for models' names", async () => {
    const models = three();
    await (await council(models)).command("council", "Paris, London: which?");
    expect(models["a/one"].requests[0] && lastText(models["a/one"].requests[0])).toBe(
      "Paris, London: which?",
    );
  });

  test("says how to ask where there is no question, and what is missing where there are too few models", async () => {
    const bot = await council(three());
    await bot.command("council", "");
    expect(bot.last()).toContain("`/council your question`: 3 models answer it");
    const alone = await testBot();
    await alone.command("council", "Which city?");
    expect(notices(alone)[0]).toContain(
      "needs at least two different models, and here there is only scripted/model",
    );
  });

  test("sees the pictures and files that came with it, and may use tools, but not those that write", async () => {
    const models = three({
      "a/one": {
        answer: ({ messages }) =>
          messages.at(-1)?.role === "tool"
            ? [say('Seoul [s1 "in Seoul it is noon"], says the clock.'), usage(10, 2), stop()]
            : [call("clock", {}), usage(10, 2), stop("tools")],
      },
    });
    const time = { url: "https://time.example/" };
    const clock = {
      name: "clock",
      description: "Tells the time.",
      input: (await import("zod")).z.strictObject({}),
      status: "looking at the clock",
      cites: true as const,
      run: async () => ({ text: "", passages: [{ source: time, text: "In Seoul it is noon." }] }),
    };
    const bot = await council(models, {
      tools: [clock],
      personas: [testPersona("assistant", { tools: ["clock"], memory: "read-write" })],
    });
    await bot.command("council", "Which city?", { attachments: [attachment("a.png", png, "image/png")] });
    const [asked] = models["b/two"].requests;
    expect(asked).toMatchObject({ tools: [{ name: "clock" }] });
    expect(asked?.messages.at(-1)?.parts[0]?.type).toBe("image");
    expect(JSON.stringify(bot.chat.posts[0]?.answer.folds)).toContain("Seoul, says the clock.");
    expect(bot.chat.posts[0]?.answer).toMatchObject({ sources: [time], receipt: { tools: ["clock"] } });
  });

  test("is stopped in the middle: what was said stays, and nothing goes on", async () => {
    const models = three({ "c/three": { answer: [say("Jeju, for"), "wait"] } });
    const bot = await council(models);
    const asked = bot.command("council", "Which city?");
    while (titles(bot).length < 2) await sleep(2);
    await bot.command("stop");
    await asked;
    expect(bot.chat.posts[0]?.answer).toMatchObject({ state: "stopped", text: "", notices: ["Stopped."] });
    expect(titles(bot)).toEqual(["1. a/one", "2. b/two", "c/three was stopped"]);
    expect(kinds(models)).toEqual(["a/one answer", "b/two answer", "c/three answer"]);
    expect(await bot.core.store.people.accounts(kim)).toHaveLength(3);
    expect(await stored(bot)).toEqual([]);
  });

  test("is stopped while it sums up: what was said so far is the answer", async () => {
    const bot = await council(three({ "a/one": { summary: [say("All agree"), "wait"] } }));
    const asked = bot.command("council", "Which city?");
    while (!bot.last().includes("All agree")) await sleep(2);
    await bot.command("stop");
    await asked;
    expect(bot.chat.posts[0]?.answer).toMatchObject({
      state: "stopped",
      text: "All agree",
      notices: ["Stopped."],
    });
    expect(await stored(bot)).toMatchObject([{ outcome: "stopped", council: [] }]);
  });
});

describe("what it may cost", () => {
  const dear = { askAboveUsd: 0.001 };

  test("is asked for first; the button has the question answered where it stands, for who asked it alone", async () => {
    const models = three();
    const bot = await council(models, { council: dear });
    await bot.command("council", "a/one, b/two: Which city?", inChannel("kim"));
    const { actions = [], text } = bot.chat.posts[0]?.answer ?? {};
    expect(text).toBe("About $0.0030 for 2 models (a/one, b/two), at most $0.0030. Go ahead?");
    expect(actions.map(({ label }) => label)).toEqual(["Ask the council", "Just one model"]);
    expect(kinds(models)).toEqual([]);
    const [go] = actions;
    const press = { ...pressed(go?.token ?? ""), ...inChannel("mina"), id: "mina-presses" };
    await bot.handle(press);
    expect(notices(bot)).toEqual(["Only the person who asked can do that."]);
    await bot.handle({ ...press, ...inChannel("kim"), id: "kim-presses" });
    expect(bot.chat.posts[0]?.answer.text).toMatch(/^All agree/u);
    expect(titles(bot)).toEqual(["1. a/one", "2. b/two"]);
    expect(lastText(models["a/one"].requests[0] ?? ({} as never))).toContain("Which city?");
    expect(await bot.core.store.turns.list("fake:general" as never)).toHaveLength(1);
  });

  test("may be too much: then one model answers", async () => {
    const bot = await council(three(), { council: dear, scripts: [answer("Seoul, I think.")] });
    await bot.command("council", "Which city?");
    await bot.handle(pressed(bot.chat.posts[0]?.answer.actions[1]?.token ?? ""));
    expect(bot.chat.posts[0]?.answer).toMatchObject({
      text: "Seoul, I think.",
      receipt: { model: "scripted/model" },
    });
  });

  test("is said to be unknown where it is", async () => {
    const bot = await council(three());
    Object.assign(bot.core.models, { cost: async (model: string) => (model === "b/two" ? undefined : 0.01) });
    await bot.command("council", "Which city?");
    expect(bot.last()).toBe(
      "About $0.050 for 3 models (a/one, b/two, c/three), at most $0.050, and I don't know what b/two costs. Go ahead?",
    );
  });

  test("is refused at once where a limit is in the way, before any model is asked", async () => {
    const models = three();
    const bot = await council(models, { limits: { person: { tokens: { day: 30_000 } } } });
    await bot.command("council", "Which city?");
    expect(notices(bot)[0]).toMatch(
      /^This may take up to [\d,]+ tokens, more than your 30,000 tokens for today/u,
    );
    expect(kinds(models)).toEqual([]);
  });

  test("is one question to the limits of questions", async () => {
    const bot = await council(three(), { limits: { person: { messages: { day: 1 } } } });
    await bot.command("council", "Which city?");
    expect(bot.chat.posts[0]?.answer.state).toBe("done");
    await bot.command("council", "Which city?");
    expect(notices(bot)[0]).toContain("the most I take");
  });
});

describe("a persona with `council`", () => {
  test("is always one, of the models that it names", async () => {
    const models = three();
    const personas = [testPersona("jury", { council: { members: ["b/two", "c/three"], chair: "c/three" } })];
    const bot = await council(models, { personas, chat: fakeAdapter() });
    await bot.say("Which city?");
    expect(titles(bot)).toEqual(["1. b/two", "2. c/three"]);
    expect(kinds(models)).toEqual(["b/two answer", "c/three answer", "c/three summary"]);
    await bot.handle(pressed(bot.chat.posts[0]?.answer.actions[0]?.token ?? ""));
    expect(kinds(models)).toHaveLength(6);
  });
});
