import { join } from "node:path";
import { ask } from "../ask.ts";
import { createBot } from "../bot.ts";
import type { Core } from "../core.ts";
import { UserError } from "../errors.ts";
import { attachFile } from "../file-attachment.ts";
import { createLocalCoordinator } from "../store/coordinator-local.ts";
import { similarity } from "../text/similarity.ts";
import type { Persona } from "./schema.ts";

/** How a persona answers one of its examples without having been shown it. */
export interface LeftOut {
  readonly persona: string;
  readonly user: string;
  readonly wanted: string;
  readonly answer: string;
  /** How alike answer and example are, 0 to 1, by the letter pairs they share. */
  readonly alike: number;
}

/** Asks the persona the example at `index` with that example removed. */
export async function leaveOneOut(core: Core, persona: Persona, index: number): Promise<LeftOut> {
  const example = persona.examples[index];
  if (!example) throw new RangeError(`${persona.id} has no example ${index}`);
  const without = { ...persona, examples: persona.examples.toSpliced(index, 1) };
  const bot = createBot({
    ...core,
    coordinator: createLocalCoordinator(),
    personas: { find: () => without, list: () => [without], fallback: () => without },
  });
  const { answer } = await ask(bot, {
    text: example.user,
    attachments: example.image === undefined ? [] : [await attachFile(join(persona.folder, example.image))],
    persona: persona.id,
    user: `test-${crypto.randomUUID()}`,
    locale: "en",
    thread: crypto.randomUUID(),
  });
  if (answer.state !== "done") throw new UserError(answer.notices.join(" "));
  return {
    persona: persona.id,
    user: example.user,
    wanted: example.assistant,
    answer: answer.text,
    alike: similarity(answer.text, example.assistant),
  };
}
