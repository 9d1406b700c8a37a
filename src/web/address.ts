import { UserError } from "../errors.ts";

/** What a test's own servers may be reached by, which are on this machine: no setting, and nothing a person or model can say. */
export interface Allowance {
  readonly addresses: readonly string[];
  readonly ports: readonly number[];
}

/** Where the web is; anything else on a host is somebody's own. */
const webPorts: ReadonlySet<number> = new Set([80, 443, 8080, 8443]);
/** Names that mean something in one network alone, whatever they resolve to. */
const localName = /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|private|home\.arpa)$/u;

/** An address as a person or model gave it, made whole. Throws UserError for what is not a public page's. */
export function webAddress(text: string, base?: string): URL {
  if (!URL.canParse(text, base)) throw new UserError(({ web }) => web.notAddress(shortened(text)));
  const url = new URL(text, base);
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw new UserError(({ web }) => web.notWeb(url.protocol.slice(0, -1)));
  if (url.username !== "" || url.password !== "")
    throw new UserError(({ web }) => web.hasLogin(url.hostname));
  url.hash = "";
  return url;
}

/** Throws UserError where a port or a name says by itself that nothing public is there. */
export function checkDoor({ hostname, port, protocol }: URL, allowance: Allowance | undefined): void {
  const number = port === "" ? (protocol === "https:" ? 443 : 80) : Number(port);
  if (!webPorts.has(number) && !allowance?.ports.includes(number))
    throw new UserError(({ web }) => web.oddPort(number));
  const name = hostname.replace(/\.$/u, "");
  const isName = !name.startsWith("[") && !/^[\d.]+$/u.test(name);
  if (isName && (!name.includes(".") || localName.test(name))) throw notPublic(hostname);
}

/** Whether anybody on the internet can reach it, which nothing behind this machine's own network is. */
export async function isPublic(address: string, allowance: Allowance | undefined): Promise<boolean> {
  if (allowance?.addresses.includes(address)) return true;
  const { default: addresses } = await import("ipaddr.js");
  // An IPv4 address inside an IPv6 one counts as what it is; tunnels to one have ranges of their own.
  const parsed = addresses.process(address);
  if (parsed.range() !== "unicast") return false;
  // All that is handed out begins with the bits 001.
  return parsed.kind() === "ipv4" || /^[23]/u.test(parsed.toNormalizedString().padStart(4, "0"));
}

export const notPublic = (host: string): UserError => new UserError(({ web }) => web.notPublic(host));

const shortened = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text);
