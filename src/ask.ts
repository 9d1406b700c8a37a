import { randomUUID } from "node:crypto";
import type { Bot } from "./bot.ts";
import type { Adapter, Answer, Attachment } from "./chat.ts";
import { readAttached } from "./file-attachment.ts";

/** One question from the command line, a persona's test or the demo. */
export interface AskOptions {
  readonly text: string;
  readonly attachments?: readonly Attachment[];
  readonly persona?: string;
  /** Who asks; memory belongs to them. */
  readonly user: string;
  /** Their language; that of the text when left out. */
  readonly locale?: string | undefined;
  /** Which conversation it belongs to. */
  readonly thread: string;
  /** Sees every version of the answer, and what the bot posts before it. */
  watch?(answer: Answer, post: number): void;
  status?(text: string): void;
}

/** What came back: the posts in order, the last of which is the answer. */
export interface Asked {
  readonly before: readonly Answer[];
  readonly answer: Answer;
}

/** Where a question from the command line stands. */
export function askedBy(user: string, thread: string, locale?: string) {
  const author = { id: `cli:${user}`, name: user, ...(locale !== undefined && { locale }) };
  return {
    thread: `cli:${encodeURIComponent(user)}:${encodeURIComponent(thread)}`,
    place: "dm",
    channelName: user,
    author,
  } as const;
}

/** Asks the bot one question along the same path as any chat's message, and waits for the finished answer. */
export async function ask(bot: Bot, options: AskOptions): Promise<Asked> {
  const posts: Answer[] = [];
  const show = (answer: Answer, index: number): void => {
    posts[index] = answer;
    options.watch?.(answer, index);
  };
  const settled = Promise.withResolvers<void>();
  const adapter: Adapter<Answer> = {
    platform: "cli",
    transient: true,
    settled: () => settled.resolve(),
    editEveryMs: 0,
    start: async () => {},
    stop: async () => {},
    download: readAttached,
    render: (answer) => [answer],
    async post(_, answer) {
      show(answer, posts.length);
      return String(posts.length - 1);
    },
    edit: async (_, id, answer) => show(answer, Number(id)),
    status: async (_, text) => options.status?.(text),
  };
  await bot.receive(adapter, {
    type: "message",
    id: randomUUID(),
    ...askedBy(options.user, options.thread, options.locale),
    text: options.text,
    attachments: options.attachments ?? [],
    ...(options.persona !== undefined && { persona: options.persona }),
  });
  await Promise.race([settled.promise, bot.ended]);
  const answer = posts.pop();
  if (!answer) throw new Error("the bot did not answer");
  return { before: posts, answer };
}
