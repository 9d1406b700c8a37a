import type { types } from "@slack/bolt";
import type { Log } from "../../src/log.ts";
import { createUnlessRefused } from "../../src/platform/unless-refused.ts";
import { callSlack, slackError } from "./call.ts";
import { blocksOf, type SlackMessage, summary } from "./render.ts";

/** A message in the best form that this workspace and the app's installation have. */
export interface Look {
  readonly content: { readonly text: string; readonly blocks: types.KnownBlock[] };
  /** What stands under the text. */
  readonly under: types.KnownBlock[];
  /** Whose words they are, where they are not the bot's own. */
  readonly speaker: { readonly username?: string; readonly icon_url?: string };
}

/** Makes a call with a message in its best form, and once more in a plainer one when that may be what Slack wants. */
export type Send = <Result>(message: SlackMessage, call: (look: Look) => Promise<Result>) => Promise<Result>;

/** What may be lacking, by the error that tells. */
const lacking: Readonly<Record<string, "folds" | "speakers">> = {
  invalid_blocks: "folds",
  missing_scope: "speakers",
};

export function createSend(log: Log): Send {
  const unlessRefused = createUnlessRefused((error) => lacking[slackError(error) ?? ""], log);
  return (message, call) =>
    unlessRefused((has) => {
      const folds = (): boolean => has("folds");
      const { name: username, picture } = message.speaker ?? {};
      return callSlack(() =>
        call({
          content: { text: summary(message), blocks: blocksOf(message, folds) },
          under: blocksOf({ ...message, text: "" }, folds),
          speaker:
            username !== undefined && has("speakers")
              ? { username, ...(picture !== undefined && { icon_url: picture }) }
              : {},
        }),
      );
    });
}
