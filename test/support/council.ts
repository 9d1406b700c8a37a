import type { ModelRequest } from "../../src/providers/provider.ts";
import { ProviderError, type ProviderFailure } from "../../src/providers/provider.ts";
import type { ModelStream } from "../../src/turn.ts";
import { type Script, scriptedModel, say, stop, usage } from "./scripted-model.ts";

type Request = Omit<ModelRequest, "model">;

/** What a call of a council's model is for. */
export const kindOf = ({ instructions, messages }: Request): "answer" | "ranking" | "summary" => {
  if (instructions.startsWith("You judge")) return "ranking";
  return messages.at(-1)?.parts.some((part) => part.type === "text" && part.text.startsWith("[Answer 1 of"))
    ? "summary"
    : "answer";
};

/** The last thing that a model was sent. */
export const lastText = ({ messages }: Request): string =>
  messages
    .at(-1)
    ?.parts.map((part) => ("text" in part ? part.text : ""))
    .join("\n") ?? "";

/** The letters of the answers in the order of how well a judge likes what they say: the first of `taste` best. */
export function rankingBy(taste: readonly string[], request: Request): string {
  const answers = [...lastText(request).matchAll(/\[Answer ([A-Z])\]\n([\s\S]*?)\n\[end\]/gu)];
  const liking = ([, , text = ""]: readonly string[]): number =>
    taste.findIndex((word) => text.includes(word));
  const letters = answers.toSorted((one, other) => liking(one) - liking(other)).map(([, letter]) => letter);
  return JSON.stringify({ ranking: letters });
}

export const failing = (kind: ProviderFailure): Error =>
  new ProviderError(kind, { provider: "test", message: "as scripted" });

interface Member {
  readonly answer?: Script;
  readonly ranking?: Script;
  readonly summary?: Script;
}

/** A model of a council under its own name, which keeps what it was sent. */
export interface CouncilModel {
  readonly stream: ModelStream;
  readonly requests: Request[];
}

export function councilModel(name: string, taste: readonly string[], scripts: Member): CouncilModel {
  const requests: Request[] = [];
  const ranks: Script = (request) => [say(rankingBy(taste, request)), usage(20, 3), stop()];
  return {
    requests,
    async *stream(request, signal) {
      requests.push(structuredClone(request));
      const script = { ranking: ranks, ...scripts }[kindOf(request)] ?? [say("…"), stop()];
      const model = scriptedModel(script);
      for await (const event of model.stream(request, signal))
        yield event.type === "answering" ? { ...event, model: name } : event;
    },
  };
}
