import type { Api } from "grammy";
import type { LiveMessage, PostOptions, ThreadId } from "../../src/chat.ts";
import { remember } from "../../src/platform/remember.ts";
import { Refusal } from "./client.ts";
import { inPlace } from "./decode.ts";
import { addressOf, isPrivate, type Poster, textLimit } from "./post.ts";
import type { TelegramMessage } from "./render.ts";

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
export function createDrafts(api: Api, poster: Poster) {
  const drafts = new Map<ThreadId, Draft>();
  const draftless = new Set<ThreadId>();
  let ids = 0;

  function draftOf(thread: ThreadId): Draft | undefined {
    if (!isPrivate(addressOf(thread).chat) || draftless.has(thread)) return undefined;
    return drafts.get(thread) ?? remember(drafts, thread, { id: ++ids, writtenAt: 0 });
  }

  async function write(thread: ThreadId, draft: Draft, message: TelegramMessage): Promise<void> {
    draft.writtenAt = performance.now();
    const { chat, place } = addressOf(thread);
    const others = { ...place, can_stop: true, keep_on_stop: true };
    await poster
      .inBestForm<unknown>(
        message,
        (rich) => api.sendRichMessageDraft(chat, draft.id, rich, others),
        (text, entities) => api.sendMessageDraft(chat, draft.id, text, { ...others, entities }),
      )
      .catch((error: unknown) => {
        if (!isDraftless(error)) throw error;
        draftless.add(thread);
        drafts.delete(thread);
      });
  }

  /** Telegram takes a chat's draft away when a message comes. */
  const post: Poster["post"] = async (thread, message, options) => {
    const id = await poster.post(thread, message, options);
    drafts.delete(thread);
    return id;
  };

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
    async status(thread: ThreadId, text: string, { context }: PostOptions): Promise<void> {
      // Nothing but a message takes a draft away, and none is to come of an answer that changes another.
      const draft = drafts.has(thread) || context !== inPlace ? draftOf(thread) : undefined;
      const { chat, place } = addressOf(thread);
      if (!draft) return void (await api.sendChatAction(chat, "typing", place));
      // A text that grows says enough; one that rests is kept from fading, with what goes on under it.
      if (draft.shown && performance.now() - draft.writtenAt < restMs) return;
      await write(thread, draft, withStatus(draft.shown, `${text}…`));
    },
  };
}

/** An old server, or a peer that drafts can't be shown to. */
const isDraftless = (error: unknown): boolean =>
  error instanceof Refusal && (error.code === 404 || error.message.includes("TEXTDRAFT_PEER_INVALID"));

function withStatus(shown: TelegramMessage | undefined, status: string): TelegramMessage {
  const before = shown ? `${shown.text}\n\n` : "";
  const text = before + status;
  if (shown && (shown.rich || text.length > textLimit)) return shown;
  const entity = { type: "italic", offset: before.length, length: status.length } as const;
  return { text, entities: [...(shown?.entities ?? []), entity], buttons: [] };
}
