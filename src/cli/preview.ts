import { askedBy } from "../ask.ts";
import type { Attachment, InboundMessage } from "../chat.ts";
import { openConversation } from "../conversation/conversation.ts";
import type { Prompt } from "../conversation/prompt.ts";
import { conversationKey } from "../conversation/scope.ts";
import { type CountTokens, loadTokenCounter } from "../conversation/tokens.ts";
import type { Core, ModelChoice } from "../core.ts";
import type { Said } from "../desk.ts";
import { choosePersona } from "../personas/choose.ts";
import { readAttached } from "../file-attachment.ts";
import { modelFor } from "../model-choice.ts";
import type { Persona } from "../personas/schema.ts";
import { prepare } from "../prepare.ts";
import { english } from "../words/words.ts";

/** A question that is only looked at. */
export interface PreviewOptions {
  readonly persona?: string | undefined;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  readonly user: string;
  readonly thread: string;
}

/** Exactly what a model would be sent, counted in o200k tokens, and what the bot would say before asking. */
export interface Preview {
  readonly persona: Persona;
  readonly model: ModelChoice;
  readonly prompt: Prompt;
  readonly said: readonly string[];
}

/** Prepares a question as if it came from `parlance ask`, and sends nothing. */
export async function preview(core: Core, options: PreviewOptions, count?: CountTokens): Promise<Preview> {
  const { user, thread, attachments } = options;
  const asked: InboundMessage = {
    ...askedBy(user, thread),
    id: "preview",
    type: "message",
    text: options.text,
    attachments,
    ...(options.persona !== undefined && { persona: options.persona }),
  };
  const conversation = await openConversation(core.store, conversationKey(asked));
  const { persona, text } = choosePersona(core.personas, asked, conversation.bound);
  const message = { ...asked, text };
  const model = await core.models.choose(modelFor(persona, conversation).name);
  const said: string[] = [];
  const asking = {
    message,
    persona,
    conversation,
    words: english,
    reply: { status: () => {}, notice: (sentence: string) => void said.push(sentence) },
    signal: new AbortController().signal,
    download: readAttached,
    say: async ({ text }: Said) => void said.push(text),
  };
  const { prompt } = await prepare(core, asking, model, count ?? (await loadTokenCounter()));
  return { persona, model, prompt, said };
}

/** Such as `12.5 %`. */
export const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;
