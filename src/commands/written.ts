import type { Inbound, InboundMessage } from "../chat.ts";
import { commandIn } from "../platform/inbound.ts";
import { readWritten } from "../platform/written-command.ts";
import { commands } from "./all.ts";

/** For platforms where a question, too, may be asked by a command. */
const ask = "ask";
const names: readonly string[] = [...commands.map(({ name }) => name), ask];

/** What a person meant: a message whose text is a command is that command, on every platform. */
export function meantBy(inbound: Inbound): Inbound | undefined {
  if (inbound.type === "message") return meantByMessage(inbound);
  if (inbound.type !== "edited") return inbound;
  const message = meantByMessage(inbound.message);
  // A command has been carried out, and an answered question does not become one.
  return message.type === "message" ? { ...inbound, message } : undefined;
}

function meantByMessage(message: InboundMessage): Inbound {
  const written = readWritten(message.text, names);
  if (!written) return message;
  if (written.name === ask) return { ...message, text: written.argument };
  return commandIn(message, written);
}
