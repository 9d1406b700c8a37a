import type { Conversation } from "../conversation/conversation.ts";
import type { Core, ModelChoice } from "../core.ts";
import { modelFor } from "../model-choice.ts";
import { personaOf } from "../personas/choose.ts";
import type { Persona } from "../personas/schema.ts";

/** Who answers the next message of a conversation, unless that message names another. */
export async function answering(
  { personas, models }: Core,
  conversation: Conversation,
): Promise<{ readonly persona: Persona; readonly model: ModelChoice }> {
  const persona = personaOf(personas, conversation.bound);
  return { persona, model: await models.choose(modelFor(persona, conversation).name) };
}
