import { z } from "zod";
import type { Path } from "./source.ts";

/** The schema of the value at a path; of several that would do, the first that goes on. */
export function fieldAt(schema: z.ZodType, path: Path): z.ZodType | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return bare(schema);
  for (const option of optionsOf(schema)) {
    const child = childOf(option, key);
    const found = child && fieldAt(child, rest);
    if (found) return found;
  }
  return undefined;
}

function childOf(schema: z.ZodType, key: PropertyKey): z.ZodType | undefined {
  if (schema instanceof z.ZodObject) return (schema.shape as Record<PropertyKey, z.ZodType>)[key];
  if (schema instanceof z.ZodArray) return schema.element as z.ZodType;
  return schema instanceof z.ZodRecord ? (schema.valueType as z.ZodType) : undefined;
}

/** What a value may be: the options of a union, else the schema alone. */
export function optionsOf(schema: z.ZodType): readonly z.ZodType[] {
  const inner = bare(schema);
  return inner instanceof z.ZodUnion ? (inner.options as readonly z.ZodType[]).map(bare) : [inner];
}

/** The keys of an object, with the schema of each. */
export function shapeOf(schema: z.ZodType | undefined): Readonly<Record<string, z.ZodType>> {
  const object = schema && optionsOf(schema).find((option) => option instanceof z.ZodObject);
  return object instanceof z.ZodObject ? object.shape : {};
}

/** Its description, wherever it stands on the way to the bare schema. */
export function describe(schema: z.ZodType | undefined): string | undefined {
  if (!schema) return undefined;
  const inner = unwrapped(schema);
  return schema.description ?? (inner && describe(inner));
}

/** Without what makes it optional or gives it a default. */
function bare(schema: z.ZodType): z.ZodType {
  const inner = unwrapped(schema);
  return inner ? bare(inner) : schema;
}

function unwrapped(schema: z.ZodType): z.ZodType | undefined {
  const wraps =
    schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault;
  return wraps ? (schema.unwrap() as z.ZodType) : undefined;
}

/** What a value must be, in words. */
export function expectedWords(schema: z.ZodType): string {
  return optionsOf(schema).map(wordsFor).join(" or ");
}

function wordsFor(schema: z.ZodType): string {
  if (schema instanceof z.ZodArray) {
    const items = optionsOf(schema.element as z.ZodType).map((item) =>
      item instanceof z.ZodObject ? "mappings" : wordsFor(item),
    );
    return `a list of ${items.join(" or ")}`;
  }
  if (schema instanceof z.ZodObject || schema instanceof z.ZodRecord) return "a mapping (key: value)";
  if (schema instanceof z.ZodEnum) return `one of ${schema.options.join(", ")}`;
  if (schema instanceof z.ZodNumber) return schema.format === "safeint" ? "a whole number" : "a number";
  return schema instanceof z.ZodBoolean ? "true or false" : "text";
}

/** What a value is, in words. */
export function foundWords(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return "text";
  if (typeof value === "boolean") return String(value);
  if (typeof value !== "number") return "a mapping";
  return Number.isInteger(value) ? "a number" : String(value);
}
