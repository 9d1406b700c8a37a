import { isDeepStrictEqual } from "node:util";
import type { ApiMethods, InputRichBlock, Message, RichBlock } from "@grammyjs/types";
import { bad, checkRich, checkText, createBuckets, Refused, tooMany } from "./checks.ts";
import type { Args, Method } from "./parameters.ts";
import { me, now, type Spot, type StoredMessage, withoutReply, type World } from "./world.ts";

type Uploads = ReadonlyMap<string, { readonly name: string; readonly data: Uint8Array }>;
export type Methods = {
  [M in Method]: (args: Args<M>, uploads: Uploads) => ReturnType<ApiMethods<string>[M]>;
};

export interface MethodOptions {
  readonly world: World;
  /** Whether the server knows rich messages and drafts; an old one does not. */
  readonly modern: boolean;
  readonly complain: (what: string) => void;
  readonly answered: (callback: string) => void;
  /** Told where updates are brought from now on; undefined when they are asked for again. */
  readonly webhook: (set: Args<"setWebhook"> | undefined) => void;
  /** How long the next calls that write must wait, in milliseconds; 0 when they need not. */
  readonly askedToWait: () => number;
}

interface Outgoing {
  readonly chat_id: number | string;
  readonly message_thread_id?: number;
  readonly reply_parameters?: { readonly message_id?: number };
  readonly reply_markup?: unknown;
}

export function createMethods(options: MethodOptions): Methods {
  const { world, modern, complain, answered, webhook, askedToWait } = options;
  const spend = createBuckets();
  const commands = new Set<string>();
  let webhookFrom = 0;

  function limit(chat: number, kind: "messages" | "drafts"): void {
    const wait = askedToWait();
    if (wait > 0) throw tooMany(Math.ceil(wait / 1000));
    if (kind === "drafts") spend(`drafts ${chat}`, 20, 2);
    else if (chat > 0) spend(`chat ${chat}`, 30, 1);
    else spend(`chat ${chat}`, 20, 1 / 3);
  }

  function chatOf(id: number | string | undefined): Spot["chat"] {
    const chat = world.chat(Number(id));
    if (Number(id) === world.oldGroup)
      throw new Refused(400, "Bad Request: group chat was upgraded to a supergroup chat", {
        migrate_to_chat_id: world.group.id,
      });
    if (world.blocked.has(Number(id))) throw new Refused(403, "Forbidden: bot was blocked by the user");
    if (!chat) throw bad("chat not found");
    return chat;
  }

  function send(
    args: Outgoing,
    content: Partial<Message>,
    file?: { name: string; data: Uint8Array },
  ): Message {
    const chat = chatOf(args.chat_id);
    limit(chat.id, "messages");
    const topic = args.message_thread_id;
    if (topic !== undefined && topic !== world.topicRoot.message_id) throw bad("message thread not found");
    const repliedTo = world.messages.get(args.reply_parameters?.message_id ?? 0)?.message;
    const keyboard = keyboardOf(args.reply_markup);
    world.drafts = world.drafts.filter((draft) => draft.chat !== chat.id || draft.topic !== topic);
    return world.store(
      {
        ...world.frame(chat, me),
        ...(topic !== undefined && { message_thread_id: topic, is_topic_message: true }),
        ...(repliedTo && { reply_to_message: withoutReply(repliedTo) }),
        ...(keyboard && { reply_markup: keyboard }),
        ...content,
      },
      file,
    );
  }

  function draft(
    args: Args<"sendMessageDraft"> | Args<"sendRichMessageDraft">,
    message: Partial<Message>,
  ): true {
    if (!modern) throw new Refused(404, "Not Found");
    const chat = chatOf(args.chat_id);
    if (chat.type !== "private") throw bad("TEXTDRAFT_PEER_INVALID");
    if (args.draft_id === 0) throw bad("DRAFT_ID_INVALID");
    limit(chat.id, "drafts");
    const before = world.drafts.find(({ id, chat: other }) => id === args.draft_id && other === chat.id);
    const rest = world.drafts.filter((each) => each !== before);
    const place = { id: args.draft_id, chat: chat.id, topic: args.message_thread_id };
    const until = Date.now() + 30_000;
    world.drafts = [
      ...rest,
      { ...place, message, canStop: args.can_stop ?? false, until, edits: (before?.edits ?? -1) + 1 },
    ];
    return true;
  }

  /** Of a chat's messages, a bot edits its own. */
  function editable(args: Pick<Args<"editMessageText">, "chat_id" | "message_id">): StoredMessage {
    const stored = world.messages.get(args.message_id ?? 0);
    if (stored?.message.chat.id !== chatOf(args.chat_id).id) throw bad("message to edit not found");
    if (stored.message.from?.id !== me.id) throw bad("message can't be edited");
    return stored;
  }

  function change(stored: StoredMessage, content: Message, markup: unknown): Message {
    limit(stored.message.chat.id, "messages");
    const { edit_date: _, ...before } = stored.message;
    const { edit_date: __, reply_markup: ___, ...frame } = content;
    const keyboard = keyboardOf(markup);
    const after = { ...frame, ...(keyboard && { reply_markup: keyboard }) };
    if (isDeepStrictEqual(before, after))
      throw bad(
        "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
      );
    stored.message = { ...after, edit_date: now() };
    stored.edits += 1;
    return stored.message;
  }

  const rich = (message: Args<"sendRichMessage">["rich_message"]): Partial<Message> => {
    if (!modern) throw new Refused(404, "Not Found");
    return { rich_message: { blocks: checkRich(message).map(received) } };
  };

  return {
    getMe: () => me,
    setWebhook(args) {
      if (performance.now() < webhookFrom) throw tooMany(1);
      webhookFrom = performance.now() + 1000;
      if (!URL.canParse(args.url)) throw bad("invalid webhook URL specified");
      webhook(args);
      return true;
    },
    deleteWebhook() {
      webhook(undefined);
      return true;
    },
    getChatAdministrators({ chat_id }) {
      if (chatOf(chat_id).type === "private") throw bad("there are no administrators in the private chat");
      return [{ status: "creator", user: world.person("Admin"), is_anonymous: false }];
    },
    setMyCommands({ commands: given, language_code = "" }) {
      if (!/^(?:[a-z]{2})?$/u.test(language_code)) throw bad("LANGUAGE_CODE_INVALID");
      for (const { command, description } of given) {
        if (!/^[a-z0-9_]{1,32}$/u.test(command)) throw bad("BOT_COMMAND_INVALID");
        if (description === "" || description.length > 256) throw bad("BOT_COMMAND_DESCRIPTION_INVALID");
        commands.add(command);
      }
      return true;
    },
    getFile({ file_id }) {
      const file = world.files.get(file_id);
      if (!file) throw bad("wrong file_id or the file is temporarily unavailable");
      if (file.data.length > 20 * 1024 * 1024) throw bad("file is too big");
      return {
        file_id,
        file_unique_id: `u-${file_id}`,
        file_size: file.data.length,
        file_path: `files/${file_id}`,
      };
    },
    sendMessage(args) {
      checkText(args.text, args.entities ?? [], complain);
      return send(args, { text: args.text, entities: args.entities ?? [] }) as Message.TextMessage;
    },
    sendRichMessage: (args) => send(args, rich(args.rich_message)) as Message.RichMessageMessage,
    sendMessageDraft(args) {
      if (args.text) checkText(args.text, args.entities ?? [], complain);
      return draft(args, { text: args.text ?? "", entities: args.entities ?? [] });
    },
    sendRichMessageDraft: (args) => draft(args, rich(args.rich_message)),
    editMessageText(args) {
      const stored = editable(args);
      if (args.rich_message === undefined || !modern)
        checkText(args.text ?? "", args.entities ?? [], complain);
      const { text: _, entities: __, rich_message: ___, ...frame } = stored.message;
      const content = args.rich_message
        ? rich(args.rich_message)
        : { text: args.text ?? "", entities: args.entities ?? [] };
      change(stored, { ...frame, ...content }, args.reply_markup);
      return true;
    },
    editMessageReplyMarkup(args) {
      const stored = editable(args);
      // Telegram's own server leaves out what an edited message replies to.
      const { reply_to_message: _, ...changed } = change(stored, stored.message, args.reply_markup);
      return changed as Message & { edit_date: number };
    },
    deleteMessage({ message_id }) {
      if (!world.messages.delete(message_id)) throw bad("message to delete not found");
      return true;
    },
    sendPhoto(args, uploads) {
      const file = uploadOf(args.photo, uploads);
      const file_id = world.keep(file);
      const photo = [
        { file_id, file_unique_id: `u-${file_id}`, width: 640, height: 480, file_size: file.data.length },
      ];
      return send(args, { photo }, file) as Message.PhotoMessage;
    },
    sendDocument(args, uploads) {
      const file = uploadOf(args.document, uploads);
      const file_id = world.keep(file);
      const document = {
        file_id,
        file_unique_id: `u-${file_id}`,
        file_name: file.name,
        file_size: file.data.length,
      };
      return send(args, { document }, file) as Message.DocumentMessage;
    },
    sendChatAction({ chat_id, message_thread_id: topic, action }) {
      world.statuses.push({ chat: chatOf(chat_id).id, topic, text: action });
      return true;
    },
    answerCallbackQuery({ callback_query_id }) {
      answered(callback_query_id);
      return true;
    },
  };
}

function uploadOf(value: string, uploads: Uploads): { name: string; data: Uint8Array } {
  const file = uploads.get(value.replace("attach://", ""));
  if (!file) throw bad("wrong file identifier/HTTP URL specified");
  return file;
}

function keyboardOf(markup: unknown): Message["reply_markup"] {
  if (markup === undefined) return undefined;
  const keyboard = markup as NonNullable<Message["reply_markup"]>;
  for (const button of keyboard.inline_keyboard.flat())
    if ("callback_data" in button) {
      const bytes = Buffer.byteLength(button.callback_data);
      if (bytes < 1 || bytes > 64) throw bad("BUTTON_DATA_INVALID");
    }
  return keyboard;
}

/** A block as it comes back: lists get their labels. */
function received(block: InputRichBlock<string>): RichBlock {
  if (block.type === "list")
    return {
      type: "list",
      items: block.items.map((item) => ({
        ...item,
        label: item.has_checkbox
          ? item.is_checked
            ? "☑"
            : "☐"
          : item.value === undefined
            ? "•"
            : `${item.value}.`,
        blocks: item.blocks.map(received),
      })),
    };
  if (block.type === "blockquote" || block.type === "details")
    return { ...block, blocks: block.blocks.map(received) };
  return block as RichBlock;
}
