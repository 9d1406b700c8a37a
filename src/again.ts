import type { Other } from "./actions.ts";
import type { Inbound } from "./chat.ts";
import type { Core } from "./core.ts";
import { UserError } from "./errors.ts";
import { baseOf } from "./platform/inbound.ts";
import type { Asked } from "./serve-question.ts";
import type { StoredTurn } from "./store/store.ts";

/**
 * The question of a turn as it was read then, to be answered anew in the turn's place, by whoever is named or as before;
 * for the one who asked it. Throws UserError for a turn without a question.
 */
export function askAgain(
  inbound: Inbound,
  turn: StoredTurn,
  {
    signal,
    by,
    isAlone = false,
  }: {
    readonly signal: AbortSignal;
    readonly by?: Other | undefined;
    /** One model answers, where several would. */
    readonly isAlone?: boolean;
  },
): Asked {
  const [reread] = turn.messages;
  if (reread?.role !== "user") throw new UserError((words) => words.oldButton);
  const persona = by?.type === "persona" ? by.persona.id : turn.persona;
  // Who asks for a council's answer again has read what it costs, or has had one already.
  const council = by ? undefined : turn.council && ({ names: turn.council, isAgreed: true } as const);
  return {
    message: { ...baseOf(inbound), type: "message", text: "", attachments: [], persona },
    signal,
    replaces: turn,
    reread,
    ...(by?.type === "model" && { model: by.alias }),
    ...(isAlone ? { council: "none" } : council && { council }),
  };
}

/** Who is meant by an alias of a model, a persona's name or a `provider/model`. Throws UserError for nobody. */
export async function findOther({ models, personas }: Core, name: string): Promise<Other> {
  if (models.aliases().has(name)) return { type: "model", alias: name };
  const persona = personas.find(name);
  if (persona) return { type: "persona", persona };
  if (name.includes("/")) {
    await models.choose(name);
    return { type: "model", alias: name };
  }
  const all = [...models.aliases().keys(), ...personas.list().map(({ id }) => id)];
  throw new UserError((words) => words.branching.notOther(name, all));
}
