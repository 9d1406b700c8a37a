import { Parser } from "htmlparser2";

/** What is done as XML goes by: names without their prefix, attributes with it. */
export interface XmlEvents {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
}

/** Reads XML as it goes by. Entities that it defines itself are left as they are written: no bomb goes off. */
export function readXml(xml: Uint8Array | string, { open, text, close }: XmlEvents): void {
  const parser = new Parser(
    {
      onopentag: (name, attributes) => open?.(local(name), attributes),
      ontext: (part) => text?.(part),
      onclosetag: (name) => close?.(local(name)),
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
