/** Who writes as a group or a channel, by an id of their own: what is kept of an author is no setting of that chat. */
export const chatAsAuthor = (chat: number | string): string => `telegram:as${chat}`;
