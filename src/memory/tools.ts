import { z } from "zod";
import { runAction } from "../actions.ts";
import { UserError } from "../errors.ts";
import { untilAborted } from "../providers/retry.ts";
import type { Note, Tool, ToolContext } from "../tools/tool.ts";
import { audienceOf } from "./audience.ts";
import { relate } from "./compare.ts";
import { type Fact, type Facts, usableFacts } from "./facts.ts";
import { type Learned, learn } from "./learn.ts";
import { isInWordsOf } from "./own-words.ts";

const notTheirWords =
  "Not kept: with others' words in sight, a fact must be made of words the person wrote in their last message. If they did say it there, repeat it in their own words and language; if not, ask them to say themselves what to remember.";
const notTheirWish =
  "Not forgotten: with others' words in sight, only the person can do that, by `/memory forget` and the fact's number. Tell them so.";
const notNumber = "There is no fact with that number among those you were shown.";

/** What `memory: read-write` lets a model call. */
export const memoryToolNames = ["remember", "forget"] as const;

/** Lets a model keep and drop facts about the person who asks, and only about them. */
export function createMemoryTools(facts: Facts): readonly Tool[] {
  return [createRememberTool(facts), createForgetTool(facts)] as readonly Tool[];
}

const number = z.int().positive();

/**
 * A file, a page or another person can't have it keep anything: where the model sees such, a fact must be made of words that
 * the person wrote in this message, and takes the place of none but what it contradicts.
 */
function createRememberTool(facts: Facts): Tool<{ fact: string; replaces?: number | undefined }> {
  return {
    name: "remember",
    description:
      "Keeps one lasting fact about the person you talk with, for later chats: when they ask you to, or tell you something about themselves that will matter again. Not what you know already; never passwords or other people's secrets.",
    input: z.strictObject({
      fact: z
        .string()
        .trim()
        .min(1)
        .max(300)
        .describe("One sentence in their own words and language, e.g. `Learns Korean for work.`"),
      replaces: number.optional().describe("The number of the fact that it corrects."),
    }),
    speaksForItself: true,
    writes: true,
    status: (words) => words.memory.noting,
    async run({ fact: text, replaces }, context) {
      const { person, persona, where, seesOthers, words, signal } = context;
      const target = replaces === undefined ? undefined : await numbered(facts, context, replaces);
      if (seesOthers && !isInWordsOf(words, text)) {
        // That it is known may be said all the same: it is in sight.
        if (usableFacts(await facts.list(person), where).some((known) => known.text === text))
          return { text: "Already known." };
        throw new UserError(notTheirWords);
      }
      const isMeant = target && (!seesOthers || relate(target.text, text) !== "other");
      const origin = await untilAborted(context.origin(), signal);
      const learned = await learn(facts, person, {
        text,
        persona,
        where,
        audience: audienceOf(where),
        origin,
        signal,
        ...(isMeant && { replaces: target }),
      });
      return answerTo(await asFirstLearned(facts, learned, context), text, context);
    },
  };
}

/** What an earlier attempt at this answer kept is no news to this one, but it is to the person: they were told nothing of it. */
async function asFirstLearned(
  facts: Facts,
  learned: Learned,
  { person, where, persona, job }: ToolContext,
): Promise<Learned> {
  if (learned.type !== "known") return learned;
  const { id, number, persona: by } = learned.fact;
  if (by !== persona || id.replaceAll("-", "") < job) return learned;
  const before = (await facts.history(person)).filter(({ replacedBy }) => replacedBy === id);
  return { type: "kept", id, number, instead: usableFacts(before, where), left: 0 };
}

function answerTo(
  learned: Learned,
  text: string,
  { sentences, where }: ToolContext,
): { text: string; note?: Note } {
  const { memory } = sentences;
  if (learned.type === "known") return { text: "Already known." };
  if (learned.type === "asked")
    return {
      text: `Not kept yet: it is about ${learned.kind}, so the person is asked below your answer. Say nothing of it.`,
      note: {
        text: memory.askKeep(learned.kind, text),
        actions: [
          runAction(memory.keep, "memory", `keep ${learned.id}`),
          runAction(memory.dontKeep, "memory", `drop ${learned.id}`),
        ],
      },
    };
  const [before] = learned.instead;
  const sentence = before ? memory.changed(text, before.text) : memory.remembered(text);
  const left = learned.left > 0 && where.place === "dm" ? ` ${memory.madeRoom(learned.left)}` : "";
  return {
    text: before ? "Remembered, in place of the old fact." : "Remembered.",
    note: {
      text: `${sentence}${left}`,
      actions: [runAction(memory.undo, "memory", `undo ${learned.id}`)],
    },
  };
}

/** The person can bring it back for a day. */
function createForgetTool(facts: Facts): Tool<{ number: number }> {
  return {
    name: "forget",
    description:
      "Drops a fact about the person: when they ask you to, or it no longer holds and nothing takes its place.",
    input: z.strictObject({ number: number.describe("As you were shown it.") }),
    speaksForItself: true,
    writes: true,
    status: (words) => words.memory.forgetting,
    async run({ number }, context) {
      const { person } = context;
      const fact = await numbered(facts, context, number);
      if (context.seesOthers && !isInWordsOf(context.words, fact.text)) throw new UserError(notTheirWish);
      context.signal.throwIfAborted();
      await facts.withdraw(person, fact.id);
      const { memory } = context.sentences;
      return {
        text: "Forgotten.",
        note: {
          text: memory.withdrawn(fact.text),
          actions: [runAction(memory.undo, "memory", `restore ${fact.id}`)],
        },
      };
    },
  };
}

/** One that stands in the prompt here: no number tells whether there is another. */
async function numbered(facts: Facts, { person, where }: ToolContext, wanted: number): Promise<Fact> {
  const found = usableFacts(await facts.list(person), where).find(({ number }) => number === wanted);
  if (!found) throw new UserError(notNumber);
  return found;
}
