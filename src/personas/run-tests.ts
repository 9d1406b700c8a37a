import { join } from "node:path";
import { ask } from "../ask.ts";
import type { Bot } from "../bot.ts";
import { attachFile } from "../file-attachment.ts";
import { failedChecks } from "./checks.ts";
import type { Persona, PersonaTest } from "./schema.ts";

/** How one test of a persona went. */
export interface TestOutcome {
  readonly persona: string;
  readonly name: string;
  readonly answer: string;
  /** What is wrong with the answer; empty when the test passed. */
  readonly failures: readonly string[];
}

/** Asks one test's question in a conversation of its own and checks the answer. */
export async function runPersonaTest(
  bot: Bot,
  persona: Persona,
  test: PersonaTest,
  countTokens: (text: string) => number,
): Promise<TestOutcome> {
  const name = test.name ?? (test.input || test.images.join(", "));
  const images = test.images.map((path) => attachFile(join(persona.folder, path)));
  const { answer } = await ask(bot, {
    text: test.input,
    attachments: await Promise.all(images),
    persona: persona.id,
    // Nothing that one test had remembered is known to the next.
    user: `test-${crypto.randomUUID()}`,
    locale: "en",
    thread: crypto.randomUUID(),
  });
  const failures =
    answer.state === "done"
      ? failedChecks(answer.text, test.expect, countTokens)
      : answer.notices.concat(`the answer is ${answer.state}`);
  return { persona: persona.id, name, answer: answer.text, failures };
}
