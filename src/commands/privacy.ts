import type { Kept } from "../privacy/people.ts";
import type { Words } from "../words/words.ts";
import type { Command } from "./command.ts";
import { listOf } from "./link.ts";

export const privacyCommand: Command = {
  name: "privacy",
  group: "person",
  usage: "",
  summary: (words) => words.privacy.summary,
  isRepeatable: true,
  async run({ core: { store, settings, search }, inbound: { author, place }, words }) {
    const { privacy } = words;
    const accounts = place === "dm" ? await store.links.accounts(author.id) : [];
    // Others read along in a channel.
    const about =
      place === "dm" ? whatIsKept(await store.people.count(author.id), privacy) : [privacy.keptInGeneral];
    const { days, factDays } = settings.retention;
    return [
      ...about,
      ...(accounts.length > 0 ? ["", listOf(accounts, words.memory)] : []),
      "",
      privacy.where(settings.vendors),
      ...(search.names.length > 0 ? [privacy.searched(search.names)] : []),
      privacy.used,
      privacy.howLong(days, factDays),
      privacy.yours,
      privacy.stays,
    ].join("\n");
  },
};

function whatIsKept(
  { questions, pictures, files, facts, instructions, accounts, since }: Kept,
  privacy: Words["privacy"],
): readonly string[] {
  if (!since) return [privacy.keptNothing];
  const list = [
    privacy.questions(questions, pictures),
    ...(files > 0 ? [privacy.files(files)] : []),
    privacy.facts(facts),
    ...(instructions > 0 ? [privacy.instructions(instructions)] : []),
    privacy.accounts(accounts),
    privacy.choices,
    privacy.summaries,
  ];
  return [privacy.kept(since), ...list.map((each) => `- ${each}`)];
}
