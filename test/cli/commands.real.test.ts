import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parlance, parlanceHere } from "../support/command-line.ts";
import { makeFolder } from "../support/folder.ts";
import { startModelServer } from "../support/model-server.ts";

const good = "name: Good\ndescription: Fine.\ninstructions: Be good.\n";
const inFolder = (files: Readonly<Record<string, string>>) => {
  const folder = makeFolder(files);
  return {
    cwd: folder,
    env: { PARLANCE_DATA: join(folder, "data"), PARLANCE_PERSONAS: join(folder, "personas") },
  };
};

describe("parlance check", () => {
  test.each([
    [
      "a misspelt key",
      "name: Bad\ndescription: x\ninstuctions: Be good.\n",
      /personas\/bad\.yaml:3:1 .*"instuctions".*instructions/su,
    ],
    [
      "a wrong type",
      "name: Bad\ndescription: x\ninstructions: x\ncontext: many\n",
      /personas\/bad\.yaml:4:10 .*number/su,
    ],
    [
      "a tab",
      "name: Bad\ndescription: x\ninstructions: x\noptions:\n\ttemperature: 1\n",
      /personas\/bad\.yaml:5:1 .*tab/su,
    ],
    [
      "a duplicate key",
      "name: Bad\nname: Worse\ndescription: x\ninstructions: x\n",
      /personas\/bad\.yaml:2:1 .*"name"/su,
    ],
    ["an empty file", "", /personas\/bad\.yaml:1:1 .*empty/su],
    [
      "5 MB of aliases",
      `a: &a [x]\nb: [${"*a,".repeat(1_700_000)}*a]\n`,
      /personas\/bad\.yaml.*(?:MB|KB|kB|bytes|large)/su,
    ],
  ])(
    "%s is one clear complaint at its place, exit 1, and the other personas are fine",
    async (_, bad, told) => {
      const { code, out, err } = await parlanceHere(
        ["check"],
        inFolder({ "personas/assistant.yaml": good, "personas/bad.yaml": bad }),
      );
      expect(err).toMatch(told);
      expect(out).toBe("1 problem; 1 persona is fine.\n");
      expect(code).toBe(1);
    },
  );

  test("a bad persona does not keep the others from answering", async () => {
    const files = { "personas/assistant.yaml": good, "personas/bad.yaml": "nmae: x\n" };
    const { code, out, err } = await parlanceHere(["ask", "Hi"], inFolder(files));
    expect(out).toContain("This is the demo");
    expect(err).toContain("personas/bad.yaml:1:1");
    expect(code).toBe(0);
  });

  test("says that all is fine", async () => {
    expect(await parlanceHere(["check"], inFolder({ "personas/assistant.yaml": good }))).toEqual({
      code: 0,
      out: "No problem: 1 persona is fine.\n",
      err: "",
    });
  });

  test("a limit in dollars names the models whose price is not known, and none of the others", async () => {
    const settings = (price: string) =>
      "limits: { all: { usd: { day: 5 } } }\nmodels: { smart: office/own-model, fast: openai/gpt-6-luna, thinking: openai/gpt-6-sol }\n" +
      `providers: { office: { kind: openai-chat, baseUrl: "http://127.0.0.1:9", models: { own-model: {${price}} } }, openai: { apiKey: x } }\n`;
    const check = (price: string) =>
      parlanceHere(
        ["check"],
        inFolder({ "personas/assistant.yaml": good, "parlance.yaml": settings(price) }),
      );
    const { code, err } = await check("");
    expect(err).toBe(
      "limits: a limit in dollars refuses office/own-model, for its price is not known. " +
        "Write it under providers.office.models.own-model.price.\n",
    );
    expect(code).toBe(1);
    expect((await check(" price: { input: 0, output: 0 } ")).code).toBe(0);
  });

  test("a limit in dollars names the paid searches whose price is not known", async () => {
    const look = (command: string, prices: string) => {
      const place = inFolder({
        "personas/assistant.yaml": good,
        "parlance.yaml": `limits: { all: { usd: { day: 5 } } }\nsearch: { prices: {${prices}} }\n`,
      });
      return parlanceHere([command], { ...place, env: { ...place.env, BRAVE_API_KEY: "x" } });
    };
    const complaint =
      "limits: a limit in dollars leaves out the search by brave, for its price is not known. " +
      "Write what one search costs under search.prices.brave, in US dollars; 0 for a plan that is free.\n";
    expect(await look("check", "")).toMatchObject({ code: 1, err: complaint });
    expect((await look("doctor", "")).out).toContain(`FAIL search: ${complaint}`);
    expect((await look("check", " brave: 0.005 ")).code).toBe(0);
  });

  test("a wrong setting stops every command with its place", async () => {
    const files = { "personas/assistant.yaml": good, "parlance.yaml": "persona: assistant\nfooter: shrot\n" };
    const { code, err } = await parlanceHere(["ask", "Hi"], inFolder(files));
    expect(err).toMatch(/^parlance\.yaml:2:9 .*"short"/su);
    expect(code).toBe(1);
  });
});

describe("parlance prompt", () => {
  test("prints what would be sent, part by part, with tokens and the window's share", async () => {
    const { out } = await parlanceHere(
      ["prompt", "--persona", "korean-vocabulary", "학교에 가요"],
      inFolderOfRoot(),
    );
    expect(out).toMatch(
      /^korean-vocabulary asks demo\/stand-in: \d+ tokens, \d\.\d % of its window of 200000\n/u,
    );
    expect(out).toMatch(/── instructions: \d+ tokens, \d+\.\d % ──\nTurn the Korean text/u);
    expect(out).toMatch(/── examples: \d+ tokens/u);
    expect(out).toMatch(/── message: \d+ tokens, \d+\.\d % ──\nuser: 학교에 가요\n/u);
  });
});

describe("parlance prompt, like ask,", () => {
  test("heeds a persona named in front of the question", async () => {
    const { out } = await parlanceHere(["prompt", "vocab: 학교에 가요"], inFolderOfRoot());
    expect(out).toMatch(/^korean-vocabulary asks/u);
    expect(out).toContain("user: 학교에 가요");
  });
});

describe("parlance persona", () => {
  test("runs tests against the model, prints what failed, and exits 1", async () => {
    const server = await startModelServer();
    try {
      const persona = `${good}tests:\n  - { name: says yes, input: A?, expect: { equals: "Yes" } }\n  - { name: says no, input: B?, expect: { equals: "No" } }\n`;
      const files = {
        "personas/assistant.yaml": persona,
        "parlance.yaml": `providers: { openai: { baseUrl: ${server.openAiUrl}, apiKey: k } }\n`,
      };
      server.onMessage(/./u, { content: "Yes" });
      const { code, out } = await parlanceHere(["persona", "test"], inFolder(files));
      expect(out).toMatch(
        / {2}ok {3}says yes\n {2}FAIL says no\n {9}is not "No"\n {9}\| Yes\n1 passed, 1 failed\n$/u,
      );
      expect(code).toBe(1);
    } finally {
      await server.stop();
    }
  });

  test("asks each example without showing it, and says how alike the answer is", async () => {
    const server = await startModelServer();
    try {
      const examples = "examples:\n  - { user: one, assistant: eins }\n  - { user: two, assistant: zwei }\n";
      const files = {
        "personas/assistant.yaml": good + examples,
        "parlance.yaml": `providers: { openai: { baseUrl: ${server.openAiUrl}, apiKey: k } }\n`,
      };
      server.onMessage("one", { content: "eins" });
      server.onMessage("two", { content: "oui" });
      const { out } = await parlanceHere(["persona", "test", "--leave-one-out"], inFolder(files));
      expect(out).toContain("  100 % alike: one\n");
      expect(out).toContain("    0 % alike: two\n");
      expect(
        server.requests().map(({ chat }) => chat.messages.filter(({ role }) => role === "user").length),
      ).toEqual([2, 2]);
    } finally {
      await server.stop();
    }
  });

  test("leaves nothing in the data folder", async () => {
    const place = inFolder({
      "personas/assistant.yaml": `${good}tests: [{ input: Hi, expect: { contains: demo } }]\n`,
    });
    await parlanceHere(["persona", "test"], place);
    expect(existsSync(place.env.PARLANCE_DATA)).toBe(false);
  });
});

describe("parlance doctor", () => {
  test("finds what is wrong, says what to do, and shows no key", async () => {
    const server = await startModelServer({ apiKeys: ["sk-right"] });
    try {
      const place = inFolder({
        "personas/assistant.yaml": good,
        "parlance.yaml": `providers: { openai: { baseUrl: ${server.openAiUrl} } }\nocr: { languages: [eng, tlh] }\n`,
      });
      const { code, out, err } = await parlanceHere(["doctor"], {
        ...place,
        env: { ...place.env, OPENAI_API_KEY: "sk-wrong-key" },
      });
      expect(out).toMatch(/FAIL provider openai: the vendor refuses the key/u);
      expect(out).toMatch(/FAIL reading tlh: .*npm install @tesseract\.js-data\/tlh/u);
      expect(out).toMatch(/ok {3}reading eng/u);
      expect(out).toMatch(/ok {3}store: SQLite/u);
      expect(out + err).not.toContain("sk-wrong-key");
      expect(code).toBe(1);
    } finally {
      await server.stop();
    }
  });
});

describe("the command line", () => {
  test("a misspelt command or option gets a plain answer", async () => {
    expect(await parlanceHere(["chekc"])).toMatchObject({
      code: 1,
      err: 'There is no command "chekc". Did you mean "check"?\n',
    });
    expect(await parlanceHere(["ask", "--presona", "x"])).toMatchObject({
      code: 1,
      err: expect.stringContaining("--presona"),
    });
    expect(await parlance(["ask"], inFolderOfRoot())).toMatchObject({
      code: 1,
      err: 'There is no question. Write: parlance ask "…", or pipe it in.\n',
    });
    expect(await parlanceHere(["ask", "--image", "none.png"], inFolderOfRoot())).toMatchObject({
      code: 1,
      err: "There is no file none.png.\n",
    });
  });

  test("tells its commands", async () => {
    const { code, err } = await parlance(["--help"]);
    for (const name of ["start", "chat", "ask", "check", "prompt", "persona", "doctor", "demo"])
      expect(err).toContain(`  ${name}`);
    expect(code).toBe(0);
    expect((await parlanceHere(["ask", "--help"])).err).toContain("[--persona id]");
  });

  test("start without a platform says what to do", async () => {
    const { code, err } = await parlance(["start"], inFolderOfRoot());
    expect(err).toContain("parlance -- chat");
    expect(code).toBe(1);
  });

  test("chat talks through a pipe", async () => {
    const { code, out } = await parlance(["chat"], { ...inFolderOfRoot(), input: "/persona tutor\nHello\n" });
    expect(out).toContain("What are you working on");
    expect(out).toContain("This is the demo");
    expect(code).toBe(0);
  });
});

const inFolderOfRoot = () => ({ env: { PARLANCE_DATA: join(makeFolder(), "data") } });
