import type { Adapter, Answer, Attachment, OutgoingFile } from "../../src/chat.ts";
import { MessageGone } from "../../src/errors.ts";

/** One message as a person sees it now, and all that was shown before. */
export interface FakePost {
  readonly thread: string;
  answer: Answer;
  readonly versions: Answer[];
  readonly replyTo?: string;
  readonly key: string;
  isRemoved?: boolean;
  readonly file?: OutgoingFile;
}

/** A chat platform that shows answers whole; `posts` is what a person sees. */
export interface FakeAdapter extends Adapter<Answer> {
  readonly posts: FakePost[];
  readonly statuses: string[];
  /** The next calls of post or edit fail with these, in order. */
  readonly failures: Error[];
  /** Settles when the event with this id has been dealt with, now or before. */
  dealtWith(id: string): Promise<void>;
  /** What a download gives in place of the bytes in its `ref`. */
  readonly downloads: Map<string, (signal: AbortSignal) => Promise<Uint8Array>>;
}

export interface FakeOptions {
  readonly editEveryMs?: number;
  /** The most letters of one message. */
  readonly most?: number;
  readonly statusLastsMs?: number;
  /** How long it takes to make messages of an answer, with the processor at work. */
  readonly renderMs?: number;
  /** Takes files. */
  readonly uploads?: boolean;
  /** The ids of those who manage its channels. */
  readonly managers?: readonly string[];
  /** Can be asked for a post by its key. */
  readonly finds?: boolean;
}

/** What a file's post says beside it. */
const noAnswer: Answer = {
  state: "done",
  text: "",
  thinking: "",
  sources: [],
  notices: [],
  footer: "off",
  actions: [],
};

export function fakeAdapter(options: FakeOptions = {}): FakeAdapter {
  const posts: FakePost[] = [];
  const statuses: string[] = [];
  const failures: Error[] = [];
  const settled = new Map<string, PromiseWithResolvers<void>>();
  const settling = (id: string): PromiseWithResolvers<void> => {
    const found = settled.get(id) ?? Promise.withResolvers<void>();
    settled.set(id, found);
    return found;
  };
  const downloads: FakeAdapter["downloads"] = new Map();
  const mayFail = (): void => {
    const failure = failures.shift();
    if (failure) throw failure;
  };
  return {
    posts,
    statuses,
    failures,
    downloads,
    platform: "fake",
    settled: ({ id }) => settling(id).resolve(),
    dealtWith: (id) => settling(id).promise,
    editEveryMs: options.editEveryMs ?? 0,
    start: async () => {},
    stop: async () => {},
    linkTo: async ({ thread, messageId }) =>
      messageId === undefined ? undefined : `https://fake.chat/${thread}/${messageId}`,
    download: ({ name, ref }: Attachment, signal) =>
      downloads.get(name)?.(signal) ??
      Promise.resolve(Buffer.from(typeof ref === "string" ? ref : "", "base64")),
    ...(options.statusLastsMs !== undefined && { statusLastsMs: options.statusLastsMs }),
    render(answer) {
      const { most = Infinity, renderMs = 0 } = options;
      for (const since = performance.now(); performance.now() - since < renderMs;);
      const count = Math.max(1, Math.ceil(answer.text.length / most));
      if (count === 1) return [answer];
      return Array.from({ length: count }, (_, index) => ({
        ...answer,
        text: answer.text.slice(index * most, (index + 1) * most),
      }));
    },
    ...(options.finds && {
      async find(_: string, { key }: { key: string }) {
        const index = posts.findIndex((post) => post.key === key);
        return index < 0 ? undefined : String(index);
      },
    }),
    ...(options.managers && {
      manages: async ({ author }: { author: { id: string } }) =>
        options.managers?.includes(author.id) === true,
    }),
    ...(options.uploads && {
      async upload(thread: string, file: OutgoingFile, { key }: { key: string }) {
        mayFail();
        posts.push({ thread, answer: noAnswer, key, versions: [], file });
        return String(posts.length - 1);
      },
    }),
    async post(thread, answer, { replyTo, key }) {
      mayFail();
      posts.push({ thread, answer, key, versions: [answer], ...(replyTo !== undefined && { replyTo }) });
      return String(posts.length - 1);
    },
    async remove(_, id) {
      const post = posts[Number(id)];
      if (post) post.isRemoved = true;
    },
    async edit(_, id, answer) {
      mayFail();
      const post = posts[Number(id)];
      if (!post) throw new MessageGone(`no post ${id}`);
      post.answer = answer;
      post.versions.push(answer);
    },
    async status(_, text) {
      statuses.push(text);
    },
  };
}
