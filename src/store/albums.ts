import { type AlbumPiece, joinAlbum } from "../album.ts";
import type { Inbound, InboundEdit, InboundMessage, MessageId } from "../chat.ts";
import { editOf } from "../platform/inbound.ts";
import type { Database, Queries } from "./database.ts";
import { type Payload, payloadOf, platformOf, remember } from "./event-rows.ts";
import type { ConversationKey, Gathered, Inbox, NewEvent, NewPart } from "./store.ts";
import { questionAndEdits } from "./withdraw.ts";

/** The albums of late, with the events that they are. */
export function albumsIn({ intake, soon }: Database): Pick<Inbox, "gather" | "sweepAlbums"> {
  return {
    gather: (conversation, part) =>
      intake.transaction(async (transaction) => {
        const [, known, [event], stored] = await Promise.all([
          // Parts may come to several processes at once: each sees those before it. And what waits is not begun meanwhile.
          transaction.lock(conversation),
          transaction.query("SELECT id FROM event WHERE id = ?", [part.id]),
          transaction.query<AlbumRow>("SELECT message, state, payload FROM event WHERE id = ?", [part.album]),
          transaction.query<{ payload: string }>("SELECT payload FROM album_part WHERE album = ?", [
            part.album,
          ]),
        ]);
        if (known.length > 0) return { was: "known" };
        const pieces = stored.map(({ payload }) => JSON.parse(payload) as AlbumPiece);
        return add(transaction, { conversation, part, event, pieces });
      }),

    async sweepAlbums(before) {
      const rows = await soon.query(
        `DELETE FROM album_part WHERE album IN
           (SELECT album FROM album_part GROUP BY album HAVING MAX(at) < ?) RETURNING album`,
        [before],
      );
      return rows.length;
    },
  };
}

/** The event that an album is. */
type AlbumRow = { readonly message: MessageId | null; readonly state: number; readonly payload: string };

interface Album {
  readonly conversation: ConversationKey;
  readonly part: NewPart;
  readonly event: AlbumRow | undefined;
  /** Those that came before. */
  readonly pieces: readonly AlbumPiece[];
}

async function add(queries: Queries, album: Album): Promise<Gathered> {
  const { part, event, pieces } = album;
  const piece = part.inbound.type === "edited" ? part.inbound.message : part.inbound;
  const joined = joinAlbum(withPiece(pieces, piece));
  const messageId = event?.message ?? joined?.messageId ?? "";
  const trouble = troubleWith(album, joined);
  if (trouble) return { was: trouble, message: messageId };
  await keep(queries, part, piece);
  const said = joined && { ...joined, id: piece.album?.id ?? joined.id, messageId };
  if (said && event) return change(queries, { ...album, event }, said);
  // Words that are changed make no question of what was none.
  if (said && part.inbound.type !== "edited") return ask(queries, album, said);
  // Nobody spoke to the bot by that.
  await remember(queries, "", part);
  return { was: "kept" };
}

function troubleWith(
  { part, event, pieces }: Album,
  joined: AlbumPiece | undefined,
): "late" | "unheard" | undefined {
  const isAlone = pieces.length === 0;
  if (!event) return isAlone && part.inbound.type === "edited" ? "unheard" : undefined;
  return isAlone || (event.state !== 0 && joined?.type === "command") ? "late" : undefined;
}

const placeOf = ({ album }: AlbumPiece): number => album?.place ?? 0;

const withPiece = (pieces: readonly AlbumPiece[], piece: AlbumPiece): readonly AlbumPiece[] =>
  [...pieces.filter((other) => placeOf(other) !== placeOf(piece)), piece].toSorted(
    (one, other) => placeOf(one) - placeOf(other),
  );

async function keep(queries: Queries, { album, at }: NewPart, piece: AlbumPiece): Promise<void> {
  await queries.query(
    `INSERT INTO album_part (album, place, person, at, payload) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (album, place) DO UPDATE SET at = excluded.at, payload = excluded.payload`,
    [album, placeOf(piece), piece.author.id, at, JSON.stringify(piece)],
  );
}

type Said = AlbumPiece & { readonly messageId: MessageId };

async function ask(queries: Queries, { conversation, part }: Album, said: Said): Promise<Gathered> {
  const message = said.type === "message" ? said.messageId : null;
  await insert(queries, conversation, { ...part, id: part.album, inbound: said, message });
  await remember(queries, conversation, part);
  return { was: "asked" };
}

/** Where it waits, what it says is changed; else an edit of it waits. */
async function change(
  queries: Queries,
  { conversation, part, event }: Album & { readonly event: AlbumRow },
  said: Said,
): Promise<Gathered> {
  if (event.state === 0) {
    const payload: Payload = { ...payloadOf(event), inbound: said };
    // Unless its person is being forgotten.
    const change = "UPDATE event SET payload = ?, at = ? WHERE id = ? AND state = 0";
    await queries.query(change, [JSON.stringify(payload), part.at, part.album]);
    await remember(queries, conversation, part);
    return { was: "changed" };
  }
  // A command is not changed once it was begun: that part is late.
  if (said.type === "message") {
    const [, message] = questionAndEdits(said.messageId);
    await insert(queries, conversation, { ...part, inbound: editBy(part, said), message });
  }
  return { was: "edited", message: said.messageId };
}

/** The album with all its parts, as a change of what it was. */
function editBy({ inbound }: NewPart, said: InboundMessage & Said): InboundEdit {
  const context = inbound.album?.context;
  const message = { ...said, ...(context !== undefined && { context }) };
  const edit = editOf(message, { id: inbound.id, messageId: said.messageId });
  return { ...edit, ...(inbound.at !== undefined && { at: inbound.at }) };
}

async function insert(
  queries: Queries,
  conversation: ConversationKey,
  {
    id,
    seq,
    at,
    inbound,
    message,
  }: Omit<NewEvent, "inbound"> & { readonly inbound: Inbound; readonly message: string | null },
): Promise<void> {
  const payload = JSON.stringify({ inbound } satisfies Payload);
  await queries.query(
    `INSERT INTO event (id, seq, conversation, platform, person, message, at, payload, state, attempts)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0)`,
    [id, seq, conversation, platformOf(inbound), inbound.author.id, message, at, payload],
  );
}
