import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { loadConfig, resolveModel, withProvider } from "../src/config.ts";
import { presets } from "../src/providers/presets.ts";
import { makeFolder } from "./support/folder.ts";

type Env = Readonly<Record<string, string>>;

function load(env: Env = {}, files: Env = {}) {
  const cwd = makeFolder(files);
  return { cwd, ...loadConfig({ env, cwd }) };
}

/** The error of a parlance.yaml that is refused. */
function refused(file: string, env: Env = {}): string {
  try {
    load(env, { "parlance.yaml": file });
  } catch (error) {
    if (error instanceof Error && error.name === "UserError") return error.message;
    throw error;
  }
  throw new Error("the configuration is fine");
}

describe("without a file", () => {
  it("everything has a default, and the demo answers", () => {
    const config = load();
    expect(config).toMatchObject({
      file: undefined,
      isDemo: true,
      persona: "assistant",
      databaseUrl: undefined,
    });
    expect(config.personasFolder).toBe(join(config.cwd, "personas"));
    expect(config.dataFolder).toBe(join(config.cwd, "data"));
    expect(resolveModel(config, "smart")).toEqual({ provider: "demo", model: "stand-in", fallback: [] });
  });

  it.each(["OPENAI_API_KEY", "ANTHROPIC_API_KEY"])(
    "%s alone gives a provider and every standard alias",
    (name) => {
      const config = load({ [name]: "sk-1" });
      const [id = ""] = Object.keys(config.providers);
      expect(config.isDemo).toBe(false);
      expect(config.providers[id]?.apiKey).toBe("sk-1");
      expect(Object.fromEntries(config.aliases)).toEqual({
        fast: `${id}/${presets[id]?.models?.fast}`,
        smart: `${id}/${presets[id]?.models?.smart}`,
        thinking: `${id}/${presets[id]?.models?.thinking}`,
      });
    },
  );

  it("of several keys, the vendor that comes first among the presets gives the aliases, if its models are known", () => {
    const config = load({ GROQ_API_KEY: "1", OPENROUTER_API_KEY: "2", ANTHROPIC_API_KEY: "3" });
    expect(Object.keys(config.providers)).toEqual(["anthropic", "openrouter", "groq"]);
    expect(config.aliases.get("fast")).toMatch(/^anthropic\//u);
    expect(load({ GROQ_API_KEY: "1", OPENROUTER_API_KEY: "2" }).aliases.get("fast")).toMatch(/^groq\//u);
  });

  it("a variable set to nothing is not set", () => {
    expect(load({ OPENAI_API_KEY: "", PARLANCE_DATA: "" }).isDemo).toBe(true);
  });

  it("the SDKs' own variables redirect their vendors", () => {
    const { providers } = load({
      OPENAI_API_KEY: "1",
      OPENAI_BASE_URL: "http://localhost:1/v1",
      ANTHROPIC_API_KEY: "2",
      ANTHROPIC_BASE_URL: "http://localhost:2",
    });
    expect(providers["openai"]?.baseUrl).toBe("http://localhost:1/v1");
    expect(providers["anthropic"]?.baseUrl).toBe("http://localhost:2");
    expect(() => load({ OPENAI_API_KEY: "1", OPENAI_BASE_URL: "localhost" })).toThrow(
      /^OPENAI_BASE_URL must be/u,
    );
  });
});

describe("parlance.yaml", () => {
  it("wins over what the vendors' variables say, and completes them", () => {
    const file = "providers:\n  openai: { baseUrl: http://localhost:3/v1 }\n";
    const { providers } = load(
      { OPENAI_API_KEY: "1", OPENAI_BASE_URL: "http://x" },
      { "parlance.yaml": file },
    );
    expect(providers["openai"]).toMatchObject({ baseUrl: "http://localhost:3/v1", apiKey: "1" });
  });

  it("adds servers of one's own, and presets without a key that an alias names", () => {
    const file = `
providers:
  office: { kind: openai-chat, baseUrl: "http://10.0.0.1/v1", apiKey: "\${KEY}", models: { big: { window: 1000 } } }
models:
  fast: ollama/gemma4
`;
    const config = load({ KEY: "secret" }, { "parlance.yaml": file });
    expect(Object.keys(config.providers)).toEqual(["ollama", "office"]);
    expect(config.providers["office"]?.apiKey).toBe("secret");
    expect(Object.fromEntries(config.aliases)).toEqual({
      fast: "ollama/gemma4",
      smart: "office/big",
      thinking: "office/big",
    });
  });

  it("names folders from where it stands, the environment from where one is", () => {
    const files = { "etc/p.yaml": "personas: ./mine\ndata: /var/lib/parlance\n" };
    const config = load({ PARLANCE_CONFIG: "etc/p.yaml" }, files);
    expect(config.file).toBe(join(config.cwd, "etc/p.yaml"));
    expect(config.personasFolder).toBe(join(config.cwd, "etc/mine"));
    expect(config.dataFolder).toBe("/var/lib/parlance");
    const env = { PARLANCE_CONFIG: "etc/p.yaml", PARLANCE_PERSONAS: "mine", PARLANCE_DATA: "d" };
    const other = load(env, files);
    expect(other.personasFolder).toBe(join(other.cwd, "mine"));
    expect(other.dataFolder).toBe(join(other.cwd, "d"));
  });

  it("that is named but isn't there is an error", () => {
    expect(() => load({ PARLANCE_CONFIG: "nope.yaml" })).toThrow(
      "PARLANCE_CONFIG names nope.yaml, but there is no such file.",
    );
  });

  it("that is mistaken is told at its places", () => {
    expect(refused("providers:\n  openai: { apikey: sk-123 }\nturn:\n  rounds: many\nfooter: ${FOOTER}\n"))
      .toMatchInlineSnapshot(`
      "parlance.yaml:2:13  unknown key "apikey"
            openai: { apikey: ••••••••
                      ^
          did you mean "apiKey"?
      parlance.yaml:4:11  expected a whole number, found text
            rounds: many
                    ^
      parlance.yaml:5:9  the environment variable FOOTER is not set
          footer: \${FOOTER}
                  ^
          set it, or write a default: \${FOOTER:-…}"
    `);
  });

  it("that names what isn't there is told at its places", () => {
    const file = `providers:
  opnai: {}
models:
  a: smart
  b: gpt-6
  c: opneai/gpt-6
  d: groq/llama
  e: openai/
  f: { model: openai/gpt-6, fallback: [a, zzz/y] }
`;
    expect(refused(file, { OPENAI_API_KEY: "1" })).toMatchInlineSnapshot(`
      "parlance.yaml:2:3  "opnai" is no vendor known here, so it needs a kind: openai, openai-chat, anthropic
            opnai: {}
            ^
          did you mean "openai"?
      parlance.yaml:4:6  an alias can't stand for another, "smart"
            a: smart
               ^
          write it as provider/model
      parlance.yaml:5:6  "gpt-6" names no provider
            b: gpt-6
               ^
          write it as provider/model
      parlance.yaml:6:6  there is no provider "opneai"
            c: opneai/gpt-6
               ^
          did you mean "openai/gpt-6"?
      parlance.yaml:7:6  "groq" is not set up here
            d: groq/llama
               ^
          set GROQ_API_KEY
      parlance.yaml:8:6  "openai/" names no model
            e: openai/
               ^
          write it as provider/model
      parlance.yaml:9:40  an alias can't stand for another, "a"
            f: { model: openai/gpt-6, fallback: [a, zzz/y] }
                                                 ^
          write it as provider/model
      parlance.yaml:9:43  there is no provider "zzz"
            f: { model: openai/gpt-6, fallback: [a, zzz/y] }
                                                    ^
          known here: openai, opnai"
    `);
  });
});

describe(".env", () => {
  it("stands in for the environment, which wins", () => {
    const files = { ".env": "OPENAI_API_KEY=from-file\nDATABASE_URL='postgres://u:p@h/d'\nGROQ_API_KEY=g\n" };
    const config = load({ OPENAI_API_KEY: "from-env", GROQ_API_KEY: "" }, files);
    expect(config.providers["openai"]?.apiKey).toBe("from-env");
    expect(config.providers["groq"]?.apiKey).toBe("g");
    expect(config.databaseUrl).toBe("postgres://u:p@h/d");
  });

  it("is looked for beside the configuration, so it can't say where that is", () => {
    const files = { ".env": "A=1", "etc/.env": "OPENAI_API_KEY=beside", "etc/p.yaml": "" };
    expect(load({ PARLANCE_CONFIG: "etc/p.yaml" }, files).providers["openai"]?.apiKey).toBe("beside");
    expect(() => load({}, { ".env": "PARLANCE_CONFIG=x.yaml" })).toThrow(/sets PARLANCE_CONFIG/u);
  });
});

it("no credential shows when a configuration is printed", () => {
  const config = loadConfig({
    env: { OPENAI_API_KEY: "sk-1234", DATABASE_URL: "postgres://u:sk-1234@h/d" },
    cwd: makeFolder({ "parlance.yaml": "providers: { groq: { apiKey: sk-1234 } }\n" }),
  });
  const found = withProvider(config, "ollama", { apiKey: "sk-1234", models: {} });
  for (const each of [config, found]) {
    expect(inspect(each, { depth: 9 }) + JSON.stringify(each)).not.toContain("sk-1234");
    expect(inspect(each)).toContain("[hidden]");
  }
});

it("a provider found at the start takes the demo's place, and leaves aliases that were set", () => {
  const config = load({}, { "parlance.yaml": "models: { fast: demo/stand-in, mine: demo/other }\n" });
  const found = withProvider(config, "ollama", { models: { "gemma4:4b": {}, "llama4:8b": {} } });
  expect(found.isDemo).toBe(false);
  expect(found.aliases.get("smart")).toBe("ollama/gemma4:4b");
  expect(found.aliases.get("mine")).toBe("demo/other");
});

describe("a model's name", () => {
  const env = { OPENAI_API_KEY: "1", OPENROUTER_API_KEY: "2" };
  const file = "models: { smart: { model: openai/gpt-6, fallback: [openrouter/qwen/qwen-4] } }\n";
  const resolve = (name: string, files: Env = { "parlance.yaml": file }) =>
    resolveModel(load(env, files), name);

  it("is an alias, with what stands in for it", () => {
    expect(resolve("Smart")).toEqual({
      provider: "openai",
      model: "gpt-6",
      fallback: [{ provider: "openrouter", model: "qwen/qwen-4" }],
    });
  });

  it("is provider/model, split at the first slash", () => {
    expect(resolve("openrouter/qwen/qwen-4")).toEqual({
      provider: "openrouter",
      model: "qwen/qwen-4",
      fallback: [],
    });
  });

  it.each([
    ["smrt", 'There is no model "smrt". Did you mean "smart"?'],
    ["gpt", 'There is no model "gpt". Known: fast, smart, thinking, or provider/model.'],
    [
      "opnai/gpt-6",
      'The model "opnai/gpt-6" can\'t be used: there is no provider "opnai"; did you mean "openai/gpt-6"?.',
    ],
    ["groq/x", 'The model "groq/x" can\'t be used: "groq" is not set up here; set GROQ_API_KEY.'],
  ])("%s is refused with what to do", (name, message) => {
    expect(() => resolve(name)).toThrow(message);
  });

  it("of a standard alias that nobody set says how to set it", () => {
    const config = load({ OPENROUTER_API_KEY: "1" });
    expect(() => resolveModel(config, "fast")).toThrow(
      /^No model is set for "fast"\. Write models: \{ fast: /u,
    );
  });
});

describe("parlance.example.yaml", () => {
  const example = readFileSync(new URL("../parlance.example.yaml", import.meta.url), "utf8");

  it("is right as it is", () => {
    expect(load({}, { "parlance.yaml": example }).persona).toBe("assistant");
  });

  it("is right with everything in it that is commented out", () => {
    const all = example.replaceAll(/^# ((?: *[a-z]+:|  ).*)$/gimu, "$1");
    const env = {
      OPENAI_API_KEY: "1",
      ANTHROPIC_API_KEY: "2",
      OFFICE_KEY: "3",
      DATABASE_URL: "postgres://h/d",
    };
    const config = load(env, { "parlance.yaml": all });
    expect(config.fallbacks.get("smart")).toHaveLength(1);
    expect(config.providers["office"]?.apiKey).toBe("3");
    expect(config.databaseUrl).toBe("postgres://h/d");
  });
});

describe("docs/access.md", () => {
  const page = readFileSync(new URL("../docs/access.md", import.meta.url), "utf8");
  const [lists = "", prices = ""] = [...page.matchAll(/```yaml\n(.*?)```/gsu)].map(([, yaml = ""]) => yaml);

  it("shows settings that are right as they are", () => {
    const { access, limits } = load({}, { "parlance.yaml": lists });
    expect(access.owners).toEqual(["telegram:10451"]);
    expect(access.directMessages).toBe("pairing");
    expect(limits.person.usd).toEqual({ day: 2 });
    expect(limits.all.usd).toEqual({ day: 20, month: 200 });
    expect(load({}, { "parlance.yaml": prices }).providers["ollama"]?.models["qwen3"]?.price?.input).toBe(0);
  });

  it("tells of the defaults as they are", () => {
    const { access, limits } = load();
    expect(access).toEqual({
      owners: [],
      admins: [],
      allow: [],
      block: [],
      directMessages: "open",
      servers: "approve",
    });
    expect(limits.person).toEqual({ messages: { minute: 20 }, tokens: {}, usd: {} });
    expect([limits.channel, limits.persona, limits.all]).toEqual(
      Array.from({ length: 3 }, () => ({ messages: {}, tokens: {}, usd: {} })),
    );
  });

  it("a place without its platform is refused at its line", () => {
    expect(refused("access:\n  owners: [kim]\n")).toMatch(/^parlance\.yaml:2:12 .*platform:id/su);
  });
});
