import type { Adapter, Answer } from "../../src/chat.ts";

/** One message as a person sees it now, and all that was shown before. */
export interface FakePost {
  readonly thread: string;
  answer: Answer;
  readonly versions: Answer[];
}

/** A chat platform that shows answers whole; `posts` is what a person sees. */
export interface FakeAdapter extends Adapter<Answer> {
  readonly posts: FakePost[];
  readonly statuses: string[];
  /** The next calls of post or edit fail with these, in order. */
  readonly failures: Error[];
}

export function fakeAdapter(options: { editEveryMs?: number } = {}): FakeAdapter {
  const posts: FakePost[] = [];
  const statuses: string[] = [];
  const failures: Error[] = [];
  const mayFail = (): void => {
    const failure = failures.shift();
    if (failure) throw failure;
  };
  return {
    posts,
    statuses,
    failures,
    platform: "fake",
    editEveryMs: options.editEveryMs ?? 0,
    start: async () => {},
    stop: async () => {},
    render: (answer) => [answer],
    async post(thread, answer) {
      mayFail();
      posts.push({ thread, answer, versions: [answer] });
      return String(posts.length - 1);
    },
    async edit(_, id, answer) {
      mayFail();
      const post = posts[Number(id)];
      if (!post) throw new Error(`no post ${id}`);
      post.answer = answer;
      post.versions.push(answer);
    },
    async status(_, text) {
      statuses.push(text);
    },
  };
}
