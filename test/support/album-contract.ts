import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { InboundCommand, InboundEdit, InboundMessage } from "../../src/chat.ts";
import { commandIn } from "../../src/platform/inbound.ts";
import type { ConversationKey, Store } from "../../src/store/store.ts";
import { part, reworded } from "./album.ts";
import { beginJob } from "./begin-job.ts";
import type { StorePlace } from "./store-contract.ts";

const general = "fake:general" as ConversationKey;

/** Puts a part of an album where it belongs. */
export function gather(
  store: Store,
  inbound: InboundMessage | InboundCommand | InboundEdit,
  at = 5,
): ReturnType<Store["inbox"]["gather"]> {
  const album = `fake:${inbound.album?.id}`;
  return store.inbox.gather(general, { id: `fake:${inbound.id}`, seq: `${1000 + at}`, at, album, inbound });
}

/** What waits in the channel: the pictures of each question, and its words. */
export async function asked(store: Store): Promise<readonly unknown[]> {
  return (await store.inbox.pending(general, 9)).map(({ inbound }) => {
    const said = inbound.type === "edited" ? inbound.message : inbound;
    const pictures = "attachments" in said ? said.attachments : [];
    const words = said.type === "message" ? said.text : said.type;
    return [inbound.type, words, pictures?.map(({ name }) => name).join(" ")];
  });
}

/** What the inbox promises of albums, whatever is behind it. */
export function describeAlbums(name: string, createPlace: () => Promise<StorePlace>): void {
  describe(name, () => {
    let store: Store;

    beforeEach(async () => {
      store = await (await createPlace()).open();
    });
    afterEach(() => store.close());

    const was = async (inbound: Parameters<typeof gather>[1], at?: number) =>
      (await gather(store, inbound, at)).was;
    const begin = () => beginJob(store.outbox, general, { id: "j", events: ["fake:album"], posts: {} });

    it("is one question with all pictures in their order, however its parts come", async () => {
      expect(await was(part(3))).toBe("kept");
      expect(await asked(store)).toEqual([]);
      expect(await store.inbox.knows(general)).toBe(false);
      expect(await was(part(2, "compare"))).toBe("asked");
      expect(await was(part(1))).toBe("changed");
      expect(await was(part(4, "this one too"))).toBe("changed");
      expect(await was(part(1, "its own", { album: "other" }))).toBe("asked");
      expect(await asked(store)).toEqual([
        ["message", "compare\nthis one too", "1.png 2.png 3.png 4.png"],
        ["message", "its own", "1.png"],
      ]);
    });

    it("takes each part once, also long after", async () => {
      for (const place of [1, 2]) await was(part(place, "compare"));
      for (const place of [2, 1]) expect(await was(part(place, "compare"))).toBe("known");
      await store.inbox.end(["fake:album"]);
      await store.inbox.sweepAlbums(6);
      expect(await was(part(1, "compare"))).toBe("known");
      expect(await asked(store)).toEqual([]);
    });

    it("loses none of those that come at once", async () => {
      const places = [7, 3, 5, 1, 8, 2, 6, 4];
      const came = await Promise.all(
        places.map((place) => was(part(place, place === 5 ? "these" : undefined))),
      );
      expect(came.filter((each) => each === "asked")).toHaveLength(1);
      expect(await asked(store)).toEqual([
        ["message", "these", "1.png 2.png 3.png 4.png 5.png 6.png 7.png 8.png"],
      ]);
    });

    it("becomes an edit of the same message with the parts that come when work on it has begun, and when it is done", async () => {
      await was(part(2, "compare"));
      const job = await begin();
      const whole = ["edited", "compare", "1.png 2.png"];
      expect(await gather(store, part(1))).toEqual({ was: "edited", message: "m-2" });
      expect(await asked(store)).toEqual([["message", "compare", "2.png"], whole]);
      const [, edit] = await store.inbox.pending(general, 9);
      expect(edit?.inbound).toMatchObject({ id: "album-1", messageId: "m-2", context: "in place" });
      await store.outbox.close(general, { ...job, events: ["fake:album", "fake:album-1"], posts: {} });
      expect(await gather(store, part(3))).toEqual({ was: "edited", message: "m-2" });
      expect(await asked(store)).toEqual([["edited", "compare", "1.png 2.png 3.png"]]);
    });

    it("keeps its pictures when its words are changed, and that its person stopped it", async () => {
      for (const place of [1, 2]) await was(part(place, place === 1 ? "compare" : undefined));
      const stop = commandIn(part(9), { name: "stop", argument: "" });
      await store.inbox.stop(general, { id: "stop", seq: "9", at: 5, inbound: stop });
      expect(await was(reworded(1, "compare them"))).toBe("changed");
      expect(await was(reworded(1, "compare them"))).toBe("known");
      expect(await asked(store)).toEqual([["message", "compare them", "1.png 2.png"]]);
      expect(await store.inbox.pending(general, 1)).toMatchObject([{ isStopped: true }]);
    });

    it("is forgotten whole when nothing came of it for long; what comes then is late", async () => {
      await was(part(1, "compare"), 5);
      await was(part(2), 50);
      expect(await store.inbox.sweepAlbums(50)).toBe(0);
      expect(await store.inbox.sweepAlbums(51)).toBe(2);
      expect(await gather(store, part(3))).toEqual({ was: "late", message: "m-1" });
      expect(await was(reworded(1, "them"))).toBe("late");
      const { album: _, ...unheard } = reworded(1, "them");
      const other = { id: "other", place: 1 };
      expect(await was({ ...unheard, album: other, message: { ...unheard.message, album: other } })).toBe(
        "unheard",
      );
      expect(await asked(store)).toEqual([["message", "compare", "1.png 2.png"]]);
    });

    it("can be a command, which takes no more parts once it is being carried out", async () => {
      const command = commandIn(part(1, ""), { name: "read", argument: "" });
      expect(await was(part(2))).toBe("kept");
      expect(await was(command)).toBe("asked");
      expect(await was(part(3))).toBe("changed");
      expect(await asked(store)).toEqual([["command", "command", "1.png 2.png 3.png"]]);
      await begin();
      expect(await was(part(4))).toBe("late");
    });
  });
}
