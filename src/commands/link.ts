import { runAction } from "../actions.ts";
import { hashCode, makeCode, personMark, readCode } from "../access/codes.ts";
import { oneName } from "../conversation/marks.ts";
import { UserError } from "../errors.ts";
import type { LinkedAccount } from "../memory/links.ts";
import type { Words } from "../words/words.ts";
import type { Command, CommandAnswer, CommandContext } from "./command.ts";

const codeLastsMinutes = 10;

/** Both accounts say that they are one person's: one is given a code, the other enters it, and the first confirms. */
export const linkCommand: Command = {
  name: "link",
  group: "person",
  isOffered: ({ place }) => place === "dm",
  usage: "[CODE | confirm]",
  summary: (words) => words.memory.linkSummary,
  async run(context) {
    const { inbound, argument, words } = context;
    if (inbound.place !== "dm") throw new UserError(words.memory.linkInPrivate);
    const [verb = "", other = ""] = argument.split(/\s+/u);
    if (verb === "") return offer(context);
    if (verb === "confirm") return askWhose(context);
    if (verb === "yes") return confirm(context, other);
    if (verb === "no") {
      await context.core.store.links.refuse(inbound.author.id);
      return words.memory.linkRefused;
    }
    return enter(context);
  },
};

async function offer({
  core,
  inbound: { author },
  words: { memory },
}: CommandContext): Promise<CommandAnswer> {
  const code = makeCode(3);
  const expiresAt = Date.now() + codeLastsMinutes * 60_000;
  await core.store.links.offer(author, { hash: hashCode(code), expiresAt });
  const accounts = await core.store.links.accounts(author.id);
  const linked = accounts.length > 0 ? [listOf(accounts, memory), ""] : [];
  return {
    text: [...linked, memory.linkCode(code, codeLastsMinutes)].join("\n"),
    actions: [runAction(memory.confirm, "link", "confirm")],
  };
}

async function enter({ core, inbound: { author }, argument, words }: CommandContext): Promise<string> {
  const { memory } = words;
  const hash = hashCode(readCode(argument));
  const claimed = await core.store.links.claim({ id: author.id, name: author.name }, hash, Date.now());
  if (claimed === "claimed") return memory.linkClaimed;
  if (claimed === "linked") throw new UserError(memory.linkAlready);
  throw new UserError(claimed === "too-many-tries" ? memory.linkTries : memory.linkUnknown);
}

/** Whoever got hold of the code is shown, before they get hold of anything else. */
async function askWhose({
  core,
  inbound: { author },
  words: { memory },
}: CommandContext): Promise<CommandAnswer> {
  const other = await core.store.links.claimedFrom(author.id, Date.now());
  if (!other) return { text: memory.linkNotYet, actions: [runAction(memory.confirm, "link", "confirm")] };
  return {
    text: memory.linkWhose(nameOf(other), platformOf(other)),
    actions: [
      runAction(memory.link, "link", `yes ${personMark(other.id)}`),
      runAction(memory.dontLink, "link", "no"),
    ],
  };
}

async function confirm({ core, inbound: { author }, words }: CommandContext, mark: string): Promise<string> {
  const { memory } = words;
  const { links } = core.store;
  const other = await links.claimedFrom(author.id, Date.now());
  // What was asked about one account is not the answer about another.
  if (!other || personMark(other.id) !== mark || !(await links.confirm(author.id, other.id, Date.now())))
    throw new UserError(memory.linkNotYet);
  return memory.linked(nameOf(other), platformOf(other));
}

export const unlinkCommand: Command = {
  name: "unlink",
  group: "person",
  isOffered: ({ place }) => place === "dm",
  usage: "",
  summary: (words) => words.memory.unlinkSummary,
  isRepeatable: true,
  async run({ core, inbound: { author }, words: { memory } }) {
    return (await core.store.links.leave(author.id)) ? memory.unlinked : memory.notLinked;
  },
};

/** Accounts in words. */
export const listOf = (accounts: readonly LinkedAccount[], { linkList, account }: Words["memory"]): string =>
  linkList(accounts.map((each) => account(each.name === "" ? "" : nameOf(each), platformOf(each))));

const nameOf = ({ name }: LinkedAccount): string => oneName(name);

/** The platform's name, which its ids begin with. */
function platformOf({ id }: LinkedAccount): string {
  const [platform = ""] = id.split(":", 1);
  return `${platform.charAt(0).toUpperCase()}${platform.slice(1)}`;
}
