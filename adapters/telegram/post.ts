import { type Api, InputFile } from "grammy";
import type { InlineKeyboardButton, MessageEntity } from "grammy/types";
import type { Adapter, OutgoingFile, PostOptions, ThreadId } from "../../src/chat.ts";
import { UserError } from "../../src/errors.ts";
import type { Log } from "../../src/log.ts";
import { parseThread } from "../../src/platform/thread-id.ts";
import { Refusal } from "./client.ts";
import type { TelegramMessage } from "./render.ts";
import type { Block } from "./rich.ts";

/** Calls with a message's rich form when it has one, and with the plain one where the server can't take it. */
type BestForm = <Result>(
  message: TelegramMessage,
  asRich: (message: { blocks: Block[] }) => Promise<Result>,
  asPlain: (text: string, entities: MessageEntity[]) => Promise<Result>,
) => Promise<Result>;

/** Writes lasting messages. */
export interface Poster extends Required<
  Pick<Adapter<TelegramMessage>, "post" | "edit" | "remove" | "upload">
> {
  readonly inBestForm: BestForm;
}

/** Once a server refused rich messages it is not asked again. A request to wait is no refusal: both forms share it. */
function createBestForm(log: Log): BestForm {
  let richWorks = true;
  return async ({ rich, text, entities }, asRich, asPlain) => {
    if (rich && richWorks)
      try {
        return await asRich({ blocks: [...rich] });
      } catch (error) {
        if (!isRichless(error)) throw error;
        richWorks = false;
        log.warn({ err: error }, "Telegram: this server has no rich messages; answers go out as plain ones");
      }
    return asPlain(text, [...entities]);
  };
}

/** What Telegram's own server takes in one file, in bytes. */
const uploadLimit = 50 * 1024 * 1024;
const pictureLimit = 10 * 1024 * 1024;

const unseen = { link_preview_options: { is_disabled: true } };

export function createPoster(api: Api, log: Log): Poster {
  const inBestForm = createBestForm(log);
  return {
    inBestForm,
    async post(thread, message, options) {
      const { chat, place } = addressOf(thread);
      const others = { ...place, ...replyOf(chat, options), ...keyboardOf(message) };
      const sent = await inBestForm<{ message_id: number }>(
        message,
        (rich) => api.sendRichMessage(chat, rich, others),
        (text, entities) => api.sendMessage(chat, text, { ...others, ...unseen, entities }),
      );
      return String(sent.message_id);
    },
    async edit(thread, id, message) {
      const place = { chat_id: addressOf(thread).chat, message_id: Number(id), ...keyboardOf(message) };
      await inBestForm<unknown>(
        message,
        (rich) => api.raw.editMessageText({ ...place, rich_message: rich }),
        (text, entities) => api.raw.editMessageText({ ...place, ...unseen, text, entities }),
      ).catch(unless(/message is not modified/u));
    },
    async remove(thread, id) {
      const { chat } = addressOf(thread);
      await api.deleteMessage(chat, Number(id)).catch(unless(/message to delete not found/u));
    },
    async upload(thread, file, options) {
      if (file.data.length > uploadLimit)
        throw new UserError(`${file.name} is larger than 50 MB, the most I can send here.`);
      const { chat, place } = addressOf(thread);
      const others = { ...place, ...replyOf(chat, options) };
      const data = () => new InputFile(file.data, file.name);
      const picture = isPicture(file) && (await api.sendPhoto(chat, data(), others).catch(unless(/: 400 /u)));
      // A picture that Telegram can't show as one still goes out as a file.
      const sent = picture || (await api.sendDocument(chat, data(), others));
      return String(sent.message_id);
    },
  };
}

const isPicture = ({ mimeType, data }: OutgoingFile): boolean =>
  ["image/png", "image/jpeg"].includes(mimeType) && data.length <= pictureLimit;

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
function keyboardOf({ buttons }: TelegramMessage): {
  reply_markup?: { inline_keyboard: InlineKeyboardButton[][] };
} {
  const row = buttons.map(({ label, token }) => ({ text: label, callback_data: token }));
  return row.length === 0 ? {} : { reply_markup: { inline_keyboard: [row] } };
}

/** A server of one's own that is too old answers in many ways. */
const isRichless = (error: unknown): boolean =>
  error instanceof Refusal &&
  (error.code === 404 ||
    (error.code === 400 && /rich.?message|message text is empty|unsupported/iu.test(error.message)));

function unless(harmless: RegExp): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof Refusal && harmless.test(error.message))) throw error;
  };
}
