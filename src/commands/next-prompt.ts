import type { InboundMessage } from "../chat.ts";
import type { ModelChoice } from "../core.ts";
import type { Persona } from "../personas/schema.ts";
import { baseOf } from "../platform/inbound.ts";
import { prepare, type Prepared } from "../prepare.ts";
import { answering } from "./answering.ts";
import type { CommandContext } from "./command.ts";

/** What the next message of the one who asks would be answered with. */
export interface NextPrompt extends Prepared {
  readonly persona: Persona;
  readonly model: ModelChoice;
}

/** Goes the way of an answer up to the model, with a line in place of the message. Sends and changes nothing. */
export async function nextPrompt(
  { core, conversation, inbound, words, signal }: CommandContext,
  { hidesMemory = false }: { hidesMemory?: boolean } = {},
): Promise<NextPrompt> {
  const { persona, model } = await answering(core, conversation);
  const message: InboundMessage = {
    ...baseOf(inbound),
    type: "message",
    text: words.context.nextMessage,
    attachments: [],
  };
  const prepared = await prepare(
    core,
    {
      message,
      persona,
      conversation,
      words,
      signal,
      hidesMemory,
      reply: { status: () => {}, notice: () => {} },
      download: () => Promise.reject(new Error("nothing was sent along")),
      say: async () => {},
    },
    model,
  );
  return { ...prepared, persona, model };
}
