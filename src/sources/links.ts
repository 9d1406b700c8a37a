import type { CitedSource, Message } from "../message.ts";
import { codeIn } from "./markers.ts";

/** Brackets belong to it in pairs: it may itself stand in some. */
const letters = String.raw`[^\s<>"'\x60|\\^{}()[\]\u3000-\u303f]`;
const plainAddress = String.raw`https?://(?:${letters}|\(${letters}*\))+`;
const address = new RegExp(plainAddress, "giu");
const link = new RegExp(
  String.raw`\]\(\s*<?(${plainAddress})>?(?:\s+"[^"\n]*")?\s*\)|<(https?://[^\s<>]+)>|(${plainAddress})`,
  "giu",
);
const tail = /(?<![.,;:!?*_])[.,;:!?*_]+$/u;

/** The addresses in a text. */
export const addressesIn = (text: string): readonly string[] =>
  Array.from(text.matchAll(address), ([found]) => found.replace(tail, ""));

/** Puts a mark behind each link whose page nobody has opened, nor named, and says how many there are. */
export function markLinks(
  text: string,
  isKnown: (address: string) => boolean,
  mark: string,
): { readonly text: string; readonly unread: number } {
  let code: ReturnType<typeof codeIn> | undefined;
  let unread = 0;
  const marked = text.replaceAll(link, (found: string, ...groups) => {
    const [inline, bracketed, plain] = groups as (string | undefined)[];
    const at = groups.find((group) => typeof group === "number") as number;
    code ??= codeIn(text);
    if (code.some(({ from, to }) => at >= from && at < to)) return found;
    // The text of a link, whose address comes next.
    if (plain !== undefined && text.startsWith("](", at + found.length)) return found;
    const rest = plain === undefined ? "" : (tail.exec(plain)?.[0] ?? "");
    const whole = found.slice(0, found.length - rest.length);
    if (isKnown(inline ?? bracketed ?? whole)) return found;
    unread++;
    return `${whole} (${mark})${rest}`;
  });
  return { text: marked, unread };
}

/** What is asked of a server, to the letter. */
export function exactKey(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  url.hash = "";
  return url.href;
}

/** The same page under whatever of its addresses. */
export function pageKey(address: string): string {
  if (!URL.canParse(address)) return address;
  const { host, pathname, searchParams } = new URL(address);
  const asked = [...searchParams]
    .filter(([name]) => !/^utm_|^(?:fbclid|gclid|ref)$/u.test(name))
    .map(([name, value]) => `${name}=${value}`)
    .toSorted();
  const path = decoded(pathname).replace(/(?<!\/)\/+$/u, "");
  return `${host.replace(/^(?:www|m)\.|(?<=^\w{2,3})\.m(?=\.)/u, "")}${path}?${asked.join("&")}`;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The addresses that were read, found, linked to or named by anyone but the model. */
export function namedAddresses(messages: readonly Message[], texts: readonly string[]): readonly string[] {
  const heard = messages.flatMap(({ role, parts }) =>
    role === "assistant" ? [] : parts.map((part) => ("text" in part ? part.text : "")),
  );
  // What an earlier answer cited had been read then.
  const before = messages.flatMap(({ parts }) =>
    (parts as readonly { readonly cited?: readonly CitedSource[] }[]).flatMap(({ cited = [] }) =>
      cited.map(({ url = "" }) => url),
    ),
  );
  return [...texts, ...heard, ...before].flatMap(addressesIn);
}
