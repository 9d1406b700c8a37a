/** Writes the JSON Schema files and the tables of the docs from the schemas; with `--check`, names what is out of date. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { format } from "oxfmt";
import { z } from "zod";
import { configSchema } from "../src/config-schema.ts";
import { personaSchema } from "../src/personas/schema.ts";
import { presets } from "../src/providers/presets.ts";

type Json = z.core.JSONSchema.BaseSchema;

const root = new URL("../", import.meta.url);

/** Between `<!-- generated:name -->` and `<!-- /generated -->`, in the README and any page of docs/. */
const tables: Readonly<Record<string, () => string>> = {
  settings: () => fieldTable(jsonSchema(configSchema)),
  "persona-fields": () => fieldTable(jsonSchema(personaSchema)),
  providers: () =>
    table(
      ["id", "key", "`fast`", "`smart`", "`thinking`"],
      Object.entries(presets).map(([id, { keyNames, models }]) => [
        code(id),
        keyNames.map((name) => code(name)).join(" or ") || "none needed",
        code(models?.fast),
        code(models?.smart),
        code(models?.thinking),
      ]),
    ),
};

const schemas = { "personas/persona.schema.json": personaSchema, "parlance.schema.json": configSchema };

function jsonSchema(schema: z.ZodType): Json {
  return z.toJSONSchema(schema, {
    io: "input",
    override: ({ jsonSchema }) => {
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
}

interface Field {
  readonly path: string;
  readonly schema: Json;
  readonly required: boolean;
}

function fieldTable(schema: Json): string {
  const rows = Array.from(fieldsOf("", schema), ({ path, schema, required }) => [
    code(path),
    words(schema),
    required ? "required" : defaultOf(schema),
    schema.description ?? "",
  ]);
  return table(["key", "value", "default", "what it is"], rows);
}

/** Groups are not rows of their own: their fields are. */
function* fieldsOf(prefix: string, schema: Json): Generator<Field> {
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    if (!isObject(property)) continue;
    const path = `${prefix}${name}`;
    const required = schema.required?.includes(name) ?? false;
    if (!property.properties) yield { path, schema: property, required };
    yield* innerFields(path, property);
  }
}

function* innerFields(path: string, schema: Json): Generator<Field> {
  if (schema.properties) yield* fieldsOf(`${path}.`, schema);
  if (isObject(schema.items)) yield* innerFields(`${path}[]`, schema.items);
  if (!isObject(schema.additionalProperties)) return;
  const value = schema.additionalProperties;
  const name = path === "models" ? "alias" : path.endsWith("models") ? "model" : "id";
  const inner = `${path}.<${name}>`;
  if (value.anyOf) yield { path: inner, schema: value, required: false };
  for (const option of [value, ...(value.anyOf ?? [])]) yield* innerFields(inner, option);
}

function isObject(schema: unknown): schema is Json {
  return typeof schema === "object" && schema !== null && !Array.isArray(schema);
}

function words(schema: Json): string {
  if (schema.enum) return schema.enum.map((value) => code(String(value))).join(", ");
  if (schema.anyOf) return schema.anyOf.map((option) => words(option)).join(" or ");
  if (schema.type === "array") {
    const items = isObject(schema.items) ? words(schema.items) : "anything";
    return `list of ${items === "mapping" ? "mappings" : items}`;
  }
  const names: Record<string, string> = {
    string: schema.format === "uri" ? "address" : "text",
    integer: "whole number",
    number: "number",
    boolean: "`true`, `false`",
    object: "mapping",
  };
  return names[String(schema.type)] ?? "anything";
}

function defaultOf({ default: value }: Json): string {
  if (Array.isArray(value)) return code(value.join(", "));
  return typeof value === "string" || typeof value === "number" ? code(String(value)) : "";
}

function code(text = ""): string {
  return text && `\`${text}\``;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => "---"), ...rows];
  return lines
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`)
    .join("\n");
}

function withTables(page: string, file: string): string {
  return page.replaceAll(
    /(<!-- generated:([\w-]+) -->\n)[\s\S]*?(<!-- \/generated -->)/gu,
    (_, start: string, name: string, end: string) => {
      const make = tables[name];
      if (!make) throw new Error(`${file}: no generated table is called "${name}"`);
      return `${start}\n${make()}\n\n${end}`;
    },
  );
}

function readPage(file: string): string {
  const url = new URL(file, root);
  return existsSync(url) ? readFileSync(url, "utf8") : "";
}

async function formatted(file: string, content: string): Promise<string> {
  const options = JSON.parse(readPage(".oxfmtrc.json")) as { printWidth: number };
  const { code, errors } = await format(file, content, { printWidth: options.printWidth });
  if (errors.length > 0) throw new Error(`${file}: ${errors.map(({ message }) => message).join("; ")}`);
  return code;
}

async function generated(): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const [file, schema] of Object.entries(schemas)) {
    files.set(file, await formatted(file, JSON.stringify(jsonSchema(schema), undefined, 2)));
  }
  const docs = readdirSync(new URL("docs/", root)).filter((name) => name.endsWith(".md"));
  for (const file of ["README.md", ...docs.map((name) => `docs/${name}`)]) {
    const page = readPage(file);
    if (page.includes("<!-- generated:")) files.set(file, await formatted(file, withTables(page, file)));
  }
  return files;
}

const stale = [...(await generated())].filter(([file, content]) => readPage(file) !== content);
if (process.argv.includes("--check")) {
  for (const [file] of stale) console.error(`${file} is out of date: run node scripts/generate.ts`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const [file, content] of stale) {
    writeFileSync(new URL(file, root), content);
    console.log(`wrote ${file}`);
  }
}
