import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");

interface File {
  readonly path: string;
  readonly text: string;
}

function filesIn(folder: string): File[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(root, path), text: readFileSync(path, "utf8") }));
}

/** The paths of the files that a pattern is found in. */
const filesWith = (files: readonly File[], pattern: RegExp): string[] =>
  files.filter(({ text }) => pattern.test(text)).map(({ path }) => path);

const core = filesIn("src");
/** A call that reads or changes what is a person's own, and whose it names. */
const reachesOwn =
  /\b(?:facts|instructions)\s*\.(?:list|history|add|keep|undo|withdraw|restore|share|remove|used|isPaused|pause|change)\(\s*([\w.]+)|\blinks\.(?:accounts|claimedFrom|confirm|refuse|leave)\(\s*([\w.]+)/gu;

const adapters = filesIn("adapters");

/** Static and dynamic imports alike, which the linter's rule for static ones does not see. */
const importOf = (name: string): RegExp => new RegExp(String.raw`(?:from|import\()\s*"(?:${name})`, "u");

describe("the house", () => {
  test("only platforms.ts reaches for an adapter", () => {
    expect(filesWith(core, importOf(String.raw`[./]*adapters/`))).toEqual(["src/platforms.ts"]);
  });

  test("the core names no chat platform", () => {
    const named = filesWith(core, /discord|slack|telegram/iu);
    expect(
      named.filter(
        (path) => !/^src\/(?:platforms|config|config-schema)\.ts$|^src\/(?:cli|config)\//u.test(path),
      ),
    ).toEqual([]);
  });

  test("an adapter imports the contract, text, what platforms share, words, errors and log alone", () => {
    for (const { path, text } of adapters) {
      const imports = [...text.matchAll(/(?:from|import\()\s*"(\.[^"]+)"/gu)].map(([, target = ""]) =>
        relative(root, join(root, path, "..", target)),
      );
      const folder = path.split("/").slice(0, 2).join("/");
      const allowed = new RegExp(
        `^(?:${folder}/|src/(?:chat|errors|log)\\.ts$|src/(?:text|platform|words)/)`,
        "u",
      );
      expect(
        imports.filter((target) => !allowed.test(target)),
        path,
      ).toEqual([]);
    }
  });

  test.each([
    ["openai", "src/providers/openai-client.ts"],
    ["@anthropic-ai/sdk", "src/providers/anthropic-client.ts"],
    ["@pydantic/genai-prices", "src/providers/prices.ts"],
    ["gpt-tokenizer/", "src/conversation/tokens.ts"],
    ["pino", "src/log.ts"],
    ["pg", undefined],
    ["@keyv/postgres", undefined],
    ["tesseract.js", undefined],
    ["@embedpdf/pdfium", "src/documents/pdfium.ts"],
    ["chardet", "src/documents/decode.ts"],
  ])("%s is named in one place", (name, place) => {
    const found = filesWith([...core, ...adapters], importOf(`${name}(?:"|(?<=/)|/)`));
    expect(found.length, found.join(", ")).toBe(1);
    if (place) expect(found).toEqual([place]);
  });

  test("the environment is read in config.ts, and nothing is written to the console", () => {
    expect(filesWith([...core, ...adapters], /process\.env/u)).toEqual(["src/config.ts"]);
    expect(filesWith([...core, ...adapters], /console\./u)).toEqual([]);
  });

  test("a conversation's key is made in one place", () => {
    expect(filesWith([...core, ...adapters], /as ConversationKey/u)).toEqual(["src/conversation/scope.ts"]);
  });

  test("a person's facts are reached by the id that the platform gave, never by one from elsewhere", () => {
    const owners = core.flatMap(({ path, text }) =>
      Array.from(text.matchAll(reachesOwn), ([, owner, account = ""]) => ({
        path,
        owner: owner ?? account,
      })),
    );
    expect(owners.length).toBeGreaterThan(25);
    expect(owners.filter(({ owner }) => !/(?:^|\.)author\.id$|^person$/u.test(owner))).toEqual([]);
    // Where it has another name, it is the author's all the same, or a tool's from its turn.
    const named = core.flatMap(({ text }) =>
      Array.from(text.matchAll(/const person = ([^;]+);/gu), ([, of]) => of),
    );
    expect(named.filter((of) => !of?.endsWith("author.id"))).toEqual([]);
    const turns = core.flatMap(({ text }) =>
      Array.from(text.matchAll(/toolContext: \{\s*([^\n]+)/gu), ([, at]) => at),
    );
    expect(turns.length).toBeGreaterThan(0);
    expect(turns.filter((at) => at !== "person: message.author.id,")).toEqual([]);
  });

  test("which accounts are one person's is asked in one place, and changed by themselves alone", () => {
    const place = "src/store/links.ts";
    expect(filesWith(core, /\b(?:FROM|JOIN|INTO|UPDATE) link\b/u)).toEqual([place]);
    // Whoever else reads what is a person's own does so by that place's condition, or by their account alone.
    const files = core.filter(({ path }) =>
      ["src/store/facts.ts", "src/store/fact-rows.ts", "src/store/instructions.ts"].includes(path),
    );
    for (const { path, text } of files) {
      const conditions = Array.from(text.matchAll(/WHERE ([^`"]*)/gu), ([, condition = ""]) => condition);
      const sweeps = conditions.filter((condition) => !condition.startsWith("${own}"));
      expect(
        sweeps.filter((condition) => /person = |person IN/u.test(condition)),
        path,
      ).toEqual([]);
    }
  });
});
