import { isAnswerTo, questionText } from "./model.ts";
import type { BenchTelegram } from "./telegram.ts";

/** One question on its way, in milliseconds by one clock. */
export interface Trip {
  readonly asked: number;
  requested: number;
  said: number;
  shown: number;
}

interface Open extends Trip {
  readonly chat: number;
  readonly done: (trip: Trip) => void;
}

/** What became of each question when: told by the servers that the bot talks to. */
export interface Ledger {
  /** Settles when the whole answer stands in the chat. */
  ask(telegram: BenchTelegram, chat: number): Promise<Trip>;
  requested(question: number): void;
  said(question: number): void;
  texted(chat: number, text: string): void;
}

export function createLedger(): Ledger {
  const open = new Map<number, Open>();
  const inChat = new Map<number, number>();
  let count = 0;
  return {
    async ask(telegram, chat) {
      const question = ++count;
      const { promise, resolve } = Promise.withResolvers<Trip>();
      open.set(question, { chat, done: resolve, asked: performance.now(), requested: 0, said: 0, shown: 0 });
      inChat.set(chat, question);
      telegram.write(chat, questionText(question));
      return promise;
    },
    requested(question) {
      const trip = open.get(question);
      if (trip) trip.requested = performance.now();
    },
    said(question) {
      const trip = open.get(question);
      if (trip) trip.said = performance.now();
    },
    texted(chat, text) {
      const question = inChat.get(chat) ?? 0;
      const trip = open.get(question);
      if (!trip || !isAnswerTo(question, text)) return;
      trip.shown = performance.now();
      open.delete(question);
      trip.done(trip);
    },
  };
}
