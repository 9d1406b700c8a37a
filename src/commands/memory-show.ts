import { runAction } from "../actions.ts";
import { oneName } from "../conversation/marks.ts";
import { UserError } from "../errors.ts";
import { type Fact, mostFacts, usableFacts } from "../memory/facts.ts";
import { encodeMemory } from "../memory/export.ts";
import type { CommandAnswer, CommandContext } from "./command.ts";
import { numbered } from "./numbered.ts";

/** How many facts one answer shows. */
const pageSize = 25;
/** How far back the last answer to a person is looked for, among several. */
const mostTurns = 50;

/** What is remembered. Others read along in a channel: what is for direct messages alone is counted there, not shown. */
export async function list(context: CommandContext, rest: string): Promise<CommandAnswer> {
  const { core, inbound, words } = context;
  const { memory } = words;
  const { facts: store } = core.store;
  const [facts, isPaused] = [await store.list(inbound.author.id), await store.isPaused(inbound.author.id)];
  const shown = usableFacts(facts, inbound);
  const pages = Math.max(1, Math.ceil(shown.length / pageSize));
  const page = Math.min(pages, Math.max(1, Number(rest) || 1));
  const from = (page - 1) * pageSize;
  const lines = [
    ...(isPaused ? [memory.paused, ""] : []),
    ...(facts.length === 0 ? [memory.nothing] : [memory.title(facts.length, mostFacts), ""]),
    ...shown.slice(from, from + pageSize).map((fact) => line(context, fact)),
    ...(facts.length > shown.length ? ["", memory.hidden(facts.length - shown.length)] : []),
    ...(pages > 1 ? ["", memory.page(page, pages)] : []),
    ...(facts.length > 0 ? ["", memory.howTo, memory.rule(mostFacts)] : []),
  ];
  return {
    text: lines.join("\n"),
    actions: [
      ...(page < pages ? [runAction(memory.more, "memory", `list ${page + 1}`)] : []),
      ...(isPaused ? [runAction(memory.resume, "memory", "resume")] : []),
      ...(facts.length > 0 && !isPaused ? [runAction(memory.pause, "memory", "pause")] : []),
    ],
  };
}

/** A fact with where it comes from. */
function line({ core, words, inbound }: CommandContext, fact: Fact): string {
  const { memory } = words;
  const { number, text, place, placeName, link, isShared } = fact;
  const name = place === "dm" ? memory.inPrivate : oneName(placeName);
  const linked = link === undefined ? name : `[${name}](${link})`;
  const persona = fact.persona === "" ? "" : (core.personas.find(fact.persona)?.name ?? fact.persona);
  const origin = memory.learned(fact.at, linked, persona);
  const mark = isShared && inbound.place === "dm" ? ` · ${memory.shared}` : "";
  return `${numbered(number)} ${text} *(${origin}${mark})*`;
}

/** What was known before, and what a model took out of use. */
export async function history({ core, inbound, words: { memory } }: CommandContext): Promise<string> {
  requirePrivate(inbound);
  const all = await core.store.facts.history(inbound.author.id);
  const lines = all.flatMap((fact) => {
    const at = fact.changedAt ?? fact.at;
    if (fact.state === "removed") return [`- ${memory.removed(fact.text, at)}`];
    if (fact.state === "asked") return [`- ${memory.waiting(fact.text)}`];
    const now = fact.state === "past" && all.find(({ id }) => id === fact.replacedBy);
    return now ? [`- ${memory.replacedBy(fact.text, now.text, at)}`] : [];
  });
  if (lines.length === 0) return memory.noHistory;
  return [memory.historyTitle, "", ...lines, "", memory.historyNote].join("\n");
}

/** Which facts the prompt of the last answer held: it is stored with the turn. */
export async function why({ core, conversation, inbound, words }: CommandContext): Promise<string> {
  const { memory } = words;
  const { store } = core;
  const turns = await store.turns.list(conversation.key, { limit: mostTurns });
  const last = turns.findLast(({ person }) => person === inbound.author.id);
  if (!last) return memory.whyNoAnswer;
  const { facts: used = [] } = last;
  if (used.length === 0) return memory.whyNone;
  const usable = usableFacts(await store.facts.list(inbound.author.id), inbound);
  const known = usable.filter(({ id }) => used.includes(id));
  const gone = used.length - known.length;
  return [
    memory.whyTitle,
    "",
    ...known.map(({ number, text }) => `${numbered(number)} ${text}`),
    ...(gone > 0 ? ["", memory.whyGone(gone)] : []),
  ].join("\n");
}

/** All of it as a file. */
export async function exportMemory({
  core: { store },
  adapter,
  inbound,
  words,
}: CommandContext): Promise<CommandAnswer> {
  requirePrivate(inbound);
  const { author } = inbound;
  const [facts, instructions] = [
    await store.facts.history(author.id),
    await store.instructions.list(author.id),
  ];
  const kept = facts.filter(({ state }) => state === "kept").length;
  const text = words.memory.exported(kept, instructions.length);
  const json = encodeMemory(facts, instructions);
  if (!adapter.upload) return { text: `${text}\n\n\`\`\`json\n${json}\n\`\`\`` };
  return { text, files: [{ name: "memory.json", mimeType: "application/json", data: Buffer.from(json) }] };
}

function requirePrivate({ place }: CommandContext["inbound"]): void {
  if (place !== "dm") throw new UserError((words) => words.memory.notInChannel);
}
