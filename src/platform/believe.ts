import { remember } from "./remember.ts";

/** What changes seldom, by what it is about. */
export interface Beliefs<Answer> {
  ask(about: string): Promise<Answer>;
  /** The next who asks gets a new answer. */
  forget(about: string): void;
}

/** Asks for what changes seldom, once for all who ask at a time, and believes an answer for so many milliseconds; a failure is not remembered. */
export function believe<Answer>(
  milliseconds: number,
  ask: (about: string) => Promise<Answer>,
): Beliefs<Answer> {
  const known = new Map<string, { readonly answer: Promise<Answer>; readonly until: number }>();
  return {
    async ask(about) {
      const believed = known.get(about);
      if (believed && believed.until > performance.now()) return believed.answer;
      const answer = ask(about);
      remember(known, about, { answer, until: performance.now() + milliseconds });
      answer.catch(() => known.delete(about));
      return answer;
    },
    forget: (about) => void known.delete(about),
  };
}
