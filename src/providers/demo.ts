import { countMessages, estimateTokens } from "../conversation/tokens.ts";
import type { Message, UserMessage } from "../message.ts";
import { similarity } from "../text/similarity.ts";
import type { ModelRequest, Provider, StreamEvent } from "./provider.ts";

/**
 * The offline stand-in for someone without a key. It is no model and says so: it shows what a model would be sent,
 * reads a picture with the persona's tool, and shows the persona's example closest to the question.
 */
export function createDemoProvider(): Provider {
  return {
    id: "demo",
    vendor: "demo",
    async *stream(request, signal): AsyncGenerator<StreamEvent, void, undefined> {
      signal.throwIfAborted();
      yield* wantsPictureRead(request) ? callOcr(request) : explain(request);
    },
    body: async (request) => request,
    listModels: async () => ["stand-in"],
  };
}

function wantsPictureRead({ messages, tools }: ModelRequest): boolean {
  const last = messages.at(-1);
  return (
    last?.role === "user" &&
    last.parts.some(({ type }) => type === "image") &&
    tools.some(({ name }) => name === "ocr")
  );
}

function* callOcr(request: ModelRequest): Generator<StreamEvent> {
  const call = { type: "tool-call", id: "call_1", name: "ocr", arguments: "{}" } as const;
  yield { type: "tool-call", call };
  yield { type: "usage", usage: usageOf(request, call.arguments) };
  yield { type: "stop", reason: "tools" };
}

function* explain(request: ModelRequest): Generator<StreamEvent> {
  const sections = [intro, whatIsSent(request), ...pictureText(request), ...closestExample(request), outro];
  for (const section of sections) yield { type: "text", text: section };
  yield { type: "usage", usage: usageOf(request, sections.join("")) };
  yield { type: "stop", reason: "end" };
}

const intro = "**This is the demo, not a model.** Here is what a model would get and be asked to do.\n\n";
const outro =
  "**For real answers** set `OPENAI_API_KEY` or `ANTHROPIC_API_KEY`, or start Ollama on this machine, and ask again.";

function whatIsSent({ instructions, messages, stableMessages, tools }: ModelRequest): string {
  const examples = messages.slice(0, stableMessages);
  const question = lastQuestion(messages);
  const history = messages.slice(stableMessages, question ? messages.indexOf(question) : undefined);
  const lines = [
    line("instructions", estimateTokens(instructions), excerpt(instructions)),
    tools.length > 0 &&
      line("tools", estimateTokens(JSON.stringify(tools)), tools.map(({ name }) => name).join(", ")),
    examples.length > 0 &&
      line("examples", countMessages(examples, estimateTokens), `${examples.length / 2} exchanges`),
    history.length > 0 &&
      line("earlier", countMessages(history, estimateTokens), `${history.length} messages`),
    question && line("your message", countMessages([question], estimateTokens), excerpt(describe(question))),
  ];
  return `**What is sent** (tokens estimated)\n${lines.filter((each) => each !== false && each !== undefined).join("\n")}\n\n`;
}

const line = (name: string, tokens: number, text: string): string => `- ${name}, ${tokens}: ${text}`;

/** What the tool read, once it has. */
function pictureText({ messages }: ModelRequest): string[] {
  const last = messages.at(-1);
  if (last?.role !== "tool") return [];
  const texts = last.parts.map(({ text }) => text.replaceAll(/^/gmu, "> "));
  return [`**Read in the picture**\n${texts.join("\n\n")}\n\n`];
}

function closestExample({ messages, stableMessages }: ModelRequest): string[] {
  const question = lastQuestion(messages);
  if (!question) return [];
  const asked = describe(question);
  let best: { alike: number; user: string; answer: string } | undefined;
  for (let index = 0; index + 1 < stableMessages; index += 2) {
    const [user, assistant] = messages.slice(index, index + 2);
    if (!user || !assistant) continue;
    const alike = similarity(withoutTitles(describe(user)), withoutTitles(asked));
    if (!best || alike > best.alike) best = { alike, user: describe(user), answer: describe(assistant) };
  }
  if (!best) return [];
  const title = `**The persona's closest example** (${Math.round(best.alike * 100)} % alike), not an answer to you`;
  // What has little in common is named, not told at length.
  const told = best.alike < 0.2 ? "" : `\n${best.answer.replaceAll(/^/gmu, "> ")}`;
  return [`${title}\n${excerpt(best.user)}${told}\n\n`];
}

function lastQuestion(messages: readonly Message[]): UserMessage | undefined {
  return messages.findLast((message) => message.role === "user");
}

function describe(message: Message): string {
  return message.parts
    .map((part) =>
      part.type === "image" ? "(picture)" : part.type === "tool-call" ? `(calls ${part.name})` : part.text,
    )
    .join("\n");
}

/** Two pictures are not alike because a line announces each. */
const withoutTitles = (text: string): string => text.replaceAll(/^\[.*\]$/gmu, "");

function excerpt(text: string): string {
  const line = text.replaceAll(/\s+/gu, " ").trim();
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}

function usageOf({ instructions, messages, tools }: ModelRequest, output: string) {
  const toolTokens = tools.length > 0 ? estimateTokens(JSON.stringify(tools)) : 0;
  return {
    inputTokens: estimateTokens(instructions) + toolTokens + countMessages(messages, estimateTokens),
    cachedTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: estimateTokens(output),
    thinkingTokens: 0,
  };
}
