import type { ThreadId } from "../chat.ts";

/** `platform:channel[:root]`, where `root` tells a thread from others of its channel. */
export const threadId = (platform: string, channel: string | number, root?: string | number): ThreadId =>
  [platform, channel, ...(root === undefined ? [] : [root])].join(":");

/** The parts of a thread id, as they were put in. */
export function parseThread(thread: ThreadId): { readonly channel: string; readonly root?: string } {
  const [, channel = "", root] = thread.split(":");
  return { channel, ...(root !== undefined && { root }) };
}
