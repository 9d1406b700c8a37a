import type { Inbound } from "../chat.ts";

/** Where something is said, as far as it matters to who reads it. */
export type Whereabouts = Pick<Inbound, "thread" | "place" | "server" | "readBy">;

/** Those who read along where a fact is said, by a name that no other people have; undefined in a direct message. */
export function audienceOf(where: Whereabouts): string | undefined {
  if (where.place === "dm") return undefined;
  const { server, channel, thread } = circlesOf(where);
  if (where.readBy === "server" && server !== undefined) return server;
  return where.readBy === undefined ? thread : channel;
}

/** Whether all who read along here are among these, so that they may know what was said to them. */
export function isAmong(where: Whereabouts, audience: string): boolean {
  return Object.values(circlesOf(where)).includes(audience);
}

/** A server and its first channel may have the same id. */
function circlesOf({ thread, server }: Whereabouts) {
  const [platform = "", channel = ""] = thread.split(":", 2);
  return {
    server: server && `server ${server}`,
    channel: `place ${platform}:${channel}`,
    thread: `place ${thread}`,
  };
}
