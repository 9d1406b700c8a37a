import { Parser } from "htmlparser2";

/** What is done as XML goes by: names without their prefix, attributes with it. */
export interface XmlEvents {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
}

/** No document that a program wrote is nested deeper; what is, takes time by the square of it. */
const deepest = 1000;

/**
 * Reads XML as it goes by. Entities that it defines itself are left as they are written: no bomb goes off. Throws
 * RangeError where it is too deep.
 */
export function readXml(xml: Uint8Array | string, { open, text, close }: XmlEvents): void {
  let depth = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        depth += 1;
        if (depth > deepest) throw new RangeError("nested too deep");
        open?.(local(name), attributes);
      },
      ontext: (part) => text?.(part),
      onclosetag(name) {
        depth -= 1;
        close?.(local(name));
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(typeof xml === "string" ? xml : new TextDecoder(encodingOf(xml)).decode(xml));
}

const local = (name: string): string => name.slice(name.indexOf(":") + 1);

const encodingOf = ([first, second]: Uint8Array): string => {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
};
