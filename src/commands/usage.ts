import { runAction } from "../actions.ts";
import type { OutgoingFile } from "../chat.ts";
import { UserError } from "../errors.ts";
import type { BoundUse, UsageKey, UsageSum } from "../limits/ledger.ts";
import { dayOf, startOf } from "../limits/period.ts";
import { accountsCsv, sumsCsv } from "../usage/csv.ts";
import { chartSince, drawUsage } from "../usage/picture.ts";
import { totalOf, totalsBy } from "../usage/totals.ts";
import type { Words } from "../words/words.ts";
import type { Command, CommandAnswer, CommandContext } from "./command.ts";

/** More lines than these nobody reads; the table has all. */
const mostLines = 8;

export const usageCommand: Command = {
  name: "usage",
  group: "person",
  example: "/usage csv",
  isOffered: ({ place }) => place === "dm",
  usage: "[csv]",
  summary: ({ usage }) => usage.summary,
  isRepeatable: true,
  sendsFiles: true,
  async run(context) {
    const { argument, core, inbound, words } = context;
    const { author, place } = inbound;
    // What a person uses is nobody else's business, and what everyone uses the admins' alone.
    if (place !== "dm") throw new UserError(words.usage.inPrivate);
    const wanted = argument.toLowerCase().replaceAll(/\s+/gu, " ");
    if (wanted === "") return own(context);
    if (wanted === "csv") {
      const accounts = await core.store.people.accounts(author.id);
      return withFile(context, words.usage.csv(accounts.length), accountsCsv(accounts));
    }
    if (wanted !== "all" && wanted !== "all csv") throw new UserError(words.usage.how);
    if (!(await core.access.isAdmin(author))) throw new UserError(words.access.notYours);
    return wanted === "all" ? everyones(context) : everyonesCsv(context);
  },
};

async function own({ core, inbound, adapter, words }: CommandContext): Promise<CommandAnswer> {
  const now = Date.now();
  const month = startOf("month", now);
  const sums = await core.store.ledger.usage({
    person: inbound.author.id,
    since: Math.min(month, chartSince(now)),
    by: ["day", "model", "persona"],
  });
  const ofMonth = sums.filter(({ of }) => Number(of.day) >= dayOf(month));
  const today = ofMonth.filter(({ of }) => of.day === dayOf(now));
  const budgets = await core.limits.budgets({ person: inbound.author.id });
  const { usage } = words;
  const text =
    ofMonth.length === 0
      ? [usage.nothing]
      : [
          usage.today(totalOf(today)),
          usage.thisMonth(totalOf(ofMonth)),
          ...section(usage.by.model, lines(ofMonth, "model", words)),
          ...section(usage.by.persona, lines(ofMonth, "persona", words)),
        ];
  const picture = adapter.upload && (await drawUsage(sums, now));
  return {
    text: [...text, ...section(usage.budget, budgets.map(usage.left)), "", usage.clock].join("\n"),
    ...(picture && { files: [picture] }),
    actions: [runAction(usage.asCsv, "usage", "csv")],
  };
}

async function everyones(context: CommandContext): Promise<CommandAnswer> {
  const { core, adapter, words } = context;
  const { usage } = words;
  const now = Date.now();
  const since = chartSince(now);
  const sumsBy = (...by: UsageKey[]): Promise<readonly UsageSum[]> => core.store.ledger.usage({ since, by });
  const [byDay, byChannel, byPerson, byPersona] = await Promise.all([
    sumsBy("day", "model"),
    sumsBy("channel"),
    sumsBy("person"),
    sumsBy("persona"),
  ]);
  if (byDay.length === 0) return { text: usage.nothingAtAll };
  const names = await knownNames(context);
  const picture = adapter.upload && (await drawUsage(byDay, now));
  const budgets: readonly BoundUse[] = await core.limits.budgets("all");
  const today = byDay.filter(({ of }) => of.day === dayOf(now));
  return {
    text: [
      usage.today(totalOf(today)),
      usage.thirtyDays(totalOf(byDay)),
      ...section(usage.by.model, lines(byDay, "model", words)),
      ...section(usage.by.channel, lines(byChannel, "channel", words, names)),
      ...section(usage.by.person, lines(byPerson, "person", words, names)),
      ...section(usage.by.persona, lines(byPersona, "persona", words)),
      ...section(usage.budgetOfAll, budgets.map(usage.left)),
      "",
      usage.clock,
    ].join("\n"),
    ...(picture && { files: [picture] }),
    actions: [runAction(usage.asCsv, "usage", "all csv")],
  };
}

async function everyonesCsv(context: CommandContext): Promise<CommandAnswer> {
  const keys = ["day", "channel", "person", "persona", "model"] as const;
  const sums = await context.core.store.ledger.usage({ since: chartSince(Date.now()), by: keys });
  return withFile(context, context.words.usage.csvOfAll(sums.length), sumsCsv(sums, keys));
}

/** Where no file can be sent, it stands in the answer. */
function withFile({ adapter }: CommandContext, text: string, file: OutgoingFile): CommandAnswer {
  if (adapter.upload) return { text, files: [file] };
  return { text: `${text}\n\n\`\`\`csv\n${Buffer.from(file.data).toString("utf8")}\`\`\`` };
}

/** Those who were let in have told their names; others are known by their ids. */
async function knownNames({ core, inbound }: CommandContext): Promise<ReadonlyMap<string, string>> {
  const { granted } = await core.access.list();
  const named = granted.filter(({ name }) => name !== "").map(({ place, name }) => [place, name] as const);
  return new Map([...named, [inbound.author.id, inbound.author.name]]);
}

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ["", `**${title}**`, ...lines];

function lines(
  sums: readonly UsageSum[],
  key: UsageKey,
  { usage }: Words,
  names: ReadonlyMap<string, string> = new Map(),
): readonly string[] {
  const all = totalsBy(sums, key);
  const nameOf = (id: string): string => {
    if (id === "") return key === "channel" ? usage.directMessages : usage.nobody;
    const name = names.get(id);
    return name === undefined ? `\`${id}\`` : `${name} (\`${id}\`)`;
  };
  const rest = sums.filter(({ of }) => all.slice(mostLines).some(({ name }) => name === String(of[key])));
  return [
    ...all.slice(0, mostLines).map(({ name, total }) => usage.line(nameOf(name), total)),
    ...(rest.length > 0 ? [usage.more(all.length - mostLines, totalOf(rest))] : []),
  ];
}
