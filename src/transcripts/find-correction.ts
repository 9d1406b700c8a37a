import type { InboundMessage } from "../chat.ts";
import type { Core } from "../core.ts";
import type { ConversationKey, StoredTurn } from "../store/store.ts";
import { correctedLines } from "./correction.ts";
import { type PictureText, pictureTexts } from "./transcript.ts";

/** What a person says that a picture's text really is. */
export interface Correction {
  readonly turn: StoredTurn;
  readonly picture: number;
  readonly lines: readonly string[];
}

/** How alike a reply to a transcript is to it when it corrects it: a question about it is not. */
const alikeInReply = 0.5;
/** The same where nothing says what the message is about, and where a hint on how to correct was asked for before. */
const [alikeUnsaid, alikeAfterHint] = [0.6, 0.3];

/** The name of the message that shows a picture's text, and of the one that tells how to correct it. */
export const transcriptName = (picture: number): string => `s${picture - 1}`;
export const hintName = (picture: number): string => `h${picture - 1}`;
const nameOfEither = /^([sh])(\d+)\./u;

/** Which picture's text a message of a turn shows, or tells how to correct; undefined for the others. */
export function pictureShownBy(
  { posts }: Pick<StoredTurn, "posts">,
  message: string,
): { readonly picture: number; readonly isHint: boolean } | undefined {
  const name = Object.entries(posts).find(([, id]) => id === message)?.[0] ?? "";
  const [, kind, number] = nameOfEither.exec(name) ?? [];
  return number === undefined ? undefined : { picture: Number(number) + 1, isHint: kind === "h" };
}

/**
 * What a message corrects: a reply to the message that shows a picture's text, or that tells how to correct it; where
 * replies name no message, what is said right after and is much like it. Only of a picture that its writer sent.
 */
export async function findCorrection(
  { store }: Pick<Core, "store">,
  key: ConversationKey,
  { message, namesReplied }: { readonly message: InboundMessage; readonly namesReplied: boolean },
): Promise<Correction | undefined> {
  const { quoted, text, attachments, author } = message;
  const shown = quoted?.messageId;
  const mayBe = shown !== undefined || (quoted === undefined && !namesReplied);
  if (!mayBe || text.trim() === "" || attachments.length > 0) return undefined;
  const turn = await (shown === undefined ? lastTurn(store, key) : store.turns.find(key, { shown }));
  const [question] = turn?.messages ?? [];
  if (turn?.person !== author.id || question?.role !== "user") return undefined;
  const texts = pictureTexts(question).filter(({ isUnshown }) => !isUnshown);
  return shown === undefined ? correctUnsaid(turn, texts, text) : correctShown({ turn, shown }, texts, text);
}

const lastTurn = async ({ turns }: Core["store"], key: ConversationKey): Promise<StoredTurn | undefined> =>
  (await turns.list(key, { limit: 1 }))[0];

function correctShown(
  { turn, shown }: { readonly turn: StoredTurn; readonly shown: string },
  texts: readonly PictureText[],
  written: string,
): Correction | undefined {
  const about = pictureShownBy(turn, shown);
  const old = texts.find(({ picture }) => picture === about?.picture);
  const lines = old && correctedLines(written, old, about?.isHint ? 0 : alikeInReply);
  return old && lines && { turn, picture: old.picture, lines };
}

/** Whose text is most like it has to be found out. */
function correctUnsaid(
  turn: StoredTurn,
  texts: readonly PictureText[],
  written: string,
): Correction | undefined {
  for (const text of texts) {
    const isHinted = Object.keys(turn.posts).some((name) => name.startsWith(`${hintName(text.picture)}.`));
    const lines = correctedLines(written, text, isHinted ? alikeAfterHint : alikeUnsaid);
    if (lines) return { turn, picture: text.picture, lines };
  }
  return undefined;
}
