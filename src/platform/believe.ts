import { remember } from "./remember.ts";

/** Asks for what changes seldom, and believes an answer for so many milliseconds; a failure is not remembered. */
export function believe<Answer>(
  milliseconds: number,
  ask: (about: string) => Promise<Answer>,
): (about: string) => Promise<Answer> {
  const known = new Map<string, { readonly answer: Answer; readonly until: number }>();
  return async (about) => {
    const believed = known.get(about);
    if (believed && believed.until > performance.now()) return believed.answer;
    const answer = await ask(about);
    remember(known, about, { answer, until: performance.now() + milliseconds });
    return answer;
  };
}
