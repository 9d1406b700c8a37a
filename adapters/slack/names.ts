import type { webApi } from "@slack/bolt";
import type { Log } from "../../src/log.ts";
import { createLookup } from "../../src/platform/lookup.ts";
import { callSlack } from "./call.ts";

/** What ids stand for; the ids themselves while Slack does not tell. */
export interface Names {
  person(id: string): Promise<string>;
  /** In Slack's words, such as `ko-KR`. */
  locale(id: string): Promise<string | undefined>;
  channel(id: string): Promise<string>;
  /** Whether all of the workspace may read a channel, and nobody else; false while Slack does not tell. */
  isPublic(channel: string): Promise<boolean>;
  /** Whether that person runs this workspace, and not just another that shares a channel with it. */
  isAdmin(id: string, team: string): Promise<boolean>;
}

/** An event waits for its names, one after the other at most twice, and must be acknowledged in three seconds. */
export const patienceMs = 1_000;

export function createNames({ users, conversations }: webApi.WebClient, log: Log): Names {
  const options = { lastsMs: 300_000, patienceMs, log };
  const people = createLookup(async (id) => {
    const { user } = await callSlack(() => users.info({ user: id, include_locale: true }));
    return {
      name: user?.profile?.display_name || user?.real_name || user?.name,
      locale: user?.locale,
      adminOf: user?.is_admin || user?.is_owner ? user.team_id : undefined,
    };
  }, options);
  const channels = createLookup(async (id) => {
    const { channel } = await callSlack(() => conversations.info({ channel: id }));
    // Other companies read along in one that is shared with them.
    const isShared = channel?.is_shared === true || channel?.is_pending_ext_shared === true;
    return { name: channel?.name, isPublic: channel?.is_private === false && !isShared };
  }, options);
  return {
    person: async (id) => (await people(id))?.name ?? id,
    locale: async (id) => (await people(id))?.locale,
    async channel(id) {
      const name = (await channels(id))?.name;
      return name === undefined ? id : `#${name}`;
    },
    isPublic: async (id) => (await channels(id))?.isPublic === true,
    isAdmin: async (id, team) => (await people(id))?.adminOf === team,
  };
}
