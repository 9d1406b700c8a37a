import type { Answer, InboundMessage } from "../../src/chat.ts";
import type { Bound, LedgerEntry } from "../../src/limits/ledger.ts";
import type { ConversationKey, Store } from "../../src/store/store.ts";
import { beginJob } from "./begin-job.ts";
import {
  conversation,
  newFile,
  pictureBytes,
  pictureMessage,
  storedTurn,
  storeWithFiles,
  turnId,
} from "./turns.ts";

/** Text that one of the two databases, or a file of lines, could spoil. */
export const oddTexts: readonly string[] = [
  "",
  " ",
  "단어;뜻 漢字かな ñ é e\u0301 ﷽",
  "🙂 👩‍👩‍👧‍👦 \u{10ffff}",
  "two\nlines\r\nand\ttabs \u2028 \u2029 \u0085 \ufeff",
  '\' " ` \\ \\n \\u0000 $1 ? % _ -- ; {"base64":"AAAA"}',
  '["a row"]',
];

const other = "fake:방|fake:kim" as ConversationKey;
const now = Date.UTC(2026, 9, 31, 23, 10);
const dayMs = 86_400_000;

export const waiting: InboundMessage = {
  type: "message",
  id: "e-waits",
  messageId: "m-waits",
  thread: "fake:kim",
  place: "dm",
  channelName: "Kim \u0000",
  author: { id: "fake:kim", name: "김 🙂" },
  text: oddTexts.join("\n"),
  attachments: [],
};

const answer: Answer = {
  state: "done",
  text: "다 \u2028 됐다",
  thinking: "",
  sources: [],
  notices: [],
  footer: "short",
  actions: [],
};

/** Puts something into every table, with work that is not finished, and values at the edges of their columns. */
export async function fillStore(store: Store): Promise<void> {
  await fillConversations(store);
  await fillMemory(store);
  await fillQueue(store);
  await fillAccess(store);
  await fillLedger(store);
}

async function fillConversations(store: Store): Promise<void> {
  await store.people.own("fake:kim", other);
  // More than fits into one page.
  for (let n = 0; n < 60; n++) await store.turns.append(conversation, storedTurn(n));
  const covered = { after: "", through: turnId(9), turns: 10 };
  const summary = { text: oddTexts.join("\n"), ...covered, person: "", at: new Date(now) };
  await store.summaries.put(conversation, summary, { turns: [turnId(9)] });
  const pictures = [0, 1, 2, 3, 4, 5].map((seed) => pictureMessage(pictureBytes(3_000 + seed, seed)));
  await store.turns.append(
    other,
    storedTurn(1, { messages: [...pictures, pictureMessage(new Uint8Array(0))] }),
  );
  await store.turns.append(other, storedTurn(2, { messages: pictures, costUsd: -0.1, at: new Date(-1) }));
  const { costUsd: _, asked: __, ...bare } = storedTurn(3, { model: "", posts: {} });
  await store.turns.append(other, bare);
  await store.turns.append(other, storedTurn(4, { costUsd: 5e-324, outcome: "length" }));
  await store.turns.append(other, storedTurn(5, { costUsd: 3, outcome: "stopped", facts: ["f-new", "한"] }));
  for (const [n, text] of oddTexts.entries()) {
    const vectors = {
      model: text,
      start: n,
      count: 1,
      sha256: text,
      vectors: Float32Array.of(n, -0.1, NaN),
    };
    const file = newFile(n + 1, {
      name: text,
      title: text,
      author: text,
      texts: oddTexts,
      vectors: [vectors],
    });
    await storeWithFiles(store, other, { turn: storedTurn(10 + n), files: [file, newFile(50 + n)] });
    const at = new Date(n);
    await store.facts.add("fake:kim", { id: turnId(n), text, at, persona: text, place: "dm" });
    await store.facts.add(text, { id: text, text, at, persona: "tutor", place: "channel" });
    await store.documents("binding").set(text, { text, list: [null, 1e300, 0.1], "": "\u0000 \ud800" });
  }
}

async function fillMemory({ facts, instructions, links }: Store): Promise<void> {
  const kim = "fake:kim";
  const fact = {
    at: new Date(now),
    persona: "tutor",
    place: "channel",
    placeName: "#방",
    text: "단어",
  } as const;
  await facts.add(kim, { ...fact, id: "f-old", link: "https://chat.example/1" });
  await facts.add(kim, { ...fact, id: "f-new" }, { instead: ["f-old"], number: 1 });
  await facts.add(kim, { ...fact, id: "f-asked", state: "asked" });
  await facts.add(kim, { ...fact, id: "f-removed" });
  await facts.withdraw(kim, "f-removed");
  await facts.used(kim, ["f-new"], new Date(now));
  await facts.pause("fake:lee", true);
  for (const [n, text] of oddTexts.entries()) {
    const id = await instructions.add(kim, { id: `i-${n}`, text, at: new Date(n) });
    await instructions.change(kim, `i-${n}`, { isOn: id % 2 === 0 });
  }
  const other = { id: "fake:김", name: "김 🙂" };
  await links.offer({ id: kim, name: "Kim" }, { hash: "used", expiresAt: now + dayMs });
  await links.claim(other, "used", now);
  await links.confirm(kim, other.id, now);
  await links.offer({ id: "fake:lee", name: "Lee" }, { hash: "open", expiresAt: now + dayMs });
  await links.claim({ id: "fake:mina", name: "미나" }, "open", now);
  await links.offer(other, { hash: "unclaimed", expiresAt: now + dayMs });
}

async function fillQueue({ inbox, outbox }: Store): Promise<void> {
  const part = { ...waiting, id: "part", album: { id: oddTexts.join("\n"), place: 1, context: null } };
  await inbox.gather(other, { id: "part", seq: "6", at: now, album: "6-album", inbound: part });
  const put = (id: string, key: ConversationKey) =>
    inbox.put(key, { id, seq: id, at: now, inbound: { ...waiting, id }, holder: "gone" });
  for (const id of ["1-done", "2-begun", "3-held", "4-waits"]) await put(id, conversation);
  await put("5-refused", other);
  await inbox.end(["1-done"]);
  const posts = { 0: null, f0: "한" };
  const begun = await beginJob(outbox, conversation, { id: "job-begun", events: ["2-begun"], posts });
  await outbox.rounds(begun, {
    messages: storedTurn(7).messages,
    spent: [],
    model: "openai/x",
    tools: ["clock"],
  });
  await outbox.commence(begun);
  await outbox.begin(conversation, { id: "job-held", events: ["3-held"], posts: {}, isHeld: true });
  const refused = { id: "job-answered", events: ["5-refused"], posts: { 0: "p" } };
  await outbox.conclude(other, await beginJob(outbox, other, refused), { answer, turn: storedTurn(6) });
}

async function fillAccess({ grants }: Store): Promise<void> {
  for (const [n, name] of oddTexts.entries()) {
    await grants.request({ place: `fake:${name}`, name, event: name, code: `CODE-${n}` }, now);
  }
  await grants.request({ place: "fake:no code", name: "x", event: "y" }, now);
  await grants.allow("CODE-2", "fake:kim", now);
  await grants.offerOwnership("used", now + dayMs);
  await grants.offerOwnership("open", Number.MAX_SAFE_INTEGER);
  await grants.claimOwnership({ hash: "used", person: "fake:kim", name: "김" }, now);
  await grants.claimOwnership({ hash: "wrong", person: "fake:lee", name: "Lee" }, now);
}

async function fillLedger({ ledger }: Store): Promise<void> {
  const bounds: readonly Bound[] = [
    { spender: { kind: "person", name: "fake:김" }, measure: "messages", period: "hour", most: 9 },
  ];
  const reservation = { person: "fake:김", persona: "tutor", tokens: 9, costNano: 0, expiresAt: now + dayMs };
  await ledger.reserve({ ...reservation, id: "held", attempt: "first" }, bounds, now);
  await ledger.reserve(
    {
      ...reservation,
      id: "in a room",
      attempt: "first",
      channel: "fake:방",
      call: { model: "openai/gpt-6-sol", promptTokens: 8 },
    },
    bounds,
    now,
  );
  const entry = (day: number, changes: Partial<LedgerEntry>): LedgerEntry => ({
    turn: turnId(day),
    attempt: `job-${day}`,
    at: new Date(now - day * dayMs),
    person: "fake:김",
    conversation: other,
    persona: "tutor",
    model: "openai/gpt-6-sol",
    usage: { inputTokens: 7, cachedTokens: 3, cacheWriteTokens: 2, outputTokens: 4, thinkingTokens: 1 },
    isEstimate: true,
    tools: ['"', "한"],
    ...changes,
  });
  const { usage } = entry(0, {});
  const most = { ...usage, inputTokens: Number.MAX_SAFE_INTEGER, outputTokens: 0 };
  await ledger.settle("1", entry(1, { usage: most, costNano: Number.MAX_SAFE_INTEGER }));
  await ledger.settle("2", entry(2, { costNano: -Number.MAX_SAFE_INTEGER, channel: "fake:방" }));
  await ledger.settle("3", entry(3, { costNano: -1, isEstimate: false, tools: [] }));
  await ledger.settle("4", entry(4, {}));
}
