import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parlance, parlanceHere, root } from "../support/command-line.ts";
import { makeFolder } from "../support/folder.ts";
import { type ModelServer, startModelServer } from "../support/model-server.ts";
import { startPostgres } from "../support/postgres.ts";
import { startSseServer } from "../support/sse-server.ts";

const screenshot = join(root, "personas/samples/subtitle-ko.jpg");

/** A data folder and the environment of someone who has set nothing else. */
const fresh = () => {
  const folder = makeFolder();
  return { folder, env: { PARLANCE_DATA: join(folder, "data") }, cwd: folder };
};

describe("parlance ask, without a key", () => {
  test("answers from the demo and prints the answer alone", async () => {
    const { code, out, err } = await parlance(["ask", "Hello"], fresh());
    expect(out).toMatch(/^\*\*This is the demo, not a model\.\*\*/u);
    expect(out).toContain("your message");
    expect(err).toBe("");
    expect(code).toBe(0);
  });

  test("reads a real screenshot: the transcript is what a model would get", async () => {
    const place = fresh();
    const persona = `name: Reader\ndescription: Reads.\ninstructions: Read.\nimages: transcribe\nlanguages: [ko]\n`;
    const PARLANCE_PERSONAS = makeFolder({ "assistant.yaml": persona });
    const { code, out, err } = await parlance(["ask", "--image", screenshot], {
      ...place,
      env: { ...place.env, PARLANCE_PERSONAS },
    });
    expect(out).toContain("오늘은 일찍 들어올 거지?");
    expect(out).toContain("저녁 같이 먹자.");
    expect(err).toContain("I read in the picture:");
    expect(code).toBe(0);
  });

  test("takes the question from a pipe", async () => {
    const { out } = await parlance(["ask", "--persona", "vocab"], { ...fresh(), input: "학교에 가요\n" });
    expect(out).toContain("학교에 가요");
  });

  test("knows the conversation after its process was killed", async () => {
    const { env, cwd } = fresh();
    const killed = makeFolder({
      "kill.mjs": 'process.on("exit", () => process.kill(process.pid, "SIGKILL"));',
    });
    const first = await parlance(["ask", "My dog is called Rex."], {
      env,
      cwd,
      imports: [join(killed, "kill.mjs")],
    });
    expect(first.code).toBeNull();
    const { out } = await parlanceHere(["prompt", "What is it called?"], { env, cwd });
    expect(out).toContain("── history");
    expect(out).toContain("My dog is called Rex.");
    const other = await parlanceHere(["prompt", "--thread", "other", "What is it called?"], { env, cwd });
    expect(other.out).not.toContain("Rex");
  });

  test("loads no SDK, no tokenizer and no picture library that its turn does not use", async () => {
    const { folder, env, cwd } = fresh();
    const report = join(folder, "packages.txt");
    const imports = [join(root, "test/support/report-modules.ts")];
    await parlance(["ask", "Hello"], { env: { ...env, LOADED_PACKAGES: report }, cwd, imports });
    const packages = readFileSync(report, "utf8").split("\n");
    expect(packages).toEqual(expect.arrayContaining(["zod", "yaml", "pino"]));
    const heavy = new Set([
      "openai",
      "@anthropic-ai/sdk",
      "gpt-tokenizer",
      "sharp",
      "tesseract.js",
      "pg",
      "@keyv/postgres",
      "@pydantic/genai-prices",
      "discord.js",
      "@slack/bolt",
      "grammy",
    ]);
    expect(packages.filter((name) => heavy.has(name))).toEqual([]);
  });
});

describe("parlance ask, on Postgres", () => {
  test("knows the conversation in the next process, and uses no file", async () => {
    const server = await startPostgres();
    try {
      const { env, cwd } = fresh();
      const place = { env: { ...env, DATABASE_URL: await server.createDatabase() }, cwd };
      expect((await parlance(["ask", "My dog is called Rex."], place)).code).toBe(0);
      expect((await parlanceHere(["prompt", "What is it called?"], place)).out).toContain(
        "My dog is called Rex.",
      );
      expect(existsSync(env.PARLANCE_DATA)).toBe(false);
    } finally {
      await server.close();
    }
  });
});

describe("parlance ask, with an Ollama on this machine", () => {
  test("finds it by itself and answers from it", async () => {
    const server = await startSseServer();
    try {
      server.onPath("/api/version", { json: { version: "0.12.0" } });
      server.onPath("/api/tags", { json: { models: [{ name: "gemma3:4b" }] } });
      server.onPath("/api/show", {
        json: { capabilities: ["completion", "vision"], model_info: { "gemma3.context_length": 8192 } },
      });
      const chunk = (delta: object, finish: string | null = null) => ({
        id: "1",
        object: "chat.completion.chunk",
        created: 0,
        model: "gemma3:4b",
        choices: [{ index: 0, delta, finish_reason: finish }],
      });
      server.onPath("/v1/chat/completions", {
        events: [
          chunk({ content: "Hi from " }),
          chunk({ content: "here." }),
          chunk({}, "stop"),
          "data: [DONE]\n\n",
        ],
      });
      const { env, cwd } = fresh();
      const place = { env: { ...env, OLLAMA_HOST: new URL(server.url).host }, cwd };
      expect(await parlanceHere(["ask", "Hello"], place)).toEqual({
        code: 0,
        out: "Hi from here.\n",
        err: "",
      });
      expect((await parlanceHere(["ask", "--json", "Hello"], place)).out).toContain(
        '"model": "ollama/gemma3:4b"',
      );
    } finally {
      await server.stop();
    }
  });
});

describe("parlance ask, with a model", () => {
  let server: ModelServer;
  beforeAll(async () => {
    server = await startModelServer({ chunkSize: 7 });
  });
  afterAll(() => server.stop());

  const withModel = () => {
    const start = fresh();
    const config = `providers: { openai: { baseUrl: ${server.openAiUrl} } }\n`;
    const folder = makeFolder({ "parlance.yaml": config });
    return { ...start, cwd: folder, env: { ...start.env, OPENAI_API_KEY: "sk-test-key" } };
  };

  test("sends the persona's examples as turns and the picture's text, and streams the answer whole", async () => {
    const answer = `**Subtitle**\n오늘은 일찍 들어올 거지?\n\n${"긴 설명 ".repeat(200)}끝.`;
    server.enqueue({ content: answer });
    const { code, out, err } = await parlanceHere(
      ["ask", "--persona", "subtitle-helper", "--image", screenshot],
      withModel(),
    );
    expect(out).toBe(`${answer}\n`);
    expect(err).toContain("I read in the picture:");
    expect(code).toBe(0);
    const sent = server.requests().at(-1)?.chat.messages ?? [];
    expect(sent.map(({ role }) => role)).toEqual([
      "system",
      "user",
      "assistant",
      "user",
      "assistant",
      "user",
      "assistant",
      "user",
    ]);
    expect(JSON.stringify(sent[1])).toContain("네가 여긴 웬일이야?");
    expect(JSON.stringify(sent[2])).toContain("**Breakdown**");
    expect(JSON.stringify(sent.at(-1))).toContain(
      "[Text read in picture 1]\\\\n오늘은 일찍 들어올 거지?\\\\n저녁 같이 먹자.".replaceAll("\\\\", "\\"),
    );
  });

  test("sends the picture itself where the persona leaves the choice and the model sees", async () => {
    await parlanceHere(["ask", "--image", screenshot, "What is this?"], withModel());
    const { body } = server.requests().at(-1) ?? {};
    expect(JSON.stringify(body)).toContain(
      `data:image/jpeg;base64,${readFileSync(screenshot).toString("base64").slice(0, 100)}`,
    );
  });

  test("tells everything as JSON", async () => {
    server.enqueue({ content: "Canberra.", usage: { input_tokens: 50, output_tokens: 4 } });
    const { out } = await parlanceHere(["ask", "--json", "What is the capital of Australia?"], withModel());
    expect(JSON.parse(out)).toMatchObject({
      answer: "Canberra.",
      state: "done",
      model: expect.stringMatching(/^openai\//u),
      usage: { inputTokens: 50, outputTokens: 4 },
      tools: [],
      sources: [],
      notices: [],
    });
  });

  test("falls back to the next model in one line of the answer, and loads its SDK only then", async () => {
    const folder = makeFolder({
      "parlance.yaml": [
        "providers:",
        `  openai: { baseUrl: ${server.openAiUrl}, apiKey: sk-a }`,
        `  anthropic: { baseUrl: ${server.url}, apiKey: sk-b }`,
        "models: { smart: { model: openai/gpt-6-sol, fallback: [anthropic/claude-opus-5-5] } }",
        "",
      ].join("\n"),
    });
    const report = join(folder, "packages.txt");
    const imports = [join(root, "test/support/report-modules.ts")];
    const place = {
      cwd: folder,
      env: { PARLANCE_DATA: join(folder, "data"), LOADED_PACKAGES: report },
      imports,
    };
    const loaded = () => readFileSync(report, "utf8").split("\n");

    server.enqueue({ content: "From the first." });
    expect((await parlance(["ask", "Hi"], place)).out).toBe("From the first.\n");
    expect(loaded()).toContain("openai");
    expect(loaded()).not.toContain("@anthropic-ai/sdk");

    server.enqueue(
      { error: { message: "no such model", code: "model_not_found" }, status: 404 },
      { content: "From the second." },
    );
    const { out, err } = await parlance(["ask", "Hi"], place);
    expect(out).toBe("From the second.\n");
    expect(err).toBe("openai/gpt-6-sol is not offered; anthropic/claude-opus-5-5 answered.\n");
    expect(loaded()).toContain("@anthropic-ai/sdk");
  });

  test("fails with a sentence, and nothing on standard output", async () => {
    server.enqueue({
      error: {
        message: "Incorrect API key provided: sk-test-key",
        type: "invalid_request_error",
        code: "invalid_api_key",
      },
      status: 401,
    });
    const { code, out, err } = await parlanceHere(["ask", "Hi"], withModel());
    expect(code).toBe(1);
    expect(out).toBe("");
    expect(err).toContain("The model's vendor refused our key, or its account has no credit.");
    expect(err).not.toContain("sk-test-key");
  });
});
