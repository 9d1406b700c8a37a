import type { Inbound, InboundEdit, InboundMessage, Quoted } from "./chat.ts";
import { markSpeech } from "./conversation/marks.ts";
import type { BegunJob, InboxEvent } from "./store/store.ts";

/** What is dealt with at once: one thing a person did, or the messages that make up one question. */
export interface Batch {
  /** All that have been dealt with when this has. */
  readonly events: readonly InboxEvent[];
  readonly inbound: Inbound;
  /** The messages a question was joined from. */
  readonly parts: readonly InboundMessage[];
  /** The answer being made of it, where work on it was begun before. */
  readonly job?: string;
  /** How often work on it was begun. */
  readonly attempts: number;
  readonly refusal?: string;
  /** Its person stopped it while it waited. */
  readonly isStopped?: true;
}

/** The next batch of what a conversation has to deal with, oldest first; undefined when that is nothing. */
export function nextBatch(stored: readonly InboxEvent[]): Batch | undefined {
  const pending = asWritten(stored);
  const [first] = pending;
  if (!first) return undefined;
  const { attempts, refusal, isStopped } = first;
  const job = first.job ?? jobOf(questionOf(pending));
  const common = {
    attempts,
    ...(job !== undefined && { job }),
    ...(refusal !== undefined && { refusal }),
    ...(isStopped && { isStopped }),
  };
  const { inbound } = first;
  if (inbound.type === "edited") {
    const edits = editsOf(pending, inbound.messageId);
    return { ...common, events: edits, inbound: edits.at(-1)?.inbound ?? inbound, parts: [inbound.message] };
  }
  if (inbound.type !== "message") return { ...common, events: [first], inbound, parts: [] };
  const asked = questionOf(pending);
  // An edit of what has not been answered yet changes the question itself.
  const edits = asked.map(({ inbound }) =>
    inbound.type === "message" && inbound.messageId !== undefined ? editsOf(pending, inbound.messageId) : [],
  );
  const parts = asked.flatMap(({ inbound }, index) => {
    const edit = edits[index]?.at(-1)?.inbound as InboundEdit | undefined;
    return edit ? [edit.message] : inbound.type === "message" ? [inbound] : [];
  });
  const events = [...asked, ...edits.flat()];
  // A new edit is a new question, however often the old one was begun.
  const fewest = Math.min(...events.map((event) => event.attempts));
  return { ...common, attempts: fewest, events, inbound: joinMessages(parts), parts };
}

/** What a batch says once work on it has begun: since it was read, a part may have been changed or taken back. */
export function asBegun(batch: Batch, { id: job, inbounds }: Pick<BegunJob, "id" | "inbounds">): Inbound {
  const events = batch.events.flatMap((event) => {
    const inbound = inbounds.get(event.id);
    return inbound ? [{ ...event, inbound, job, attempts: event.attempts + 1 }] : [];
  });
  return nextBatch(events)?.inbound ?? batch.inbound;
}

/**
 * What a process was killed with before it was stored, its platform brings again: after what was written since. Messages
 * that nobody has begun to answer stand as they were written, as exactly as their platform says.
 */
function asWritten(stored: readonly InboxEvent[]): readonly InboxEvent[] {
  const mayMove = ({ inbound, attempts }: InboxEvent): boolean =>
    inbound.type === "message" && attempts === 0;
  const moved = stored.filter(mayMove).toSorted((one, other) => sentAt(one) - sentAt(other));
  return stored.map((event) => (mayMove(event) ? (moved.shift() ?? event) : event));
}

const sentAt = ({ inbound, at }: InboxEvent): number => inbound.at ?? at;

const jobOf = (events: readonly InboxEvent[]): string | undefined =>
  events.find(({ job }) => job !== undefined)?.job;

/** The messages that make up the first question: those it was begun with, else all that belong together. */
function questionOf(pending: readonly InboxEvent[]): InboxEvent[] {
  const [first, ...others] = pending;
  if (!first) return [];
  if (first.attempts > 0)
    return pending.filter(({ job, inbound }) => job === first.job && inbound.type === "message");
  const question = [first];
  for (const event of others) {
    if (event.inbound.type === "edited") continue;
    if (!belongTogether(question.at(-1), event)) break;
    // An answer that somebody began, or a sentence that they wait, has its own messages.
    if (event.attempts > 0 || (event.job !== undefined && (jobOf(question) ?? event.job) !== event.job))
      break;
    question.push(event);
  }
  return question;
}

const editsOf = (pending: readonly InboxEvent[], message: string): InboxEvent[] =>
  pending.filter(({ inbound }) => inbound.type === "edited" && inbound.messageId === message);

/** What may name a persona: `tutor: …`. */
const prefix = /^\s*[^\s:：]{1,40}[:：]/u;

/** Two messages are one question when one person wrote them in a row to one persona, and the second replies to nothing. */
function belongTogether(one: InboxEvent | undefined, other: InboxEvent): boolean {
  if (one?.inbound.type !== "message" || other.inbound.type !== "message") return false;
  if (one.refusal !== undefined || other.refusal !== undefined) return false;
  if (one.isStopped !== other.isStopped) return false;
  // What each council costs is asked for by itself.
  if (one.inbound.council || other.inbound.council) return false;
  // What is looked for is what that one says.
  if (one.inbound.search || other.inbound.search) return false;
  const { author, persona } = one.inbound;
  const same = author.id === other.inbound.author.id && persona === other.inbound.persona;
  const { quoted, text } = other.inbound;
  return same && (quoted === undefined || quoted.isForwarded === true) && !prefix.test(text);
}

/** What several messages quote, each after its writer's name. */
function joinQuotes(quotes: readonly Quoted[]): Quoted | undefined {
  const [first, ...others] = quotes;
  if (!first || others.length === 0) return first;
  return {
    author: [...new Set(quotes.map(({ author }) => author))].join(", "),
    text: quotes.map(({ author, text }) => markSpeech(author, text)).join("\n"),
    attachments: quotes.flatMap(({ attachments }) => attachments),
  };
}

/** One question of several messages, the oldest first; it stands where the last one does. */
export function joinMessages(messages: readonly InboundMessage[]): InboundMessage {
  const [first] = messages;
  const last = messages.at(-1);
  if (!first || !last) throw new RangeError("no message to join");
  if (first === last) return first;
  const quoted = joinQuotes(messages.flatMap((message) => message.quoted ?? []));
  return {
    ...last,
    ...(quoted && { quoted }),
    text: messages
      .map(({ text }) => text)
      .filter((text) => text.trim() !== "")
      .join("\n"),
    attachments: messages.flatMap(({ attachments }) => attachments),
  };
}
