import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Problem, quote, shownPath, sortProblems } from "../yaml/problem.ts";
import { parseYamlFile, type Rejected, type YamlFile } from "../yaml/yaml-file.ts";
import { checkPersona, type KnownNames } from "./check.ts";
import { type Persona, type PersonaFile, personaSchema } from "./schema.ts";

/** What a folder of personas holds. */
export interface LoadedPersonas {
  /** By id, in the order of the ids. */
  readonly personas: ReadonlyMap<string, Persona>;
  /** Of the files left out, in the order of their names and lines. */
  readonly problems: readonly Problem[];
}

interface Loaded {
  readonly persona: Persona;
  readonly file: YamlFile<PersonaFile>;
}

const ending = /\.ya?ml$/iu;

/** Reads every persona of a folder. A file with a problem is left out and stops no other; a folder that can't be read is a problem too. */
export async function loadPersonas(folder: string, known: KnownNames = {}): Promise<LoadedPersonas> {
  let names: string[];
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    names = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
  } catch (error) {
    return { personas: new Map(), problems: [missingFolder(folder, error)] };
  }
  const files = names.filter((name) => ending.test(name) && !name.startsWith(".")).toSorted();
  const results = await Promise.all(files.map((name) => loadFile(folder, name, known)));
  const rejected = results.flatMap((result) => ("problems" in result ? [result.problems] : []));
  const loaded = results.flatMap((result) => ("problems" in result ? [] : [result]));
  const clashes = findClashes(loaded);
  const kept = loaded.filter(({ persona }) => !clashes.has(persona.id));
  return {
    personas: new Map(kept.map(({ persona }) => [persona.id, persona])),
    problems: [...rejected, ...clashes.values()]
      .flatMap(sortProblems)
      .toSorted((a, b) => compare(a.file, b.file)),
  };
}

async function loadFile(folder: string, name: string, known: KnownNames): Promise<Loaded | Rejected> {
  const shown = shownPath(join(folder, name));
  const id = name.replace(ending, "");
  if (!/^[a-z0-9-]+\.yaml$/u.test(name)) {
    const better =
      id
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/gu, "-")
        .replaceAll(/^-|-$/gu, "") || "my-persona";
    const message = "a persona's file is named with lower-case letters, digits and -, and ends in .yaml";
    return { problems: [{ file: shown, message, hint: `rename it ${better}.yaml` }] };
  }
  let content: Buffer;
  try {
    content = await readFile(join(folder, name));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { problems: [{ file: shown, message: `this file can't be read: ${reason}` }] };
  }
  const file = parseYamlFile(content, shown, personaSchema);
  if ("problems" in file) return file;
  const problems = await checkPersona(file, folder, known);
  return problems.length > 0 ? { problems } : { persona: { ...file.value, id, file: shown, folder }, file };
}

/** Each name leads to one persona, whatever the case: ids go before aliases, earlier files before later ones. By id. */
function findClashes(loaded: readonly Loaded[]): Map<string, Problem[]> {
  const owners = new Map(loaded.map(({ persona }) => [persona.id, persona]));
  const clashes = new Map<string, Problem[]>();
  for (const { persona, file } of loaded) {
    for (const [index, alias] of persona.aliases.entries()) {
      const owner = owners.get(alias.toLowerCase()) ?? persona;
      owners.set(alias.toLowerCase(), owner);
      if (owner === persona) continue;
      const message = `${owner.file} answers to ${quote(alias)} already`;
      const problem = file.problem(["aliases", index], { message, hint: "choose another alias" });
      clashes.set(persona.id, [...(clashes.get(persona.id) ?? []), problem]);
    }
  }
  return clashes;
}

function missingFolder(folder: string, error: unknown): Problem {
  const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
  return {
    file: shownPath(folder),
    message: missing ? "there is no such folder of personas" : "this folder of personas can't be read",
    hint: "make it, or set PARLANCE_PERSONAS (personas: in parlance.yaml) to the right one",
  };
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
