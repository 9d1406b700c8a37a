import { describe, expect, it } from "vitest";
import { goBack, onPath, type Skip } from "../../src/conversation/branches.ts";

const turns = ["1", "2", "3", "4", "5", "6", "7", "8"].map((id) => ({ id }));

/** What is seen from now, or before a turn. */
function seen(skips: readonly Skip[], before?: string): string {
  const earlier = turns.filter(({ id }) => before === undefined || id < before);
  const path = onPath(earlier, skips, before === undefined ? undefined : { before });
  return path.map(({ id }) => id).join("");
}

describe("what a conversation with branches sees", () => {
  it("is all of it without any", () => {
    expect(seen([])).toBe("12345678");
  });

  it("leaves out what was gone back behind, also in several places", () => {
    expect(seen([{ after: "2", upTo: "4" }])).toBe("125678");
    const apart = [
      { after: "2", upTo: "4" },
      { after: "5", upTo: "6" },
    ];
    expect(seen(apart)).toBe("12578");
    // Behind an earlier branch altogether.
    const behind = [
      { after: "3", upTo: "4" },
      { after: "2", upTo: "7" },
    ];
    expect(seen(behind)).toBe("128");
  });

  it("goes on from a left answer as that answer's question was asked", () => {
    const skips = [
      { after: "1", upTo: "3" },
      { after: "3", upTo: "6" },
    ];
    expect(seen(skips)).toBe("12378");
  });

  it("is from each turn what it was when that turn came", () => {
    const skips = [
      { after: "1", upTo: "3" },
      { after: "3", upTo: "6" },
    ];
    expect(seen(skips, "3")).toBe("12");
    expect(seen(skips, "6")).toBe("145");
    expect(seen(skips, "8")).toBe("1237");
  });
});

describe("going back", () => {
  it("is the same when it is begun again, and nothing from the last turn", () => {
    const once = goBack(turns, [], "5");
    expect(once).toEqual({ skips: [{ after: "5", upTo: "8" }], left: 3 });
    expect(goBack(turns, once.skips, "5")).toEqual(once);
    expect(goBack(turns, [], "8")).toEqual({ skips: [], left: 0 });
  });

  it("goes also to a turn that had been left", () => {
    const { skips } = goBack(turns, [], "5");
    const other = goBack(turns, skips, "7");
    expect(onPath(turns, other.skips).map(({ id }) => id)).toEqual(["1", "2", "3", "4", "5", "6", "7"]);
  });
});
