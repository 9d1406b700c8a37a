import type { AssistantMessage, Message, UserMessage } from "../message.ts";
import { readPicture } from "./pictures.ts";
import type { Persona, PersonaExample } from "./schema.ts";

/** A persona's examples as turns of a conversation that never happened. Throws UserError when a picture has gone. */
export async function loadExamples({
  examples,
  folder,
}: Pick<Persona, "examples" | "folder">): Promise<Message[]> {
  const turns = await Promise.all(examples.map((example) => turnsOf(example, folder)));
  return turns.flat();
}

async function turnsOf({ user, image, assistant }: PersonaExample, folder: string): Promise<Message[]> {
  const question: UserMessage = {
    role: "user",
    parts: [...(image ? [await readPicture(folder, image)] : []), { type: "text", text: user }],
  };
  const answer: AssistantMessage = { role: "assistant", parts: [{ type: "text", text: assistant }] };
  return [question, answer];
}
