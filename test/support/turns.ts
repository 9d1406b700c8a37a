import type { ImageType, Message } from "../../src/message.ts";
import type { NewFile } from "../../src/files/files.ts";
import type { ConversationKey, Store, StoredTurn } from "../../src/store/store.ts";
import { beginJob } from "./begin-job.ts";

export const conversation = "terminal:room" as ConversationKey;

/** Rises with `n`, in the form of a UUIDv7. */
export function turnId(n: number): string {
  return `01990000-0000-7000-8000-${n.toString(16).padStart(12, "0")}`;
}

/** The nth turn of a conversation: a question, and an answer that used a tool. */
export function storedTurn(n: number, changes: Partial<StoredTurn> = {}): StoredTurn {
  return {
    id: turnId(n),
    at: new Date(Date.UTC(2026, 0, 1, 12, 0, n, 7)),
    person: "terminal:ana",
    persona: "tutor",
    model: "openai/gpt-6.1-sol",
    messages: [
      { role: "user", parts: [{ type: "text", text: `질문 ${n} \u0000 "quoted" 🙂` }] },
      {
        role: "assistant",
        parts: [
          {
            type: "thinking",
            text: "hm",
            replay: { vendor: "openai", data: { signature: ["x", null, 1.5] } },
          },
          { type: "tool-call", id: "call-1", name: "clock", arguments: '{"zone":"Asia/Seoul"}' },
        ],
      },
      {
        role: "tool",
        parts: [{ type: "tool-result", id: "call-1", name: "clock", text: "noon", failed: false }],
      },
      { role: "assistant", parts: [{ type: "text", text: `answer ${n}` }] },
    ],
    usage: {
      inputTokens: 100 + n,
      cachedTokens: 64,
      cacheWriteTokens: 0,
      outputTokens: 20,
      thinkingTokens: 5,
    },
    costUsd: 0.1 + 0.2,
    outcome: "done",
    asked: `asked-${n}`,
    posts: { 0: `post-${n}`, 1: `post-${n}-2` },
    ...changes,
  };
}

/** A question that shows a picture. */
export function pictureMessage(data: Uint8Array, mimeType: ImageType = "image/png"): Message {
  return {
    role: "user",
    parts: [
      { type: "text", text: "what is this?" },
      { type: "image", mimeType, data },
    ],
  };
}

/** Every byte value, `length` long, different for each seed. */
export function pictureBytes(length: number, seed = 0): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index * 7 + seed) & 0xff);
}

/** A file of two parts that came with some question. */
export function newFile(n: number, changes: Partial<NewFile> = {}): NewFile {
  const texts = [`page one of ${n}`, `둘째 쪽 ${n}`];
  return {
    id: turnId(n),
    number: n,
    name: `file ${n}.pdf`,
    kind: "PDF",
    unit: "page",
    tokens: 12,
    letters: texts.join("").length,
    parts: texts.map((_, index) => ({ label: `p. ${index + 1}`, tokens: 6 })),
    texts,
    vectors: [],
    ...changes,
  };
}

/** Stores a turn with files as an answer does. */
export async function storeWithFiles(
  { inbox, outbox }: Pick<Store, "inbox" | "outbox">,
  key: ConversationKey,
  {
    turn,
    files,
    replaces = false,
  }: {
    readonly turn: StoredTurn;
    readonly files?: readonly NewFile[];
    readonly replaces?: boolean;
  },
): Promise<void> {
  const id = `event-${turn.id}-${replaces}-${files?.length}`;
  const inbound = {
    type: "message",
    id,
    thread: key,
    place: "channel",
    channelName: "room",
    author: { id: turn.person, name: "" },
    text: "",
    attachments: [],
  } as const;
  await inbox.put(key, { id, seq: id, at: 1, inbound });
  const job = await beginJob(outbox, key, { id: `job-${id}`, events: [id], posts: {} });
  const answer = {
    state: "done",
    text: "",
    thinking: "",
    sources: [],
    notices: [],
    footer: "off",
    actions: [],
  } as const;
  await outbox.conclude(key, job, { answer, turn, files, replaces });
  await outbox.close(key, { ...job, events: [id], turn: turn.id, posts: turn.posts });
}
