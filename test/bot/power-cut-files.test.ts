import { describe, expect, test } from "vitest";
import { answer, attachment } from "../support/events.ts";
import { novel } from "../support/book.ts";
import { atEachWrite, type Life, message, place } from "../support/power-cut.ts";

describe.each(["before", "after"] as const)("when the power goes %s any write", (when) => {
  test("a file stays once, with its one turn, and is found in afterwards", async () => {
    const life: Life = {
      scripts: [answer("The answer."), answer("The answer."), answer("The answer.")],
      happen: (handle) =>
        handle(message("m1", "what?", { attachments: [attachment("a.txt", Buffer.from(novel(3)))] })),
    };
    await atEachWrite(when, life, ({ shown, turns, stayed }, where) => {
      expect(shown, where).toEqual(["The answer."]);
      expect(turns, where).toHaveLength(1);
      expect(stayed, where).toMatchObject([{ turn: turns[0]?.id, number: 1, name: "a.txt" }]);
    });
  });

  test("a bookmark moves by one chapter, and no further", async () => {
    const command = (id: string, more: object) =>
      ({ ...place, id, type: "command", name: "read", messageId: id, argument: "", ...more }) as const;
    const life: Life = {
      scripts: Array.from({ length: 6 }, () => answer("The answer.")),
      async happen(handle) {
        await handle(command("r1", { attachments: [attachment("a.txt", Buffer.from(novel(4, 5_000)))] }));
        await handle(command("r2", { argument: "next" }));
      },
    };
    await atEachWrite(when, life, ({ turns, bookmark }, where) => {
      expect(turns, where).toHaveLength(2);
      expect(bookmark, where).toMatchObject({ chapter: 1, turn: turns[1]?.id });
    });
  });
});
