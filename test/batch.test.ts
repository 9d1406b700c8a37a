import { describe, expect, test } from "vitest";
import { nextBatch } from "../src/batch.ts";
import type { InboxEvent } from "../src/store/store.ts";
import { inChannel } from "./support/events.ts";

/** Kim's, written at that second, in the order in which it was stored. */
const asked = (second: number, more: Partial<InboxEvent> = {}): InboxEvent => ({
  id: `e${second}`,
  at: 100_000,
  attempts: 0,
  inbound: {
    ...inChannel("kim"),
    id: `e${second}`,
    type: "message",
    messageId: `m${second}`,
    at: second * 1000,
    text: `${second}`,
    attachments: [],
  },
  ...more,
});

/** What Mina wrote, sent on by Kim. */
const forwarded = (second: number): InboxEvent => {
  const event = asked(second);
  const quoted = { author: "Mina", text: `m${second}`, attachments: [], isForwarded: true } as const;
  return { ...event, inbound: { ...event.inbound, text: "", quoted } as InboxEvent["inbound"] };
};

const idsOf = (pending: readonly InboxEvent[]) => nextBatch(pending)?.events.map(({ id }) => id);

describe("what is dealt with at once", () => {
  test("stands as it was written, also when its platform brought a part of it again, and later", () => {
    const batch = nextBatch([asked(2), asked(3), asked(1)]);
    expect(batch?.inbound).toMatchObject({ text: "1\n2\n3", messageId: "m3" });
  });

  test("is a comment with what it was forwarded with, which stays its writer's", () => {
    expect(nextBatch([asked(1), forwarded(2), forwarded(3)])?.inbound).toMatchObject({
      text: "1",
      quoted: { author: "Mina", text: "Mina: m2\nMina: m3" },
    });
  });

  test("stays as it is once an answer to it was begun", () => {
    const begun = asked(2, { attempts: 1, job: "j" });
    expect(nextBatch([begun, asked(3), asked(1)])).toMatchObject({ events: [begun], job: "j" });
    expect(idsOf([asked(1), begun])).toEqual(["e1"]);
  });

  test("goes on where its person was told that they wait, and in one such place", () => {
    const told = asked(2, { job: "told" });
    expect(nextBatch([told, asked(1)])).toMatchObject({ events: [asked(1), told], job: "told" });
    expect(idsOf([asked(1, { job: "other" }), told])).toEqual(["e1"]);
  });
});
