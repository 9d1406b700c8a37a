import { toDollars } from "../limits/bounds.ts";
import type { Account } from "../privacy/people.ts";
import type { Queries } from "./database.ts";
import type { ConversationKey } from "./store.ts";

type LedgerRow = {
  readonly turn: string;
  readonly at: number;
  readonly channel: string | null;
  readonly conversation: ConversationKey;
  readonly persona: string;
  readonly model: string;
  readonly input_tokens: number;
  readonly cached_tokens: number;
  readonly cache_write_tokens: number;
  readonly output_tokens: number;
  readonly thinking_tokens: number;
  readonly is_estimate: number;
  readonly cost_nano: number | null;
  readonly tools: string;
};

/** One person's rows of the ledger, the oldest first. */
export async function readAccounts(
  queries: Queries,
  person: string,
  page?: { readonly offset: number; readonly limit: number },
): Promise<readonly Account[]> {
  const rows = await queries.query<LedgerRow>(
    `SELECT * FROM ledger WHERE person = ? ORDER BY at, turn, attempt${page ? " LIMIT ? OFFSET ?" : ""}`,
    page ? [person, page.limit, page.offset] : [person],
  );
  return rows.map(toAccount);
}

function toAccount(row: LedgerRow): Account {
  return {
    turn: row.turn,
    at: new Date(row.at),
    ...(row.channel !== null && { channel: row.channel }),
    conversation: row.conversation,
    persona: row.persona,
    model: row.model,
    usage: {
      inputTokens: row.input_tokens,
      cachedTokens: row.cached_tokens,
      cacheWriteTokens: row.cache_write_tokens,
      outputTokens: row.output_tokens,
      thinkingTokens: row.thinking_tokens,
    },
    isEstimate: row.is_estimate !== 0,
    ...(row.cost_nano !== null && { costUsd: toDollars(row.cost_nano) }),
    tools: JSON.parse(row.tools) as string[],
  };
}
