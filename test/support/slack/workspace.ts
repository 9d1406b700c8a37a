import type { types } from "@slack/bolt";

export const team = "T001";
export const bot = { user: "U0BOT", botId: "B0BOT", appId: "A0APP", name: "Parlance" } as const;
export const channel = "C001";

/** A file that someone put into the workspace. */
export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly mimetype: string;
  data: Buffer;
  /** Whose: the bot's are complete only after its second call. */
  readonly user: string;
}

export interface StoredMessage {
  readonly ts: string;
  readonly channel: string;
  readonly thread_ts?: string;
  readonly user: string;
  /** The name shown instead of the writer's own. */
  readonly username?: string;
  /** The picture shown instead of the writer's own. */
  readonly icon?: string;
  /** What the app wrote on it for itself. */
  metadata?: types.MessageMetadata;
  /** Who alone sees it. */
  readonly only?: string;
  text: string;
  blocks: readonly types.KnownBlock[];
  files: readonly StoredFile[];
  edits: number;
  edited?: string;
  deleted?: boolean;
  /** While it is a stream: its Markdown so far, and when Slack ends it. */
  stream?: { markdown: string; endsAt: number } | undefined;
}

/** Users, conversations and messages: one channel, one thread in it, and a direct message with each person. */
export interface Workspace {
  readonly messages: StoredMessage[];
  readonly files: Map<string, StoredFile>;
  /** The message that the channel's thread hangs under. */
  readonly threadRoot: string;
  person(name: string): string;
  nameOf(user: string): string | undefined;
  /** By a person's name; Slack's own default where nobody chose. */
  readonly locales: Map<string, string | undefined>;
  /** The direct message of a person, by user. */
  direct(user: string): string;
  /** Whose direct message it is. */
  ownerOf(channel: string): string | undefined;
  nextTs(): string;
  add(message: Omit<StoredMessage, "ts" | "edits">): StoredMessage;
  find(channel: string, ts: string): StoredMessage | undefined;
  replies(channel: string, root: string): StoredMessage[];
}

export function createWorkspace(): Workspace {
  const people = new Map<string, string>();
  const messages: StoredMessage[] = [];
  let clock = Date.now() * 1000;
  const workspace = {
    messages,
    locales: new Map<string, string | undefined>(),
    files: new Map<string, StoredFile>(),
    person(name: string): string {
      const id = people.get(name) ?? `U${String(people.size + 1).padStart(3, "0")}`;
      people.set(name, id);
      return id;
    },
    nameOf: (user: string) => [...people].find(([, id]) => id === user)?.[0],
    direct: (user: string) => user.replace("U", "D"),
    ownerOf: (id: string) => [...people.values()].find((user) => user.replace("U", "D") === id),
    nextTs(): string {
      clock = Math.max(clock + 1, Date.now() * 1000);
      return `${Math.floor(clock / 1e6)}.${String(clock % 1e6).padStart(6, "0")}`;
    },
    add(message: Omit<StoredMessage, "ts" | "edits">): StoredMessage {
      const stored: StoredMessage = { ...message, ts: workspace.nextTs(), edits: 0 };
      messages.push(stored);
      return stored;
    },
    find: (id: string, ts: string) =>
      messages.find((each) => each.channel === id && each.ts === ts && !each.deleted),
    replies: (id: string, root: string) =>
      messages.filter(
        (each) => each.channel === id && (each.ts === root || each.thread_ts === root) && !each.deleted,
      ),
  };
  const root = workspace.add({
    channel,
    user: workspace.person("Ari"),
    text: "Lunch plans for Friday go here.",
    blocks: [],
    files: [],
  });
  return { ...workspace, threadRoot: root.ts };
}
