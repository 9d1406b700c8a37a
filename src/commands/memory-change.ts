import { personMark } from "../access/codes.ts";
import { runAction } from "../actions.ts";
import type { Action } from "../chat.ts";
import { UserError } from "../errors.ts";
import { audienceOf } from "../memory/audience.ts";
import { type Fact, usableFacts } from "../memory/facts.ts";
import { learn } from "../memory/learn.ts";
import type { Words } from "../words/words.ts";
import type { CommandAnswer, CommandContext } from "./command.ts";
import { findNumbered } from "./numbered.ts";

/** The longest fact, in letters. */
const mostLetters = 300;

/** Keeps what its person writes themselves: they need not be asked whether they mean it. */
export async function add(context: CommandContext, text: string): Promise<CommandAnswer> {
  return keepOwn(context, text);
}

/** Another wording or another fact in the place of one; where it may be used stays. */
export async function edit(context: CommandContext, rest: string): Promise<CommandAnswer> {
  const [, which = "", text = ""] = /^(\S+)\s+([\s\S]+)$/u.exec(rest) ?? [];
  if (text === "") throw new UserError((words) => words.memory.usage);
  return keepOwn(context, text, await find(context, which));
}

async function keepOwn(context: CommandContext, text: string, replaces?: Fact): Promise<CommandAnswer> {
  const { core, inbound, words } = context;
  const { memory } = words;
  const { facts } = core.store;
  const { author, channelName } = inbound;
  if (text === "") throw new UserError(memory.usage);
  if (text.length > mostLetters) throw new UserError(memory.tooLong(mostLetters));
  if (await facts.isPaused(author.id)) throw new UserError(memory.isPaused);
  const learned = await learn(facts, author.id, {
    text,
    persona: "",
    where: inbound,
    audience: replaces ? replaces.audience : audienceOf(inbound),
    origin: { placeName: channelName },
    ...(replaces && { replaces }),
  });
  if (learned.type !== "kept") return { text: memory.alreadyKnown };
  if (replaces?.isShared) await facts.share(author.id, learned.id, true);
  const [before] = learned.instead;
  const said = before ? memory.changed(text, before.text) : memory.remembered(text);
  const left = learned.left > 0 && inbound.place === "dm" ? ` ${memory.madeRoom(learned.left)}` : "";
  return { text: `${said}${left}`, actions: [undoAction(words, learned.id)] };
}

/** For good: there is no way back from it. */
export async function forget(context: CommandContext, rest: string): Promise<string | CommandAnswer> {
  const { core, inbound, words } = context;
  const { memory } = words;
  const { author } = inbound;
  const { facts } = core.store;
  const which = rest.toLowerCase().replaceAll(/\s+/gu, " ");
  if (which === "all") {
    const kept = await facts.list(author.id);
    if (kept.length === 0) return memory.nothing;
    return {
      text: memory.sureAll(kept.length),
      actions: [runAction(memory.forgetAll, "memory", `forget all yes ${personMark(author.id)}`)],
    };
  }
  const sure = /^all yes(?: (?<by>\w+))?$/u.exec(which)?.groups;
  if (sure) {
    // The button of another would delete what is known of who presses it.
    const { by = personMark(author.id) } = sure;
    if (by !== personMark(author.id)) throw new UserError((words) => words.notYourButton);
    const [kept, all] = [await facts.list(author.id), await facts.history(author.id)];
    await remove(context, all);
    return memory.forgottenAll(kept.length);
  }
  const fact = await find(context, which);
  await remove(context, [fact]);
  const isTold = usableFacts([fact], inbound).length > 0;
  return isTold ? memory.forgotten(fact.text) : memory.forgottenSilently;
}

async function remove({ core, inbound: { author } }: CommandContext, facts: readonly Fact[]): Promise<void> {
  await core.store.facts.remove(
    author.id,
    facts.map(({ id }) => id),
  );
}

export const share = (context: CommandContext, which: string): Promise<string> =>
  setShared(context, which, true);

export const unshare = (context: CommandContext, which: string): Promise<string> =>
  setShared(context, which, false);

async function setShared(context: CommandContext, which: string, isShared: boolean): Promise<string> {
  const { core, inbound, words } = context;
  const fact = await find(context, which);
  // Its text is in the answer.
  if (!isShared && usableFacts([fact], inbound).length === 0) throw new UserError(words.memory.notInChannel);
  await core.store.facts.share(inbound.author.id, fact.id, isShared);
  return isShared ? words.memory.nowShared(fact.text) : words.memory.nowUnshared(fact.text);
}

export async function pause({ core, inbound, words }: CommandContext): Promise<CommandAnswer> {
  await core.store.facts.pause(inbound.author.id, true);
  return { text: words.memory.nowPaused, actions: [runAction(words.memory.resume, "memory", "resume")] };
}

export async function resume({ core, inbound, words }: CommandContext): Promise<string> {
  await core.store.facts.pause(inbound.author.id, false);
  return words.memory.nowResumed;
}

/** Takes back the fact with this id, or the last that came or went. */
export async function undo(context: CommandContext, id: string): Promise<string> {
  const { core, inbound, words } = context;
  const { memory } = words;
  const all = await core.store.facts.history(inbound.author.id);
  const within = usableFacts(all, inbound);
  const last = within
    .filter(({ state }) => state === "kept" || state === "removed")
    .toSorted((one, other) => changeOf(one) - changeOf(other))
    .at(-1);
  const fact = id === "" ? last : all.find((each) => each.id === id);
  if (!fact) return memory.nothingToUndo;
  if (fact.state === "removed" && id === "") return restore(context, fact.id);
  if (!(await core.store.facts.undo(inbound.author.id, fact.id))) return memory.nothingToUndo;
  const before = within.find(({ replacedBy }) => replacedBy === fact.id);
  return before ? memory.undoneTo(before.text) : memory.undone(fact.text);
}

const changeOf = ({ changedAt, at }: Fact): number => (changedAt ?? at).getTime();

/** Brings back what a model took out of use. */
export async function restore(
  { core, inbound, words: { memory } }: CommandContext,
  id: string,
): Promise<string> {
  const { facts } = core.store;
  if (!(await facts.restore(inbound.author.id, id))) return memory.nothingToUndo;
  const fact = (await facts.list(inbound.author.id)).find((each) => each.id === id);
  return fact ? memory.undoneTo(fact.text) : memory.nothingToUndo;
}

/** The person's word on a fact that waits for it. */
export async function decide(
  { core, inbound, words }: CommandContext,
  { id, isKept }: { readonly id: string; readonly isKept: boolean },
): Promise<string | CommandAnswer> {
  const { memory } = words;
  const { facts } = core.store;
  const all = await facts.history(inbound.author.id);
  const fact = all.find((each) => each.id === id);
  if (fact?.state === "kept" && isKept) return memory.kept(fact.text);
  if (fact?.state !== "asked") return memory.notWaiting;
  if (isKept) {
    await facts.keep(inbound.author.id, id);
    return { text: memory.kept(fact.text), actions: [undoAction(words, id)] };
  }
  await facts.undo(inbound.author.id, id);
  return memory.dropped;
}

async function find({ core, inbound }: CommandContext, which: string): Promise<Fact> {
  const facts = await core.store.facts.list(inbound.author.id);
  return findNumbered(facts, which, (words) => words.memory.noNumber(which));
}

const undoAction = ({ memory }: Words, id: string): Action => runAction(memory.undo, "memory", `undo ${id}`);
