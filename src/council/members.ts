import type { InboundMessage } from "../chat.ts";
import type { Binding } from "../conversation/conversation.ts";
import type { Core, ModelChoice } from "../core.ts";
import { UserError } from "../errors.ts";
import type { Persona } from "../personas/schema.ts";

/** Who is to answer. */
export interface Wish {
  /** As the person named them; none: whoever the persona or the configuration says. */
  readonly names: readonly string[];
  /** The person knows that it costs something. */
  readonly isAgreed?: boolean;
}

/** The models of one council, each without those that would stand in for it: two of them could turn out to be one. */
export interface Convened {
  readonly members: readonly ModelChoice[];
  /** Configured, but not to be had here. */
  readonly absent: readonly { readonly name: string; readonly error: UserError }[];
  readonly chair: ModelChoice;
  readonly askAboveUsd: number;
}

const mostNamed = 8;
/** Of those that nobody chose for it. */
const mostByDefault = 4;

/** Throws UserError where they are too few, too many, or a named one is none. */
export async function convene(
  core: Core,
  { names, persona, bound }: Pick<Wish, "names"> & { persona: Persona; bound: Pick<Binding, "model"> },
): Promise<Convened> {
  const { council } = core.settings;
  const own = typeof persona.council === "object" ? persona.council : {};
  const { members, absent } =
    names.length > 0
      ? { members: await Promise.all(names.map((name) => chooseAlone(core, name))), absent: [] }
      : await chooseUsual(core, own.members ?? council.members);
  const byName = new Map(members.map((model) => [model.name, model]));
  if (byName.size > mostNamed) throw new UserError((words) => words.council.tooMany(mostNamed));
  const [first, second] = byName.values();
  if (!first || !second) throw new UserError((words) => words.council.tooFew([...byName.keys()]));
  const wanted = own.chair ?? council.chair ?? bound.model ?? persona.model ?? "smart";
  const chair = await chooseAlone(core, wanted).catch(unlessForPerson);
  const askAboveUsd = own.askAboveUsd ?? council.askAboveUsd;
  return {
    members: [...byName.values()],
    absent,
    chair: chair instanceof UserError ? first : chair,
    askAboveUsd,
  };
}

/** Those that are configured, as far as they can be had; else the different models of the aliases. */
async function chooseUsual(
  core: Core,
  configured: readonly string[] | undefined,
): Promise<Pick<Convened, "members" | "absent">> {
  const names = configured ?? [...new Set(core.models.aliases().values())].slice(0, mostByDefault);
  const members: ModelChoice[] = [];
  const absent: Convened["absent"][number][] = [];
  for (const name of names) {
    const model = await chooseAlone(core, name).catch(unlessForPerson);
    if (model instanceof UserError) absent.push({ name, error: model });
    else members.push(model);
  }
  return { members, absent };
}

/** What is for the person, to be told later or not at all; throws anything else. */
export function unlessForPerson(error: unknown): UserError {
  if (error instanceof UserError) return error;
  throw error;
}

/** An alias brings its stand-ins along, the name of its model does not. */
async function chooseAlone({ models }: Core, name: string): Promise<ModelChoice> {
  const { name: model } = await models.choose(name);
  return models.choose(model);
}

const named =
  /^\s*(?<names>[^\s,，、]+(?:\s*[,，、]\s*[^\s,，、]+)*)\s*(?::\s|：)\s*(?<question>\S[\s\S]*)$/u;

/** `fast, smart: why?` to a council: names in front of a question, where at least one of them is a model's. */
export function namesIn(
  { text, council }: Pick<InboundMessage, "text" | "council">,
  aliases: ReadonlyMap<string, string>,
): { readonly names: readonly string[]; readonly text: string } {
  const found = council ? named.exec(text)?.groups : undefined;
  const { names: list = "", question = "" } = found ?? {};
  const names = list.split(/[,，、]/u).map((name) => name.trim());
  const isModel = (name: string): boolean =>
    aliases.has(name.toLowerCase()) || /^[a-z0-9][a-z0-9_-]*\/\S+$/u.test(name);
  return names.some(isModel) ? { names, text: question } : { names: [], text };
}
