import type { Conversation } from "./conversation/conversation.ts";
import type { Persona } from "./personas/schema.ts";
import type { ThinkingEffort } from "./providers/provider.ts";

/** Whose choice something is: that of one question, of the conversation, of the place it stands in, of the persona, or nobody's. */
export type ChosenBy = "question" | "conversation" | "place" | "persona" | "nobody";

type Choosing = Pick<Persona, "model" | "modelFixed" | "options">;
type Bound = Pick<Conversation, "binding" | "bound">;

/** The alias or `provider/model` that answers. What is asked for one question goes first, but before a persona that fixes it. */
export function modelFor(
  { model, modelFixed }: Choosing,
  { binding, bound }: Bound,
  asked?: string,
): { readonly name: string; readonly by: ChosenBy } {
  const own = model ?? "smart";
  if (modelFixed) return { name: own, by: "persona" };
  if (asked !== undefined) return { name: asked, by: "question" };
  if (bound.model === undefined) return { name: own, by: model === undefined ? "nobody" : "persona" };
  return { name: bound.model, by: binding.model === undefined ? "place" : "conversation" };
}

/** How hard the model is to think; the vendor decides where nobody does. */
export function effortFor(
  { options }: Choosing,
  { binding, bound }: Bound,
): { readonly effort?: ThinkingEffort; readonly by: ChosenBy } {
  if (bound.thinking !== undefined)
    return { effort: bound.thinking, by: binding.thinking === undefined ? "place" : "conversation" };
  return options.thinking === undefined ? { by: "nobody" } : { effort: options.thinking, by: "persona" };
}
