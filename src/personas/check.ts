import { z } from "zod";
import { UserError } from "../errors.ts";
import { nearest } from "../text/nearest.ts";
import { type Problem, quote } from "../yaml/problem.ts";
import type { Path } from "../yaml/source.ts";
import type { YamlFile } from "../yaml/yaml-file.ts";
import { readPicture } from "./pictures.ts";
import { placeholderNames, unknownPlaceholders } from "./placeholders.ts";
import type { PersonaFile } from "./schema.ts";

/** What personas may refer to; a part left out is not checked. */
export interface KnownNames {
  readonly tools?: ReadonlySet<string>;
  /** Throws UserError for a name that is no model here. */
  readonly model?: (name: string) => unknown;
}

/** What the schema of a persona can't know: names, placeholders, regular expressions, and the pictures in its folder. */
export async function checkPersona(
  file: YamlFile<PersonaFile>,
  folder: string,
  known: KnownNames,
): Promise<Problem[]> {
  return [
    ...checkModels(file, known),
    ...checkTools(file, known),
    ...checkPlaceholders(file),
    ...checkTests(file),
    ...(await checkPictures(file, folder)),
  ];
}

function checkModels(file: YamlFile<PersonaFile>, known: KnownNames): Problem[] {
  return modelsIn(file.value).flatMap(({ path, name }) => {
    try {
      known.model?.(name);
      return [];
    } catch (error) {
      return [file.problem(path, { message: forPerson(error) })];
    }
  });
}

function modelsIn({
  model,
  council,
}: PersonaFile): readonly { readonly path: Path; readonly name: string }[] {
  const { members = [], chair } = typeof council === "object" ? council : {};
  return [
    ...(model === undefined ? [] : [{ path: ["model"], name: model }]),
    ...members.map((name, index) => ({ path: ["council", "members", index], name })),
    ...(chair === undefined ? [] : [{ path: ["council", "chair"], name: chair }]),
  ];
}

function checkTools(file: YamlFile<PersonaFile>, { tools }: KnownNames): Problem[] {
  if (!tools) return [];
  return file.value.tools.flatMap((name, index) => {
    if (tools.has(name)) return [];
    const near = nearest(name, tools);
    const hint = near ? `did you mean ${quote(near)}?` : `known here: ${[...tools].join(", ")}`;
    return [file.problem(["tools", index], { message: `there is no tool ${quote(name)}`, hint })];
  });
}

/** Only lower-case words and near misses: `{{c1::word}}` and `{{Front}}` mean something to Anki, not to us. */
function checkPlaceholders(file: YamlFile<PersonaFile>): Problem[] {
  return unknownPlaceholders(file.value.instructions).flatMap(({ written, name }) => {
    const near = nearest(name, placeholderNames);
    if (!near && !/^[a-z]+$/u.test(name)) return [];
    const known = placeholderNames.map((each) => `{{${each}}}`).join(", ");
    const hint = near ? `did you mean {{${near}}}?` : `known: ${known}`;
    return [
      file.problem(["instructions"], { message: `unknown placeholder ${written}`, hint, piece: written }),
    ];
  });
}

/** Patterns and schemas that only a running test would find wrong. */
function checkTests(file: YamlFile<PersonaFile>): Problem[] {
  return file.value.tests.flatMap(({ expect: { matches = "", lines = "", json } }, test) => {
    const check = (key: string, form: string, attempt: () => unknown): Problem[] => {
      try {
        attempt();
        return [];
      } catch (error) {
        const reason = error instanceof Error ? error.message.replace(/^.*\/[a-z]*: /su, "") : "";
        return [file.problem(["tests", test, "expect", key], { message: `this is no ${form}: ${reason}` })];
      }
    };
    return [
      ...check("matches", "regular expression", () => RegExp(matches, "us")),
      ...check("lines", "regular expression", () => RegExp(lines, "u")),
      ...check("json", "JSON Schema that can be checked", () => json && z.fromJSONSchema(json)),
    ];
  });
}

async function checkPictures(file: YamlFile<PersonaFile>, folder: string): Promise<Problem[]> {
  const { examples, tests } = file.value;
  const pictures: { readonly path: Path; readonly picture: string }[] = [
    ...examples.flatMap(({ image }, index) =>
      image ? [{ path: ["examples", index, "image"], picture: image }] : [],
    ),
    ...tests.flatMap(({ images }, test) =>
      images.map((picture, index) => ({ path: ["tests", test, "images", index], picture })),
    ),
  ];
  const checked = await Promise.all(
    pictures.map(async ({ path, picture }) => {
      try {
        await readPicture(folder, picture);
        return [];
      } catch (error) {
        return [file.problem(path, { message: forPerson(error) })];
      }
    }),
  );
  return checked.flat();
}

function forPerson(error: unknown): string {
  if (error instanceof UserError) return error.message;
  throw error;
}
