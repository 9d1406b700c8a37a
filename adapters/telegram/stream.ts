import type { Api } from "grammy";
import type { LiveMessage, PostOptions, ThreadId } from "../../src/chat.ts";
import { remember } from "../../src/platform/remember.ts";
import { Refusal } from "./client.ts";
import { inPlace } from "./decode.ts";
import { type Formatted, join, plain, style } from "./formatted.ts";
import { addressOf, isPrivate, type Poster } from "./post.ts";
import { textLimit, type TelegramMessage } from "./render.ts";

/** A message in the making: it lasts 30 seconds unless it is written again. */
interface Draft {
  readonly id: number;
  /** What it shows of the answer; nothing while it only says what the bot does. */
  shown?: TelegramMessage;
  /** By `performance.now()`. */
  writtenAt: number;
}

/** When a draft's text counts as resting, in milliseconds. */
const restMs = 4000;

/** What people watch while the bot works: a draft in a private chat, and elsewhere that it types. */
export function createDrafts(api: Api, { inBestForm, post: send }: Poster) {
  const show = draftSender(api, inBestForm);
  const drafts = new Map<ThreadId, Draft>();
  const draftless = new Set<number>();
  /** The event behind the last post of a thread. */
  const posted = new Map<ThreadId, string>();
  let ids = 0;

  function draftOf(thread: ThreadId): Draft | undefined {
    const { chat } = addressOf(thread);
    if (!isPrivate(chat) || draftless.has(chat)) return undefined;
    const draft = drafts.get(thread) ?? { id: ++ids, writtenAt: 0 };
    drafts.set(thread, draft);
    return draft;
  }

  async function write(thread: ThreadId, draft: Draft, message: TelegramMessage): Promise<void> {
    draft.writtenAt = performance.now();
    await show(thread, draft.id, message).catch((error: unknown) => {
      if (!isDraftless(error)) throw error;
      draftless.add(addressOf(thread).chat);
      drafts.delete(thread);
    });
  }

  /** Telegram takes a chat's draft away when a message comes. */
  const post: Poster["post"] = async (thread, message, options) => {
    const id = await send(thread, message, options);
    drafts.delete(thread);
    remember(posted, thread, options.cause);
    return id;
  };

  /** Nothing takes a draft away but a message: it may only say "thinking" when one is sure to follow. */
  const isMessageDue = (thread: ThreadId, cause: string): boolean =>
    posted.get(thread) !== cause && !cause.endsWith(inPlace);

  return {
    post,
    live(thread: ThreadId, options: PostOptions): LiveMessage<TelegramMessage> | undefined {
      if (!draftOf(thread)) return undefined;
      return {
        // Drafts may grow faster than messages are edited.
        everyMs: 1000,
        async update(message) {
          const draft = draftOf(thread);
          if (!draft) return;
          draft.shown = message;
          await write(thread, draft, message);
        },
        finish: (message) => post(thread, message, options),
      };
    },
    async status(thread: ThreadId, text: string, { cause }: PostOptions): Promise<void> {
      const draft = drafts.has(thread) || isMessageDue(thread, cause) ? draftOf(thread) : undefined;
      const { chat, place } = addressOf(thread);
      if (!draft) return void (await api.sendChatAction(chat, "typing", place));
      const { shown } = draft;
      const words = style(plain(`${text}…`), "italic");
      if (!shown) return write(thread, draft, { ...words, buttons: [] });
      // A text that grows says enough; one that rests is kept from fading, with what goes on under it.
      if (performance.now() - draft.writtenAt < restMs) return;
      await write(thread, draft, withUnder(shown, words));
    },
  };
}

function draftSender(api: Api, inBestForm: Poster["inBestForm"]) {
  return (thread: ThreadId, id: number, message: TelegramMessage): Promise<unknown> => {
    const { chat, place } = addressOf(thread);
    const others = { ...place, can_stop: true, keep_on_stop: true };
    return inBestForm<unknown>(
      message,
      (rich) => api.sendRichMessageDraft(chat, id, rich, others),
      (text, entities) => api.sendMessageDraft(chat, id, text, { ...others, entities }),
    );
  };
}

/** An old server, or a peer that drafts can't be shown to. */
const isDraftless = (error: unknown): boolean =>
  error instanceof Refusal && (error.code === 404 || error.message.includes("TEXTDRAFT_PEER_INVALID"));

function withUnder(shown: TelegramMessage, words: Formatted): TelegramMessage {
  const together = join([shown, words], "\n\n");
  const fits = shown.rich === undefined && together.text.length <= textLimit;
  return fits ? { ...shown, ...together } : shown;
}
