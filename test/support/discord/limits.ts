/** What Discord refuses: bodies that break its rules, and too many of them. */
import { ButtonStyle, ComponentType, MessageFlags, type APIMessage } from "discord-api-types/v10";

/** An answer in place of what was asked for. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: number;

  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const fields = new Set(
  "content components flags allowed_mentions nonce enforce_nonce message_reference attachments embeds tts".split(
    " ",
  ),
);
/** What a webhook's message has besides. */
const speakerFields = ["username", "avatar_url"];
const allowedFlags =
  MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications | MessageFlags.IsComponentsV2;

/** Refuses a message that Discord would not take. `files` is how many are sent along, `before` the message that is edited. */
export function checkMessage(
  body: Readonly<Record<string, unknown>>,
  { files, before, byWebhook = false }: { files: number; before?: APIMessage; byWebhook?: boolean },
): void {
  checkFields(body, byWebhook);
  const { content, components } = body;
  if (isOfComponents(body)) {
    const staysText = before !== undefined && before.content !== "" && content !== null;
    if (typeof content === "string" || staysText)
      refuse("content: MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2");
    return checkComponents(components);
  }
  if (isOfComponents(before ?? {})) refuse("flags: IS_COMPONENTS_V2 can't be removed");
  const text = typeof content === "string" ? content : "";
  const characters = Array.from(text).length;
  if (characters > 2000) refuse(`content: Must be 2000 or fewer in length (${characters}).`);
  if (text.trim() === "" && files === 0) throw new Refusal(400, 50006, "Cannot send an empty message");
  checkRows(components);
}

const isOfComponents = ({ flags }: { readonly flags?: unknown }): boolean =>
  (Number(flags ?? 0) & MessageFlags.IsComponentsV2) !== 0;

function checkFields(body: Readonly<Record<string, unknown>>, byWebhook: boolean): void {
  const known = byWebhook ? fields.union(new Set(speakerFields)) : fields;
  for (const field of Object.keys(body)) if (!known.has(field)) refuse(`unknown field ${field}`);
  const { flags = 0, nonce, allowed_mentions: mentions, username } = body;
  if (typeof flags !== "number" || (flags & ~allowedFlags) !== 0) refuse(`flags ${String(flags)}`);
  if (nonce !== undefined && (typeof nonce !== "string" || nonce.length > 25)) refuse("nonce");
  if (!isQuiet(mentions)) refuse("allowed_mentions: the message could ping people");
  if (byWebhook && (typeof username !== "string" || username.length > 80 || /discord|clyde/iu.test(username)))
    refuse(`username ${String(username)}`);
}

interface Component {
  readonly type: unknown;
  readonly content?: unknown;
  readonly components?: readonly Component[];
}

/** The rules of messages that consist of components. */
function checkComponents(components: unknown): void {
  if (!Array.isArray(components) || components.length === 0)
    throw new Refusal(400, 50006, "Cannot send an empty message");
  const all = (components as Component[]).flatMap(withNested);
  if (all.length > 40) refuse("components: at most 40");
  const texts = all.filter(({ type }) => type === ComponentType.TextDisplay);
  let characters = 0;
  for (const { content } of texts) {
    if (typeof content !== "string" || content.trim() === "") return refuse("text display: empty");
    characters += Array.from(content).length;
  }
  if (characters > 4000) refuse(`components: 4000 or fewer characters in all (${characters})`);
  const top = components as Component[];
  for (const { type, components: nested } of top) {
    const isKnown = [ComponentType.TextDisplay, ComponentType.Container, ComponentType.ActionRow].includes(
      type as ComponentType,
    );
    if (!isKnown || (type === ComponentType.Container && !nested?.length)) refuse("components: type");
  }
  checkRows(top.filter(({ type }) => type === ComponentType.ActionRow));
}

const withNested = (component: Component): readonly Component[] => [
  component,
  ...(component.components ?? []).flatMap(withNested),
];

function isQuiet(mentions: unknown): boolean {
  if (typeof mentions !== "object" || mentions === null || !("parse" in mentions)) return false;
  return Array.isArray(mentions.parse) && mentions.parse.length === 0;
}

function checkRows(rows: unknown): void {
  if (rows === undefined) return;
  if (!Array.isArray(rows) || rows.length > 5) return refuse("components: at most 5 rows");
  const ids = new Set<string>();
  for (const row of rows as { type: unknown; components: unknown }[]) {
    const { type, components } = row;
    if (type !== ComponentType.ActionRow || !Array.isArray(components))
      return refuse("components: not an action row");
    if (components.length === 0 || components.length > 5) refuse("components: 1 to 5 buttons in a row");
    for (const button of components as Readonly<Record<string, unknown>>[]) checkButton(button, ids);
  }
}

function checkButton(
  { type, style, custom_id: id, label }: Readonly<Record<string, unknown>>,
  ids: Set<string>,
): void {
  if (type !== ComponentType.Button || style === ButtonStyle.Link) refuse("components: not a button");
  if (typeof id !== "string" || id.length < 1 || id.length > 100 || ids.has(id)) return refuse("custom_id");
  if (typeof label !== "string" || label.length < 1 || label.length > 80) refuse("label");
  ids.add(id);
}

/** Invalid form body. */
export function refuse(what: string): void {
  throw new Refusal(400, 50035, `Invalid Form Body: ${what}`);
}

/** How many calls of a kind Discord takes per channel. */
export interface BucketSize {
  readonly calls: number;
  readonly ms: number;
}

export interface Buckets {
  /** Counts a call; the headers it is answered with, and how long to wait if it was one too many. */
  take(key: string): { readonly headers: Readonly<Record<string, string>>; readonly waitMs: number };
}

/** Fixed windows, as Discord's own. */
export function createBuckets({ calls, ms }: BucketSize): Buckets {
  const windows = new Map<string, { used: number; ends: number }>();
  return {
    take(key) {
      const now = Date.now();
      let window = windows.get(key);
      if (!window || window.ends <= now) windows.set(key, (window = { used: 0, ends: now + ms }));
      window.used += 1;
      const left = (window.ends - now) / 1000;
      const headers = {
        "x-ratelimit-limit": String(calls),
        "x-ratelimit-remaining": String(Math.max(0, calls - window.used)),
        "x-ratelimit-reset-after": left.toFixed(3),
        "x-ratelimit-reset": (window.ends / 1000).toFixed(3),
        "x-ratelimit-bucket": Buffer.from(key.split(" ")[0] ?? "").toString("hex"),
      };
      return { headers, waitMs: window.used > calls ? window.ends - now : 0 };
    },
  };
}
