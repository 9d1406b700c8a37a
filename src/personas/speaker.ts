import type { Speaker } from "../chat.ts";
import type { Persona } from "./schema.ts";

/** How a persona is shown beside its answers. */
export function speakerOf({ name, picture }: Pick<Persona, "name" | "picture">): Speaker {
  return { name, ...(picture !== undefined && { picture }) };
}
