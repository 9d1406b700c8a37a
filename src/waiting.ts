import type { Adapter, InboundMessage, MessageId } from "./chat.ts";
import type { ConversationKey } from "./store/store.ts";

/** A question that has not been answered yet. */
export interface WaitingQuestion {
  readonly adapter: Adapter;
  readonly message: InboundMessage;
  /** When it arrived, by `performance.now()`. */
  readonly arrived: number;
  /** The messages of a begun answer that the new one takes the place of. */
  readonly replaces?: readonly MessageId[];
  /** The messages it was joined from, when there are several. */
  readonly joined?: readonly InboundMessage[];
  /** Nothing that comes later joins it. */
  readonly isSealed?: boolean;
}

/** The questions of each conversation that wait for the one being answered. */
export interface Waiting {
  add(conversation: ConversationKey, question: WaitingQuestion): void;
  /** What waits now is joined with nothing that comes later: something else was asked for in between. */
  seal(conversation: ConversationKey): void;
  /** The next question, joined with what the same person wrote right after it; undefined when none waits. */
  take(conversation: ConversationKey): WaitingQuestion | undefined;
  /** Changes a waiting question's message; false when it does not wait. */
  change(conversation: ConversationKey, message: InboundMessage): boolean;
  /** Forgets a waiting question; false when it does not wait. */
  drop(conversation: ConversationKey, message: MessageId): boolean;
}

export function createWaiting(): Waiting {
  const queues = new Map<ConversationKey, WaitingQuestion[]>();
  const queueOf = (conversation: ConversationKey): WaitingQuestion[] => {
    const queue = queues.get(conversation) ?? [];
    queues.set(conversation, queue);
    return queue;
  };
  const indexOf = (conversation: ConversationKey, id: MessageId | undefined): number =>
    id === undefined
      ? -1
      : (queues.get(conversation) ?? []).findIndex(({ message }) => message.messageId === id);

  return {
    add: (conversation, question) => void queueOf(conversation).push(question),
    seal(conversation) {
      const queue = queues.get(conversation);
      const last = queue?.pop();
      if (last) queue?.push({ ...last, isSealed: true });
    },
    take(conversation) {
      const queue = queues.get(conversation) ?? [];
      let taken = queue.shift();
      while (taken && queue[0] && belongTogether(taken, queue[0]))
        taken = join(taken, queue.shift() ?? taken);
      if (queue.length === 0) queues.delete(conversation);
      return taken;
    },
    change(conversation, message) {
      const queue = queues.get(conversation);
      const index = indexOf(conversation, message.messageId);
      const question = queue?.[index];
      if (queue && question) queue[index] = { ...question, message };
      return question !== undefined;
    },
    drop(conversation, id) {
      const index = indexOf(conversation, id);
      if (index >= 0) queues.get(conversation)?.splice(index, 1);
      return index >= 0;
    },
  };
}

/** What may name a persona: `tutor: …`. */
const prefix = /^\s*[^\s:：]{1,40}[:：]/u;

/** Two messages are one question when one person wrote them in a row to one persona, and the second quotes nothing. */
function belongTogether(one: WaitingQuestion, { message: other }: WaitingQuestion): boolean {
  const { author, persona } = one.message;
  const same = author.id === other.author.id && persona === other.persona;
  return same && !one.isSealed && other.quoted === undefined && !prefix.test(other.text);
}

function join(one: WaitingQuestion, other: WaitingQuestion): WaitingQuestion {
  const joined = [...(one.joined ?? [one.message]), other.message];
  return { ...other, arrived: one.arrived, joined, message: joinMessages(joined) };
}

/** One question of several messages, the oldest first; it stands where the last one does. */
export function joinMessages(messages: readonly InboundMessage[]): InboundMessage {
  const [first] = messages;
  const last = messages.at(-1);
  if (!first || !last) throw new RangeError("no message to join");
  return {
    ...last,
    ...(first.quoted && { quoted: first.quoted }),
    text: messages
      .map(({ text }) => text)
      .filter((text) => text.trim() !== "")
      .join("\n"),
    attachments: messages.flatMap(({ attachments }) => attachments),
  };
}
