import { once } from "node:events";
import { connect } from "node:net";
import { z } from "zod";
import type { ModelFacts } from "../config-schema.ts";

/** An Ollama that runs here. */
export interface LocalOllama {
  /** For the `ollama` preset. */
  readonly baseUrl: string;
  /** Its models that chat, newest first, with what it says of them. */
  readonly models: Readonly<Record<string, ModelFacts>>;
}

const tags = z.object({ models: z.array(z.object({ name: z.string() })) });
const details = z.object({
  capabilities: z.array(z.string()).optional(),
  parameters: z.string().optional(),
  model_info: z.record(z.string(), z.unknown()).optional(),
});

/**
 * Looks for a running Ollama; undefined when there is none or it has no model. Waits at most `timeoutMs` for a sign
 * of life, and not at all where nothing listens. `address` is its root, without `/v1`.
 */
export async function findOllama(
  address = "http://127.0.0.1:11434",
  timeoutMs = 2_000,
): Promise<LocalOllama | undefined> {
  if (!(await listens(address, timeoutMs))) return undefined;
  try {
    await ask(`${address}/api/version`, { signal: AbortSignal.timeout(timeoutMs) });
    const signal = AbortSignal.timeout(timeoutMs * 5);
    const { models } = tags.parse(await ask(`${address}/api/tags`, { signal }));
    const described = await Promise.all(
      models.map(async ({ name }) => {
        const body = JSON.stringify({ model: name });
        const show = details.parse(await ask(`${address}/api/show`, { method: "POST", body, signal }));
        return [name, show] as const;
      }),
    );
    // An older Ollama lists no capabilities; then nothing is left out.
    const chatting = described.filter(([, { capabilities }]) => capabilities?.includes("completion") ?? true);
    if (chatting.length === 0) return undefined;
    return {
      baseUrl: `${address}/v1`,
      models: Object.fromEntries(chatting.map(([name, show]) => [name, factsOf(show)])),
    };
  } catch {
    // Nothing there, or something else that happens to listen.
    return undefined;
  }
}

/** A bare connection tells in a millisecond; loading what `fetch` needs takes forty. */
async function listens(address: string, timeoutMs: number): Promise<boolean> {
  const { hostname, port, protocol } = new URL(address);
  const socket = connect({ host: hostname, port: Number(port) || (protocol === "https:" ? 443 : 80) });
  socket.setTimeout(timeoutMs, () => socket.destroy(new Error("no answer")));
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function ask(url: string, init: RequestInit): Promise<unknown> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return await response.json();
}

function factsOf({ capabilities, parameters, model_info }: z.output<typeof details>): ModelFacts {
  // What it was told to use goes before what the model could.
  const set = /^num_ctx\s+(\d+)/mu.exec(parameters ?? "")?.[1];
  const able = Object.entries(model_info ?? {}).find(([name]) => name.endsWith(".context_length"))?.[1];
  const window = Number(set ?? able);
  return {
    ...(Number.isInteger(window) && window > 0 && { window }),
    ...(capabilities && { images: capabilities.includes("vision"), tools: capabilities.includes("tools") }),
  };
}
