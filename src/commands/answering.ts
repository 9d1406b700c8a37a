import type { Conversation } from "../conversation/conversation.ts";
import type { Core, ModelChoice } from "../core.ts";
import type { Persona } from "../personas/schema.ts";

/** Who answers the next message of a conversation, unless that message names another. */
export async function answering(
  { personas, models }: Core,
  { bound }: Conversation,
): Promise<{ readonly persona: Persona; readonly model: ModelChoice }> {
  const found = bound.persona === undefined ? undefined : personas.find(bound.persona);
  const persona = found ?? personas.fallback();
  return { persona, model: await models.choose(bound.model ?? persona.model ?? "smart") };
}
