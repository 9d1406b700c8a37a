import type { Opts } from "@grammyjs/types";

/** The methods the bot may call, but for `getUpdates`. Each takes the decoded arguments and the uploaded files. */
export type Method =
  | "getMe"
  | "setWebhook"
  | "deleteWebhook"
  | "setMyCommands"
  | "getFile"
  | "sendMessage"
  | "sendRichMessage"
  | "sendMessageDraft"
  | "sendRichMessageDraft"
  | "editMessageText"
  | "editMessageReplyMarkup"
  | "deleteMessage"
  | "sendPhoto"
  | "sendDocument"
  | "sendChatAction"
  | "getChatAdministrators"
  | "answerCallbackQuery";

/** What a method takes. */
export type Args<M extends Method> = Opts<string>[M];
/** What the adapter may send along; the compiler knows whether Telegram has such fields. */
export const parameters: { readonly [M in Method | "getUpdates"]: readonly (keyof Opts<string>[M])[] } = {
  getMe: [],
  getUpdates: ["offset", "limit", "timeout", "allowed_updates"],
  setWebhook: ["url", "secret_token", "allowed_updates"],
  deleteWebhook: ["drop_pending_updates"],
  getChatAdministrators: ["chat_id"],
  setMyCommands: ["commands", "scope", "language_code"],
  getFile: ["file_id"],
  sendMessage: [
    "chat_id",
    "message_thread_id",
    "text",
    "entities",
    "link_preview_options",
    "reply_parameters",
    "reply_markup",
  ],
  sendRichMessage: ["chat_id", "message_thread_id", "rich_message", "reply_parameters", "reply_markup"],
  sendMessageDraft: [
    "chat_id",
    "message_thread_id",
    "draft_id",
    "text",
    "entities",
    "can_stop",
    "keep_on_stop",
  ],
  sendRichMessageDraft: [
    "chat_id",
    "message_thread_id",
    "draft_id",
    "rich_message",
    "can_stop",
    "keep_on_stop",
  ],
  editMessageText: [
    "chat_id",
    "message_id",
    "text",
    "entities",
    "link_preview_options",
    "rich_message",
    "reply_markup",
  ],
  editMessageReplyMarkup: ["chat_id", "message_id", "reply_markup"],
  deleteMessage: ["chat_id", "message_id"],
  sendPhoto: ["chat_id", "message_thread_id", "photo", "caption", "reply_parameters", "reply_markup"],
  sendDocument: ["chat_id", "message_thread_id", "document", "caption", "reply_parameters", "reply_markup"],
  sendChatAction: ["chat_id", "message_thread_id", "action"],
  answerCallbackQuery: ["callback_query_id", "text"],
};
