import { join } from "node:path";
import { inspect } from "node:util";
import { expect, test } from "vitest";
import { loadConfig } from "../src/config.ts";
import { UserError } from "../src/errors.ts";
import { makeFolder } from "./support/folder.ts";

/** As long and mixed as keys are. */
const literal = "sk_k3yLiteralQx7Zp9Rt5";

/** What is said of a configuration, or all of it where nothing is wrong with it. */
function saidOf(file: string, env: Readonly<Record<string, string>> = {}): string {
  const cwd = makeFolder({ "parlance.yaml": `${file}\n` });
  try {
    const config = loadConfig({ cwd, env: { ...env, PARLANCE_DATA: join(cwd, "data") } });
    return `fine: ${inspect(config, { depth: 10 })} ${JSON.stringify(config)}`;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

test.each([
  `providers: { openai: { apikey: ${literal} } }`,
  `providers:\n  openai:\n    apiKey: [${literal}]`,
  `providers:\n  openai:\n    apiKey: { is: ${literal} }`,
  `providers:\n  openai: ${literal}`,
  `providers: ${literal}`,
  `providers:\n  openai:\n    apiKey: "${literal}`,
  `providers:\n  openai:\n    apiKey: |\n      ${literal}\n    colour: red`,
  `providers:\n  openai:\n    apiKey:${literal}`,
  `providers:\n  openai:\n    kind: ${literal}`,
  `providers:\n  ${literal}:\n    kind: openai\n    colour: red`,
  `platforms: { telegram: { tokn: ${literal} } }`,
  `platforms: { telegram: { token: ${literal}, apiRoot: here } }`,
  `platforms: { telegram: { token: ${literal} ${literal} : x } }`,
  `platforms: { telegram: { token: ${literal}, webhook: { secret: ${literal}!, url: "http://127.0.0.1/" } } }`,
  `platforms: { slack: { botToken: ${literal}, port: many } }`,
  `platforms: { discord: { token: 1, ${literal}: 2 } }`,
  `platforms: { slack: { botToken: ${literal}, signingsecret: ${literal} } }`,
  `platforms: { slack: { botToken: ${literal} } }`,
  `database: { url: "postgres://u:${literal}@127.0.0.1:9/x", colour: red }`,
  `database: postgres://u:${literal}@127.0.0.1:9/x`,
  `database: { uri: "postgres://u:${literal}@127.0.0.1:9/x" }`,
  `providers: { openai: { apiKey: x, baseUrl: "http://u:${literal}@127.0.0.1:9/v1" } }`,
  `providers: { openai: { apiKey: x, baseUrl: "ftp://u:${literal}@127.0.0.1:9/v1" } }`,
  `providers: { openai: { apiKey: *${literal} } }`,
  `providers: { openai: { apiKey: !${literal} x } }`,
  `- ${literal}`,
])("a mistake right beside a secret is told without it: %s", (file) => {
  const said = saidOf(file);
  expect(said).not.toContain(literal);
  expect(said).not.toMatch(/^fine/u);
});

test("a broken address of the database is hidden wherever the configuration is printed", () => {
  expect(saidOf(`database: { url: "postgres:/u:${literal}@127.0.0.1:9/x" }`)).not.toContain(literal);
});

const address = `http://u:${literal}@127.0.0.1:9`;

test.each<Record<string, string>>([
  { DATABASE_URL: `postgres:/u:${literal}@127.0.0.1:9/x` },
  { DATABASE_URL: `postgres://u:${literal}@127.0.0.1:9/x` },
  { DATABASE_URL: `postgres://u:${literal}@127.0.0.1:notaport/x` },
  { OPENAI_API_KEY: literal, OPENAI_BASE_URL: `u:${literal}@nowhere` },
  { OPENAI_API_KEY: "x", OPENAI_BASE_URL: address },
  { ANTHROPIC_API_KEY: "x", ANTHROPIC_BASE_URL: address },
  { OLLAMA_HOST: `u:${literal}@[bad` },
  { OLLAMA_HOST: address },
  { TELEGRAM_BOT_TOKEN: "1:x", TELEGRAM_API_ROOT: address },
  { TELEGRAM_BOT_TOKEN: literal, TELEGRAM_WEBHOOK_URL: "here", TELEGRAM_WEBHOOK_PORT: "x" },
  { TELEGRAM_BOT_TOKEN: literal, TELEGRAM_WEBHOOK_URL: "here", TELEGRAM_WEBHOOK_SECRET: `${literal}!` },
  { SLACK_BOT_TOKEN: literal },
])("a variable is told without its value: %o", (env) => {
  expect(saidOf("", env)).not.toContain(literal);
});

test("a model's address can't hold a password, which no client would send", () => {
  const refusal = /can't hold a user and password/u;
  expect(saidOf(`providers: { openai: { apiKey: x, baseUrl: "${address}" } }`)).toMatch(refusal);
  expect(saidOf("", { OPENAI_API_KEY: "x", OPENAI_BASE_URL: address })).toMatch(refusal);
});
