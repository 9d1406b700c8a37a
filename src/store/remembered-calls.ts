import type { Message } from "../message.ts";
import type { Transaction } from "./database.ts";
import { reachOf, withinReach } from "./links.ts";
import type { ConversationKey } from "./store.ts";
import { deleteSummaryOf } from "./summaries.ts";

/** The tool by which a model has a fact kept, and its argument. */
const call = "remember";

/**
 * Takes what models wrote to have these facts kept out of the person's stored turns, and the summaries that may tell of it: the
 * next prompt must not say it again.
 */
export async function forgetCalls(
  queries: Transaction,
  person: string,
  texts: readonly string[],
): Promise<void> {
  const rows = await queries.query<{ conversation: ConversationKey; id: string; messages: string }>(
    `SELECT conversation, id, messages FROM turn WHERE ${withinReach("person")} AND messages LIKE ?`,
    [...reachOf(person), `%"name":"${call}"%`],
  );
  const gone = new Set(texts);
  for (const { conversation, id, messages } of rows) {
    const stored = JSON.parse(messages) as readonly Message[];
    const rewritten = JSON.stringify(stored.map((message) => withoutFacts(message, gone)));
    if (rewritten === messages) continue;
    await queries.lock(conversation);
    await deleteSummaryOf(queries, conversation, { sql: "id = ?", value: id });
    await queries.query("UPDATE turn SET messages = ? WHERE conversation = ? AND id = ?", [
      rewritten,
      conversation,
      id,
    ]);
  }
}

function withoutFacts(message: Message, gone: ReadonlySet<string>): Message {
  if (message.role !== "assistant") return message;
  const parts = message.parts.map((part) =>
    part.type === "tool-call" && part.name === call && gone.has(factIn(part.arguments))
      ? { ...part, arguments: JSON.stringify({ fact: "(forgotten)" }) }
      : part,
  );
  return { ...message, parts };
}

function factIn(text: string): string {
  try {
    const { fact } = JSON.parse(text) as { fact?: unknown };
    return typeof fact === "string" ? fact.trim() : "";
  } catch {
    return "";
  }
}
