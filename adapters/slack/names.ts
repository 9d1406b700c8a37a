import type { webApi } from "@slack/bolt";
import type { Log } from "../../src/log.ts";
import { remember } from "../../src/platform/remember.ts";

/** A channel as the bot may see it. */
export interface Channel {
  readonly name: string;
  /** Whether the bot can post there; it can in every direct message. */
  readonly joined: boolean;
}

/** What ids stand for, asked of Slack once each. */
export interface Names {
  /** The id itself when Slack does not tell. */
  person(id: string): Promise<string>;
  channel(id: string): Promise<Channel>;
}

export function createNames(client: webApi.WebClient, log: Log): Names {
  const people = new Map<string, Promise<string | undefined>>();
  const channels = new Map<string, Promise<Channel | undefined>>();

  async function askPerson(id: string): Promise<string | undefined> {
    const { user } = await client.users.info({ user: id });
    return user?.profile?.display_name || user?.real_name || user?.name;
  }

  async function askChannel(id: string): Promise<Channel | undefined> {
    const { channel } = await client.conversations.info({ channel: id });
    if (!channel) return undefined;
    return { name: `#${channel.name ?? id}`, joined: channel.is_member === true || channel.is_mpim === true };
  }

  /** What could not be told is asked again the next time. */
  async function known<Value>(
    cache: Map<string, Promise<Value | undefined>>,
    id: string,
    ask: (id: string) => Promise<Value | undefined>,
  ): Promise<Value | undefined> {
    try {
      return await (cache.get(id) ?? remember(cache, id, ask(id)));
    } catch (error) {
      cache.delete(id);
      log.debug({ err: error, id }, "slack tells no name");
      return undefined;
    }
  }

  return {
    person: async (id) => (await known(people, id, askPerson)) ?? id,
    async channel(id) {
      const channel = (await known(channels, id, askChannel)) ?? { name: id, joined: false };
      // Being invited changes it at any time.
      if (!channel.joined) channels.delete(id);
      return channel;
    },
  };
}
