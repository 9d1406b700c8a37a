import type { ThreadId } from "../../src/chat.ts";

/** `slack:channel[:root]`, where `root` is the `ts` of the message that a thread hangs under. */
export function threadId(channel: string, root?: string): ThreadId {
  return root === undefined ? `slack:${channel}` : `slack:${channel}:${root}`;
}

export function parseThread(thread: ThreadId): {
  readonly channel: string;
  readonly root: string | undefined;
} {
  const [, channel = "", root] = thread.split(":");
  return { channel, root };
}

/** Direct messages with one person; those of a group are channels with few people. */
export const isDirect = (channel: string): boolean => channel.startsWith("D");

/** Keeps the newest `size` entries, so that a map that is only written to stays small. */
export function remember<Value>(map: Map<string, Value>, key: string, value: Value, size = 2000): Value {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > size && oldest !== undefined) map.delete(oldest);
  return value;
}
