import type { Inbound } from "../chat.ts";
import type { Queries } from "./database.ts";
import type { ConversationKey, NewEvent } from "./store.ts";

/** What the `payload` column of an event holds until it has been dealt with. */
export interface Payload {
  readonly inbound: Inbound;
  readonly refusal?: string;
  /** Its person stopped it before work on it began. */
  readonly isStopped?: true;
}

/** The state of what has been dealt with. */
export const done = 2;

export const payloadOf = ({ payload }: { readonly payload: string }): Payload =>
  JSON.parse(payload) as Payload;

export const platformOf = ({ thread }: Inbound): string => thread.split(":", 1)[0] ?? "";

/** Keeps the id alone of what was dealt with at once, to know it when it comes again. */
export async function remember(
  queries: Queries,
  conversation: ConversationKey | "",
  { id, seq, at, inbound }: NewEvent,
): Promise<void> {
  await queries.query(
    `INSERT INTO event (id, seq, conversation, platform, person, at, payload, state, attempts)
     VALUES (?, ?, ?, ?, ?, ?, '', ?, 0) ON CONFLICT DO NOTHING`,
    [id, seq, conversation, platformOf(inbound), inbound.author.id, at, done],
  );
}
