import { type Api, InputFile } from "grammy/web";
import type { MessageEntity } from "grammy/types";
import type { MessageId, OutgoingFile, PostOptions, ThreadId } from "../../src/chat.ts";
import { MessageGone, UserError } from "../../src/errors.ts";
import type { Log } from "../../src/log.ts";
import { parseThread } from "../../src/platform/thread-id.ts";
import { Refusal } from "./client.ts";
import type { TelegramMessage } from "./render.ts";
import type { Block } from "./rich.ts";

/** What Telegram takes in one message, in UTF-16 code units after formatting. */
export const textLimit = 4096;
/** What Telegram's own server takes in one file, in bytes. */
const uploadLimit = 50 * 1024 * 1024;
const pictureLimit = 10 * 1024 * 1024;

const unseen = { link_preview_options: { is_disabled: true } };

/** Writes lasting messages, each in the best form that the server takes. */
export type Poster = ReturnType<typeof createPoster>;

export function createPoster(api: Api, log: Log) {
  let knowsRich = true;

  /** Calls with a message's rich form when it has one, and with the plain one where Telegram does not take that. */
  async function inBestForm<Result>(
    { rich, text, entities }: TelegramMessage,
    asRich: (message: { blocks: Block[] }) => Promise<Result>,
    asPlain: (text: string, entities: MessageEntity[]) => Promise<Result>,
  ): Promise<Result> {
    try {
      if (rich && knowsRich) return await asRich({ blocks: [...rich] });
    } catch (error) {
      // A request to wait is no refusal: both forms share it.
      if (!(error instanceof Refusal)) throw error;
      // A server that is too old answers in many ways, and is not asked again; one too rich message is another matter.
      knowsRich = error.code === 400 && !/must be non-empty|text is empty|unsupported/u.test(error.message);
      if (!knowsRich)
        log.warn({ err: error }, "Telegram: no rich messages here; answers go out as plain ones");
    }
    return asPlain(text, [...entities]);
  }

  return {
    inBestForm,
    async post(thread: ThreadId, message: TelegramMessage, options: PostOptions): Promise<MessageId> {
      const { chat, place } = addressOf(thread);
      const others = { ...place, ...replyOf(chat, options), ...keyboardOf(message) };
      const sent = await inBestForm<{ message_id: number }>(
        message,
        (rich) => api.sendRichMessage(chat, rich, others),
        (text, entities) => api.sendMessage(chat, text, { ...others, ...unseen, entities }),
      );
      return String(sent.message_id);
    },
    async edit(thread: ThreadId, id: MessageId, message: TelegramMessage): Promise<void> {
      const place = { chat_id: addressOf(thread).chat, message_id: Number(id), ...keyboardOf(message) };
      await inBestForm<unknown>(
        message,
        (rich) => api.raw.editMessageText({ ...place, rich_message: rich }).catch(unlessSame),
        (text, entities) =>
          api.raw.editMessageText({ ...place, ...unseen, text, entities }).catch(unlessSame),
      );
    },
    async remove(thread: ThreadId, id: MessageId): Promise<void> {
      const { chat } = addressOf(thread);
      await api.deleteMessage(chat, Number(id)).catch(unless(/message to delete not found/u));
    },
    async upload(
      thread: ThreadId,
      { name, mimeType, data }: OutgoingFile,
      options: PostOptions,
    ): Promise<MessageId> {
      if (data.length > uploadLimit)
        throw new UserError(({ files }) => files.tooLargeToSend("Telegram", uploadLimit / 1024 ** 2));
      const { chat, place } = addressOf(thread);
      const others = { ...place, ...replyOf(chat, options) };
      const input = () => new InputFile(data, name);
      const isPicture = /^image\/(?:png|jpeg)$/u.test(mimeType) && data.length <= pictureLimit;
      // A picture that Telegram can't show as one still goes out as a file.
      const shown = isPicture && (await api.sendPhoto(chat, input(), others).catch(unless(/: 400 /u)));
      const sent = shown || (await api.sendDocument(chat, input(), others));
      return String(sent.message_id);
    },
  };
}

export const isPrivate = (chat: number): boolean => chat > 0;

/** What `decode` put into a thread's id. */
export function addressOf(thread: ThreadId): { chat: number; place: { message_thread_id?: number } } {
  const { channel, root } = parseThread(thread);
  return { chat: Number(channel), place: root === undefined ? {} : { message_thread_id: Number(root) } };
}

/** In a private chat it is plain what is answered: a quote over each answer would be noise. */
function replyOf(chat: number, { replyTo }: PostOptions) {
  if (replyTo === undefined || isPrivate(chat)) return {};
  return { reply_parameters: { message_id: Number(replyTo), allow_sending_without_reply: true } };
}

/** An edit without buttons takes the old ones away. */
function keyboardOf({ buttons }: TelegramMessage) {
  const row = buttons.map(({ label, token }) => ({ text: label, callback_data: token }));
  return row.length === 0 ? {} : { reply_markup: { inline_keyboard: [row] } };
}

/** An edit that changes nothing has succeeded. Throws MessageGone when there is nothing to change. */
function unlessSame(error: unknown): void {
  if (error instanceof Refusal && /message to edit not found|MESSAGE_ID_INVALID/u.test(error.message))
    throw new MessageGone("the message is gone", { cause: error });
  unless(/message is not modified/u)(error);
}

/** Takes one refusal for success. */
export function unless(harmless: RegExp): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof Refusal && harmless.test(error.message))) throw error;
  };
}
