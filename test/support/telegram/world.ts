import type { Chat, Message, MessageEntity, Update, User, UserFromGetMe } from "@grammyjs/types";
import type { EmulatedPlace, Said } from "../chat-emulator.ts";

export interface EmulatedFile {
  readonly name: string;
  readonly data: Uint8Array;
}

export interface StoredMessage {
  message: Message;
  edits: number;
  readonly file?: EmulatedFile;
}

/** A message that is being written: it fades after 30 seconds. */
export interface Draft {
  readonly id: number;
  readonly chat: number;
  readonly topic: number | undefined;
  readonly message: Pick<Message, "text" | "entities" | "rich_message">;
  readonly canStop: boolean;
  readonly until: number;
  readonly edits: number;
}

/** A chat, and a topic in it. */
export interface Spot {
  readonly chat: Chat.PrivateChat | Chat.SupergroupChat;
  readonly topic?: number;
}

export const me: UserFromGetMe = {
  id: 7_000_001,
  is_bot: true,
  first_name: "Parlance",
  username: "parlance_test_bot",
  can_join_groups: true,
  can_read_all_group_messages: false,
  supports_inline_queries: false,
  can_connect_to_business: false,
  has_main_web_app: false,
  has_topics_enabled: false,
  allows_users_to_create_topics: false,
  can_manage_bots: false,
  supports_join_request_queries: false,
};

const group: Chat.SupergroupChat = {
  id: -1_001_000_000_001,
  type: "supergroup",
  title: "Korean",
  is_forum: true,
};

/** The people, chats, messages and files: one private chat a person, one group, one topic in it. */
export class World {
  readonly messages = new Map<number, StoredMessage>();
  readonly files = new Map<string, EmulatedFile>();
  readonly statuses: { chat: number; topic: number | undefined; text: string }[] = [];
  drafts: Draft[] = [];
  /** A number the group had before it grew too large. */
  readonly oldGroup = -42;
  readonly group = group;
  /** People who blocked the bot. */
  readonly blocked = new Set<number>();
  readonly #people = new Map<string, User>();
  readonly #topic: Message;
  #updateId = 500;
  #messageId = 0;
  /** A group counts its own messages; far from the others, so that all stand in one map. */
  #groupMessageId = 1_000_000;

  constructor() {
    const opened = { name: "Grammar", icon_color: 0x6fb9f0 };
    this.#topic = this.store({ ...this.frame(group, this.person("Admin")), forum_topic_created: opened });
    Object.assign(this.#topic, { message_thread_id: this.#topic.message_id, is_topic_message: true });
  }

  person(name: string): User {
    const known = this.#people.get(name);
    if (known) return known;
    const user = { id: 2001 + this.#people.size, is_bot: false, first_name: name };
    this.#people.set(name, user);
    return user;
  }

  /** Undefined: their client does not say. */
  chooseLocale(name: string, locale: string | undefined): void {
    const { language_code: _, ...user } = this.person(name);
    this.#people.set(name, { ...user, ...(locale !== undefined && { language_code: locale }) });
  }

  spot(place: EmulatedPlace = "dm", as = "Kim"): Spot {
    if (place === "channel") return { chat: group };
    if (place === "thread") return { chat: group, topic: this.#topic.message_id };
    return { chat: this.privateChat(this.person(as)) };
  }

  privateChat(user: User): Chat.PrivateChat {
    return { id: user.id, type: "private", first_name: user.first_name };
  }

  chat(id: number): Spot["chat"] | undefined {
    if (id === group.id) return group;
    const user = [...this.#people.values()].find((person) => person.id === id);
    return user && this.privateChat(user);
  }

  get topicRoot(): Message {
    return this.#topic;
  }

  frame(chat: Spot["chat"], from: User): Pick<Message, "message_id" | "date" | "chat" | "from"> {
    const message_id = chat.type === "private" ? ++this.#messageId : ++this.#groupMessageId;
    return { message_id, date: now(), chat, from };
  }

  store(message: Message, file?: EmulatedFile): Message {
    this.messages.set(message.message_id, { message, edits: 0, ...(file && { file }) });
    return message;
  }

  update(content: Omit<Update, "update_id">): Update {
    return { update_id: ++this.#updateId, ...content };
  }

  /** What a person's message is on the wire, one for each file; in a topic even a plain one "replies" to its root. */
  write(said: Said): readonly Message[] {
    const { chat, topic } = this.spot(said.place, said.as);
    const from = this.person(said.as ?? "Kim");
    const repliedTo =
      said.replyTo === undefined ? undefined : this.messages.get(Number(said.replyTo))?.message;
    const reply = repliedTo ?? (topic === undefined ? undefined : this.#topic);
    const text = said.mention ? `@${me.username} ${said.text}` : said.text;
    const files = said.files ?? [];
    const isAlbum = files.length > 1;
    const photos = files.every(({ mimeType }) => isPhoto(mimeType));
    const album = `album-${this.messages.size}`;
    const messages = (isAlbum ? files : [files[0]]).map((file, index) => {
      const message: Message = {
        ...this.frame(chat, from),
        ...(topic !== undefined && { message_thread_id: topic, is_topic_message: true }),
        ...(reply && { reply_to_message: withoutReply(reply) }),
        ...(isAlbum && { media_group_id: album }),
        ...(file ? this.#media(file, isAlbum && !photos) : { text, entities: entitiesIn(text) }),
        ...(file && index === 0 && text !== "" && { caption: text, caption_entities: entitiesIn(text) }),
      };
      return this.store(message, file);
    });
    return messages;
  }

  #media(file: NonNullable<Said["files"]>[number], asDocument: boolean): Partial<Message> {
    const file_id = this.keep(file);
    const media = { file_id, file_unique_id: `u-${file_id}`, file_size: file.data.length };
    const named = { ...media, file_name: file.name, mime_type: file.mimeType };
    if (asDocument) return { document: named };
    if (isPhoto(file.mimeType)) {
      const thumbnail = this.keep({ name: "thumbnail", data: new Uint8Array([1]) });
      const small = {
        file_id: thumbnail,
        file_unique_id: `u-${thumbnail}`,
        width: 90,
        height: 90,
        file_size: 1,
      };
      return { photo: [small, { ...media, width: 1280, height: 960 }] };
    }
    if (file.mimeType === "audio/ogg") return { voice: { ...media, duration: 3, mime_type: "audio/ogg" } };
    if (file.mimeType.startsWith("audio/")) return { audio: { ...named, duration: 3 } };
    if (file.mimeType.startsWith("video/"))
      return { video: { ...named, width: 640, height: 480, duration: 3 } };
    return { document: named };
  }

  /** Its `file_id`; the path it is downloaded from is the same. */
  keep(file: EmulatedFile): string {
    const id = `file_${this.files.size + 1}`;
    this.files.set(id, file);
    return id;
  }
}

/** A message that is replied to says nothing of what it replied to itself. */
export function withoutReply(message: Message): NonNullable<Message["reply_to_message"]> {
  return { ...message, reply_to_message: undefined } as NonNullable<Message["reply_to_message"]>;
}

const isPhoto = (mimeType: string): boolean => ["image/jpeg", "image/png", "image/webp"].includes(mimeType);

export const now = (): number => Math.floor(Date.now() / 1000);

/** What Telegram finds in a text by itself. */
export function entitiesIn(text: string): MessageEntity[] {
  const found = [...text.matchAll(/(?<command>^\/\w+(?:@\w+)?)|(?<![\w@])@\w{4,}/gu)];
  return found.map(({ 0: { length }, index: offset, groups }) => ({
    type: groups?.["command"] ? "bot_command" : "mention",
    offset,
    length,
  }));
}
