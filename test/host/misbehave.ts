const eaten: unknown[] = [];
let done = 0;

const misdeeds = {
  none: (): unknown => done,
  throw() {
    throw new Error("a fault of its own");
  },
  hang() {
    for (;;);
  },
  "eat heap"() {
    for (;;) eaten.push(Array.from({ length: 1000 }, () => ({})));
  },
  "eat memory"() {
    for (;;) eaten.push(Buffer.alloc(10_000_000, 1));
  },
  abort() {
    process.abort();
  },
  chatter() {
    process.stdout.write("chatter\n");
    process.stderr.write("chatter\n");
    return done;
  },
  flood: () => "x".repeat(50_000_000),
};

/** What a task of the tests does, in a thread or a process. */
export type Misdeed = keyof typeof misdeeds;

/** Answers how many tasks this runner has done, unless it misbehaves. */
export async function misbehave(misdeed: Misdeed): Promise<unknown> {
  done += 1;
  return misdeeds[misdeed]();
}
