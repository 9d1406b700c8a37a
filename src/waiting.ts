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
}

/** The questions of each conversation that wait for the one being answered. */
export interface Waiting {
  add(conversation: ConversationKey, question: WaitingQuestion): void;
  /** Puts a question before all others. */
  addFirst(conversation: ConversationKey, question: WaitingQuestion): void;
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
    addFirst: (conversation, question) => void queueOf(conversation).unshift(question),
    take(conversation) {
      const queue = queues.get(conversation) ?? [];
      let taken = queue.shift();
      while (taken && queue[0] && belongTogether(taken, queue[0]))
        taken = join(taken, queue.shift() ?? taken);
      if (queue.length === 0) queues.delete(conversation);
      return taken;
    },
    change(conversation, message) {
      const queue = queueOf(conversation);
      const index = indexOf(conversation, message.messageId);
      const question = queue[index];
      if (question) queue[index] = { ...question, message };
      return question !== undefined;
    },
    drop(conversation, id) {
      const index = indexOf(conversation, id);
      if (index >= 0) queueOf(conversation).splice(index, 1);
      return index >= 0;
    },
  };
}

/** Two messages are one question when one person wrote them in a row to one persona, and the second quotes nothing. */
function belongTogether({ message: one }: WaitingQuestion, { message: other }: WaitingQuestion): boolean {
  return one.author.id === other.author.id && one.persona === other.persona && other.quoted === undefined;
}

function join(one: WaitingQuestion, other: WaitingQuestion): WaitingQuestion {
  const { quoted } = one.message;
  const message = {
    ...other.message,
    ...(quoted && { quoted }),
    text: [one.message.text, other.message.text].filter((text) => text.trim() !== "").join("\n"),
    attachments: [...one.message.attachments, ...other.message.attachments],
  };
  return { ...one, message };
}
