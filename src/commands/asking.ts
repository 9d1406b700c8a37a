import type { Inbound, InboundMessage } from "../chat.ts";
import { baseOf } from "../platform/inbound.ts";
import { councilCommand } from "./council.ts";
import { searchCommand } from "./search.ts";

/** What a question is that was asked by one of these commands. */
const asked: ReadonlyMap<string, Pick<InboundMessage, "council" | "search">> = new Map([
  [councilCommand.name, { council: true }],
  [searchCommand.name, { search: true }],
]);

/** A question is a question, however it was asked. */
export function questionBehind(inbound: Inbound): Inbound {
  const kind = inbound.type === "command" ? asked.get(inbound.name) : undefined;
  if (inbound.type !== "command" || !kind) return inbound;
  const { argument, messageId, attachments = [], quoted } = inbound;
  const text = argument.trim();
  if (text === "" && attachments.length === 0 && !quoted) return inbound;
  return {
    ...baseOf(inbound),
    type: "message",
    text,
    attachments,
    ...(messageId !== undefined && { messageId }),
    ...(quoted && { quoted }),
    ...kind,
  };
}
