import type { Adapter, Author, Inbound } from "../chat.ts";
import { channelOf } from "../conversation/place-settings.ts";
import { type Words, wordsFor } from "../words/words.ts";
import { hashCode, makeCode, readCode } from "./codes.ts";
import type { AccessRequest, Grant, Grants } from "./grants.ts";
import type { AccessSettings } from "./schema.ts";

/** Why something is not dealt with: what the person is told, or nothing where silence is the answer. */
export interface Turned {
  readonly say?: string;
}

/** Decides who may use the bot, and keeps what was decided. */
export interface Access {
  /** Undefined for who is welcome. Asked again about the same event, it says the same again. */
  admit(inbound: Inbound, adapter: Pick<Adapter, "serversAreTrusted">): Promise<Turned | undefined>;
  /** Whether who did this is blocked by now; what came before may still wait. */
  isBlocked(inbound: Inbound): Promise<boolean>;
  /** Whether the person may change what holds for everyone in this place. */
  mayAdminister(inbound: Inbound, adapter: Pick<Adapter, "manages">): Promise<boolean>;
  /** Whether the person is an owner or admin. */
  isAdmin(author: Author): Promise<boolean>;
  /** Allows what a code stands for; undefined for one that is unknown or older than a day. */
  allow(code: string, by: string): Promise<Grant | undefined>;
  /** Takes back what was granted to a server, group or person; false when nothing was. */
  revoke(place: string): Promise<boolean>;
  /** A code that makes whoever sends it first within the hour an owner. Only its hash is kept. */
  offerOwnership(): Promise<string>;
  claimOwnership(code: string, author: Author): ReturnType<Grants["claimOwnership"]>;
  hasOwner(): Promise<boolean>;
  list(): Promise<{ readonly granted: readonly Grant[]; readonly pending: readonly AccessRequest[] }>;
  /** Deletes what is known of the person but that they own the bot. */
  forgetPerson(person: string): Promise<void>;
}

export interface AccessOptions {
  readonly settings: AccessSettings;
  readonly grants: Grants;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

const claimLastsMs = 3_600_000;

export function createAccess({ settings, grants, now = Date.now }: AccessOptions): Access {
  async function isAdmin({ id, roles = [] }: Author): Promise<boolean> {
    if (settings.owners.includes(id)) return true;
    return [id, ...roles].some((each) => settings.admins.includes(each)) || grants.has(id, "owner");
  }

  /** What the person is turned away with; undefined for who is welcome. */
  async function judge(
    inbound: Inbound,
    trust: Pick<Adapter, "serversAreTrusted">,
  ): Promise<Refused | undefined> {
    const { author, place } = inbound;
    if (isAmong(settings.block, inbound)) return { silent: true };
    if (isAmong(settings.allow, inbound)) return undefined;
    if (settings.allow.length > 0) {
      if (place !== "dm" || settings.directMessages !== "pairing")
        return { place: author.id, say: ({ access }) => access.notForYou(author.id) };
    } else if (place === "dm" && settings.directMessages === "open") return undefined;
    if (place === "dm") {
      if (settings.directMessages === "off")
        return { place: author.id, say: ({ access }) => access.noDirectMessages };
      if (await grants.has(author.id, "allowed")) return undefined;
      return { place: author.id, code: true, say: ({ access }, code) => access.allowPerson(code) };
    }
    if (trust.serversAreTrusted || settings.servers === "open") return undefined;
    const group = groupOf(inbound);
    if (await grants.has(group, "allowed")) return undefined;
    const kind = inbound.server === undefined ? "group" : "server";
    return { place: group, code: true, say: ({ access }, code) => access.allowServer(kind, code) };
  }

  return {
    isAdmin,
    async admit(inbound, trust) {
      const refused = await judge(inbound, trust);
      if (!refused || (await isAdmin(inbound.author))) return undefined;
      if (refused.silent) return {};
      if (isClaim(inbound)) return undefined;
      // Nobody spoke to the bot: it does not speak up either.
      if (!isAddressed(inbound)) return {};
      const request = await grants.request(requestOf(inbound, refused), now());
      return request ? { say: refused.say(await wordsFor(inbound), request.code ?? "") } : {};
    },
    isBlocked: async (inbound) => isAmong(settings.block, inbound) && !(await isAdmin(inbound.author)),
    async mayAdminister(inbound, adapter) {
      if (inbound.place === "dm" || (await isAdmin(inbound.author))) return true;
      return (await adapter.manages?.(inbound)) ?? false;
    },
    allow: (code, by) => grants.allow(readCode(code), by, now()),
    revoke: (place) => grants.revoke(place),
    async offerOwnership() {
      const code = makeCode(4);
      await grants.offerOwnership(hashCode(code), now() + claimLastsMs);
      return code;
    },
    claimOwnership: (code, { id, name }) =>
      grants.claimOwnership({ hash: hashCode(readCode(code)), person: id, name }, now()),
    hasOwner: async () => settings.owners.length > 0 || grants.hasOwner(),
    list: async () => ({ granted: await grants.list(), pending: await grants.pending(now()) }),
    forgetPerson: (person) => grants.forgetPerson(person),
  };
}

type Refused =
  | { readonly silent: true }
  | {
      readonly silent?: never;
      /** Who is told, once a day. */
      readonly place: string;
      /** Whether it can be allowed by a code. */
      readonly code?: true;
      readonly say: (words: Words, code: string) => string;
    };

/** Whether a list names this: by its person, a role of theirs, its channel or its server. */
function isAmong(list: readonly string[], { author, thread, server }: Inbound): boolean {
  const names = new Set([author.id, ...(author.roles ?? []), channelOf(thread), server]);
  return list.some((each) => names.has(each));
}

/** What is allowed as one: the server, or the group where there are no servers. */
function groupOf({ server, thread }: Inbound): string {
  return server ?? channelOf(thread);
}

function isClaim(inbound: Inbound): boolean {
  return inbound.type === "command" && inbound.name === "own";
}

function isAddressed(inbound: Inbound): boolean {
  if (inbound.type === "message" || inbound.type === "command") return inbound.address === undefined;
  return inbound.type === "press";
}

function requestOf(inbound: Inbound, { place, code }: Exclude<Refused, { silent: true }>): AccessRequest {
  const name = place === inbound.author.id ? inbound.author.name : inbound.channelName;
  return { place, name, event: inbound.id, ...(code && { code: makeCode(2) }) };
}
