import type { ConversationKey } from "./store/store.ts";

/** How many are told at once. */
const atOnce = 8;

interface CrowdOptions {
  /** How long who waits gets no word, in milliseconds. */
  readonly patienceMs: number;
  /** Tells those who wait in a conversation how many are ahead of the first of them. Never fails. */
  readonly tell: (conversation: ConversationKey, ahead: number) => Promise<void>;
  /** How many conversations are claimed, and at most. */
  readonly busy: () => number;
  readonly most: number;
}

/** Conversations for which this process has no room now: their people are told so, and nothing else of them is kept. */
export interface Crowd {
  add(conversation: ConversationKey): void;
  /** Whether there is room again for some of them: said once. */
  findsRoom(): boolean;
  close(): void;
}

export function createCrowd({ patienceMs, tell, busy, most }: CrowdOptions): Crowd {
  const waiting = new Set<ConversationKey>();
  let timer: NodeJS.Timeout | undefined;
  let isCrowded = false;

  async function tellAll(): Promise<void> {
    const before = busy();
    const due = [...waiting].map((conversation, index) => ({ conversation, ahead: before + index }));
    waiting.clear();
    const tellSome = async (): Promise<void> => {
      for (let next = due.shift(); next; next = due.shift()) await tell(next.conversation, next.ahead);
    };
    await Promise.all(Array.from({ length: atOnce }, tellSome));
    timer = undefined;
    if (waiting.size > 0) plan();
  }

  const plan = (): void => void (timer ??= setTimeout(() => void tellAll(), patienceMs).unref());

  return {
    add(conversation) {
      isCrowded = true;
      waiting.add(conversation);
      plan();
    },
    findsRoom() {
      // Often enough that none waits for long while there is room, and not for each: it costs a query.
      const hasRoom = isCrowded && busy() < most * 0.9;
      if (hasRoom) isCrowded = false;
      return hasRoom;
    },
    close() {
      waiting.clear();
      clearTimeout(timer);
    },
  };
}
