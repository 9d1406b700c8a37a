import type { InboundCommand, InboundMessage } from "./chat.ts";

/** What one part of an album says. */
export type AlbumPiece = InboundMessage | InboundCommand;

/** What the parts of an album say together, in the place of the first one; undefined while none says that it is for the bot. */
export function joinAlbum(pieces: readonly AlbumPiece[]): AlbumPiece | undefined {
  const addressed = pieces.filter(({ address }) => address !== "others");
  const spoken = addressed.find(saysSomething) ?? addressed[0];
  if (!spoken) return undefined;
  const { address: _, ...said } = spoken;
  const quoted = spoken.quoted ?? addressed.find((piece) => piece.quoted)?.quoted;
  const messageId = pieces[0]?.messageId;
  const joined = {
    attachments: pieces.flatMap(({ attachments = [] }) => attachments),
    ...(messageId !== undefined && { messageId }),
    ...(quoted && { quoted }),
  };
  return said.type === "command" ? { ...said, ...joined } : { ...said, ...joined, text: textOf(pieces) };
}

const saysSomething = (piece: AlbumPiece): boolean => piece.type === "command" || piece.text.trim() !== "";

/** People may write under each of the pictures. */
const textOf = (pieces: readonly AlbumPiece[]): string =>
  pieces
    .flatMap((piece) => (piece.type === "message" && piece.text.trim() !== "" ? [piece.text] : []))
    .join("\n");
