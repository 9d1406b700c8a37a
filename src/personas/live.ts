import type { Personas } from "../core.ts";
import { UserError } from "../errors.ts";
import { nearest } from "../text/nearest.ts";
import type { LoadedPersonas } from "./load.ts";
import type { Persona } from "./schema.ts";

/** The personas as they are now, and how to replace them when a file is saved. */
export interface LivePersonas extends Personas {
  replace(loaded: LoadedPersonas): void;
}

export function createPersonas(loaded: LoadedPersonas, defaultId: string): LivePersonas {
  let { personas } = loaded;
  let byName = namesOf(personas);
  let fallback = personas.get(defaultId);
  return {
    find: (name) => byName.get(name.trim().toLowerCase()),
    list: () => [...personas.values()],
    fallback() {
      if (fallback) return fallback;
      const near = nearest(defaultId, personas.keys());
      throw new UserError(
        `The default persona "${defaultId}" can't be used: it is missing or has a problem (parlance check tells).${
          near ? ` Did you mean "${near}"?` : ""
        }`,
      );
    },
    replace(next) {
      personas = next.personas;
      byName = namesOf(personas);
      // A default that was deleted under a running bot goes on answering until the next start.
      fallback = personas.get(defaultId) ?? fallback;
    },
  };
}

/** Ids go before aliases, aliases before display names. */
function namesOf(personas: ReadonlyMap<string, Persona>): ReadonlyMap<string, Persona> {
  const all = [...personas.values()];
  const names = (of: (persona: Persona) => readonly string[]): [string, Persona][] =>
    all.flatMap((persona) => of(persona).map((name): [string, Persona] => [name.toLowerCase(), persona]));
  return new Map([
    ...names(({ name }) => [name]),
    ...names(({ aliases }) => aliases),
    ...names(({ id }) => [id]),
  ]);
}
