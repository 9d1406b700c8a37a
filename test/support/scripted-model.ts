import type { ModelRequest, Usage } from "../../src/providers/provider.ts";
import { type ModelEvent, type ModelStream } from "../../src/turn.ts";
import { noUsage } from "../../src/turn-progress.ts";

type Sent = Omit<ModelRequest, "model">;

/** What one call of the scripted model does: events to play, or a function of what it was sent. */
export type Script = readonly ScriptStep[] | ((request: Sent) => readonly ScriptStep[]);
/** `wait` holds the stream open until it is aborted; a promise until it settles; an error is thrown at that point. */
export type ScriptStep = ModelEvent | Error | "wait" | Promise<void>;

/** A model that plays one script per call, in order, and keeps what it was sent. */
export interface ScriptedModel {
  readonly stream: ModelStream;
  readonly requests: Sent[];
  /** Adds scripts for the calls to come. */
  readonly play: (...scripts: Script[]) => void;
}

export const say = (text: string): ScriptStep => ({ type: "text", text });
export const stop = (reason: "end" | "tools" | "length" | "refused" = "end"): ScriptStep => ({
  type: "stop",
  reason,
});
export const call = (name: string, input: unknown, id = `call_${name}`): ScriptStep => ({
  type: "tool-call",
  call: { type: "tool-call", id, name, arguments: typeof input === "string" ? input : JSON.stringify(input) },
});
/** The call dies, and another model goes on with the answer. */
export const takeOver = (
  model: string,
  spent?: { inputTokens: number; outputTokens: number },
): readonly ScriptStep[] => [
  {
    type: "spent",
    spent: spent ? [{ model: "scripted/model", usage: { ...noUsage, ...spent } }] : [],
    next: { instructions: "", messages: [], stableMessages: 0, tools: [] },
  },
  { type: "answering", model, failed: [{ model: "scripted/model", kind: "overloaded" }] },
];
export const usage = (inputTokens: number, outputTokens: number): ScriptStep => ({
  type: "usage",
  usage: {
    inputTokens,
    outputTokens,
    cachedTokens: 0,
    cacheWriteTokens: 0,
    thinkingTokens: 0,
  } satisfies Usage,
});

export function scriptedModel(...scripts: Script[]): ScriptedModel {
  const requests: Sent[] = [];
  return {
    requests,
    play: (...more) => void scripts.push(...more),
    async *stream(request, signal) {
      const script = scripts[requests.length];
      requests.push(structuredClone(request));
      if (!script) throw new Error(`the script has no call ${requests.length}`);
      yield { type: "answering", model: "scripted/model", failed: [] };
      for (const step of typeof script === "function" ? script(request) : script) {
        signal.throwIfAborted();
        if (step instanceof Error) throw step;
        if (step === "wait") await aborted(signal);
        else if (step instanceof Promise) await step;
        else yield step.type === "spent" && step.next ? { ...step, next: request } : step;
      }
    },
  };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
