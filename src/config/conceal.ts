import { inspect } from "node:util";

/** The object itself, with these fields hidden whenever it is printed or becomes JSON. A copy of it hides nothing. */
export function conceal<Value extends object>(
  object: Value,
  names: readonly (keyof Value & string)[],
): Value {
  const hidden = new Set<string>(names);
  const shown = (): object =>
    Object.fromEntries(
      Object.entries(object).map(([name, value]: [string, unknown]) => [
        name,
        hidden.has(name) && value ? "[hidden]" : value,
      ]),
    );
  return Object.defineProperties(object, { toJSON: { value: shown }, [inspect.custom]: { value: shown } });
}
