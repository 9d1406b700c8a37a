import { type APIMessage, MessageFlags, RESTJSONErrorCodes } from "discord.js";
import type { MessageId } from "../../src/chat.ts";
import { remember } from "../../src/platform/remember.ts";
import { codeOf } from "./errors.ts";
import { bodyOf, type DiscordMessage, isPlain, type MessageBody } from "./render.ts";

/** The calls of an edit. */
interface Calls {
  /** Asks Discord for the message. */
  readonly read: () => Promise<APIMessage>;
  readonly write: (body: MessageBody) => Promise<unknown>;
}

/** Plain text may become components; the way back is refused, for ever. */
type Form = "plain" | "components";

/** For how long what was plain is taken to be so still, in milliseconds: another process may write to it next. */
const plainMs = 30_000;

/** Edits messages in the form that they have: it knows that of those that this process wrote, and asks for that of others. */
export function createForms() {
  const known = new Map<MessageId, { readonly form: Form; readonly at: number }>();
  const keep = (id: MessageId, form: Form): Form => remember(known, id, { form, at: performance.now() }).form;

  /** Undefined where Discord does not say. */
  async function formOf(id: MessageId, read: Calls["read"]): Promise<Form | undefined> {
    const last = known.get(id);
    if (last && (last.form === "components" || performance.now() - last.at < plainMs)) return last.form;
    const message = await read().catch(() => undefined);
    return message && keep(id, isOfComponents(message) ? "components" : "plain");
  }

  const note = (id: MessageId, body: MessageBody): void =>
    void keep(id, isPlain(body) ? "plain" : "components");

  return {
    /** This was written. */
    note,
    async edit(id: MessageId, message: DiscordMessage, { read, write }: Calls): Promise<void> {
      const form = isPlain(bodyOf(message)) ? await formOf(id, read) : "components";
      async function change(body: MessageBody): Promise<void> {
        await write(body);
        note(id, body);
      }
      try {
        await change(bodyOf(message, form === "components"));
      } catch (error) {
        // Discord did not say, or another process has written to it since.
        const isRefused = codeOf(error) === RESTJSONErrorCodes.InvalidFormBodyOrContentType;
        if (!isRefused || form === "components") throw error;
        await change(bodyOf(message, true));
      }
    },
  };
}

const isOfComponents = ({ flags }: APIMessage): boolean => ((flags ?? 0) & MessageFlags.IsComponentsV2) !== 0;
