import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { tidy } from "../src/housekeeping.ts";
import type { ConversationKey } from "../src/store/store.ts";
import { beginJob } from "./support/begin-job.ts";
import { part } from "./support/album.ts";
import { gather } from "./support/album-contract.ts";
import { makeFolder } from "./support/folder.ts";
import { testBot } from "./support/test-core.ts";
import { conversation, pictureBytes, pictureMessage, storedTurn } from "./support/turns.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const now = Date.UTC(2026, 5, 15, 12);

const platforms = ["fake"];

async function oldAndNew(retention: { days?: number; factDays?: number }) {
  const { core } = await testBot({ settings: { retention } });
  const { turns, facts } = core.store;
  const messages = [pictureMessage(pictureBytes(100))];
  // More than is deleted at once.
  for (let n = 0; n < 450; n++)
    await turns.append(conversation, storedTurn(n, { at: new Date(now - 10 * dayMs - 1 - n), messages }));
  await turns.append(conversation, storedTurn(900, { at: new Date(now - 10 * dayMs), messages }));
  for (const [n, days] of [5, 20].entries())
    await facts.add("fake:kim", {
      id: `${n}`,
      text: `${days}`,
      at: new Date(now - days * dayMs),
      persona: "",
      place: "dm",
    });
  await tidy({ ...core, platforms }, now);
  return {
    turns: (await turns.list(conversation)).length,
    facts: (await facts.list("fake:kim")).map(({ text }) => text),
    pictures: (await turns.list(conversation)).flatMap(({ messages }) => messages).length,
  };
}

describe("what is past its time", () => {
  test("is deleted: questions with their pictures after their days, however many", async () => {
    expect(await oldAndNew({ days: 10 })).toEqual({ turns: 1, facts: ["5", "20"], pictures: 1 });
  });

  test("is deleted: facts after their own days", async () => {
    expect(await oldAndNew({ factDays: 10 })).toMatchObject({ turns: 451, facts: ["5"] });
  });

  test("is deleted: albums after an hour", async () => {
    const { core } = await testBot();
    const { inbox } = core.store;
    for (const place of [1, 2]) await gather(core.store, part(place), now - hourMs - (place === 1 ? 1 : 0));
    await gather(core.store, part(1, undefined, { album: "old" }), now - hourMs - 1);
    await tidy({ ...core, platforms }, now);
    expect(await inbox.sweepAlbums(now)).toBe(2);
  });

  test("is deleted: codes and requests that nobody can use any more, with their names, and what no limit counts", async () => {
    const dataFolder = makeFolder();
    const { core } = await testBot({ dataFolder });
    const { grants, ledger, links } = core.store;
    const bound = { spender: { kind: "person", name: "fake:old9" }, measure: "messages", most: 9 } as const;
    const held = { id: "j", attempt: "j", person: "fake:kim", persona: "p", tokens: 0, costNano: 0 };
    const before = now - 32 * dayMs;
    await ledger.reserve({ ...held, expiresAt: before }, [{ ...bound, period: "month" }], before);
    await links.offer({ id: "fake:old9", name: "old9" }, { hash: "h", expiresAt: now });
    await links.offer({ id: "fake:new8", name: "new8" }, { hash: "i", expiresAt: now + 1 });
    await grants.request({ place: "fake:old9", name: "old9", event: "e", code: "AAA-222" }, now - dayMs);
    await grants.offerOwnership("old9", now);
    await tidy({ ...core, platforms }, now);
    await core.store.people.scrub("file");
    await core.store.close();
    const left = readFileSync(join(dataFolder, "parlance.db"));
    expect(left.includes("new8")).toBe(true);
    expect(left.includes("old9")).toBe(false);
  });

  test("is deleted: what waited a day for a platform that is not set up any more, with what of its answer is there", async () => {
    const dataFolder = makeFolder();
    const { core } = await testBot({ dataFolder });
    const { inbox, outbox } = core.store;
    const key = (platform: string) => `${platform}:1` as ConversationKey;
    const waits = async (platform: string, text: string, at: number): Promise<void> => {
      const author = { id: `${platform}:kim`, name: "Kim" };
      const said = { type: "message", id: text, thread: key(platform), place: "dm", author } as const;
      const inbound = { ...said, channelName: "Kim", text: `${text} words`, attachments: [] };
      await inbox.put(key(platform), { id: text, seq: text, at, inbound });
    };
    await waits("gone", "stranded", now - dayMs - 1);
    await waits("gone", "recent", now - dayMs);
    await waits("fake", "waiting", now - 9 * dayMs);
    await beginJob(outbox, key("gone"), { id: "job", posts: { "0": "posted" }, events: ["stranded"] });
    await tidy({ ...core, platforms }, now);
    const pending = await Promise.all(["gone", "fake"].map((each) => inbox.pending(key(each), 9)));
    expect(pending.flat().map(({ id }) => id)).toEqual(["recent", "waiting"]);
    await core.store.people.scrub("file");
    await core.store.close();
    const left = readFileSync(join(dataFolder, "parlance.db"));
    expect(left.includes("waiting words")).toBe(true);
    expect(["stranded words", "posted"].filter((each) => left.includes(each))).toEqual([]);
  });

  test("is kept where nothing is said", async () => {
    expect(await oldAndNew({})).toMatchObject({ turns: 451, facts: ["5", "20"] });
  });
});
