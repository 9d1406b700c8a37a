import type { Attachment, InboundMessage } from "../chat.ts";
import type { PictureFitter, PictureReader } from "../core.ts";
import type { Document, DocumentReader } from "../documents/document.ts";
import { UserError } from "../errors.ts";
import type { ImagePart } from "../message.ts";
import type { Persona } from "../personas/schema.ts";
import { pictureKind } from "../pictures/kind.ts";
import { put, type Words } from "../words/words.ts";
import type { PictureText } from "../transcripts/transcript.ts";
import type { FittedPictures } from "../pictures/fitted.ts";
import { type Glance, glance, glimpsed, transcribe } from "./picture-texts.ts";
import type { Material, Question } from "./question.ts";

/** What reading a question needs to know and may say. */
export interface ReadingOptions {
  readonly persona: Persona;
  /** Whether any model that answers sees pictures. */
  readonly seesImages: boolean;
  /** What tells the person that a model gets only the text of pictures; left out where all see them. */
  readonly blind?: string | undefined;
  readonly pictures: PictureReader & PictureFitter;
  readonly documents: DocumentReader;
  /** The bot's sentences in the language of the person. */
  readonly words: Words;
  readonly signal: AbortSignal;
  /** Downloads what came with the message. Throws UserError when it can't be had. */
  readonly download: (attachment: Attachment, signal: AbortSignal) => Promise<Uint8Array>;
  /** Shows what is being done. */
  readonly status: (text: string) => void;
  /** Tells the person what could not be used. */
  readonly notice: (sentence: string) => void;
  /** Shows the text read in one of so many pictures before it is answered. */
  readonly transcript: (text: PictureText, of: number) => Promise<void>;
}

/** A file that came with a message, read. */
export interface SentDocument {
  readonly name: string;
  readonly document: Document;
}

/** A question with its files, of which it is not decided yet what goes along. */
interface Read extends Question {
  readonly documents: readonly SentDocument[];
}

/** Downloads what came with a message and makes it readable for the model. What can't be used is told, never dropped in silence. */
export async function readQuestion(message: InboundMessage, options: ReadingOptions): Promise<Read> {
  const { blind, signal } = options;
  const { images } = options.persona;
  const isShown = images === "transcribe" || blind !== undefined;
  const { pictures, documents } = await gather(message, {
    ...options,
    glances: images === "auto" && !isShown,
  });
  if (blind !== undefined && images !== "transcribe" && pictures.length > 0) options.notice(blind);
  const transcripts = isShown
    ? await transcribe(
        pictures.map(({ original }) => original),
        options,
      )
    : await glimpsed(
        pictures.flatMap(({ glance }) => glance ?? []),
        signal,
      );
  return {
    text: message.text.trim(),
    ...(message.place !== "dm" && { sender: message.author.name }),
    // One that sees gets both: what it reads otherwise is seen.
    images: options.seesImages ? pictures.map(({ image }) => image) : [],
    materials: [...quotedText(message), ...framesIn(pictures), ...transcripts],
    documents,
  };
}

function quotedText({ quoted }: InboundMessage): Material[] {
  const text = quoted?.text.trim() ?? "";
  return quoted && text !== "" ? [{ title: `Message by ${quoted.author} that this is about`, text }] : [];
}

/** Pictures and files, of the quoted message first. */
async function gather(
  { quoted, attachments }: InboundMessage,
  options: ReadingOptions & { readonly glances: boolean },
): Promise<{ pictures: readonly SentPicture[]; documents: readonly SentDocument[] }> {
  const { persona, pictures, documents: reader, download, signal, status, notice, words, glances } = options;
  const sent: SentPicture[] = [];
  const documents: SentDocument[] = [];
  for (const attachment of [...(quoted?.attachments ?? []), ...attachments]) {
    const { name, mimeType, stillOf } = attachment;
    try {
      // Drawn anew for each frame, by a program that nothing here runs.
      if (/^(?:application\/x-tgsticker|video\/lottie\+json)$/u.test(mimeType))
        throw new UserError((words) => words.files.movingDrawing);
      status(words.files.getting(name));
      const bytes = await download(attachment, signal);
      if (mimeType.startsWith("image/") || pictureKind(bytes)) {
        const fitted = await pictures.fit(bytes, { signal });
        // Its text is looked for while the next one is on its way.
        const look = glances ? (picture: Uint8Array) => glance(picture, options) : undefined;
        sent.push(...picturesOf(fitted, { name, bytes, look }));
        const shown = fitted.pictures.length;
        if (fitted.frames > 1) notice(words.files.frames(name, shown, fitted.frames));
        if (stillOf !== undefined) notice(words.files.still(stillOf));
      } else {
        const document = await reader.read(
          { bytes, name, mimeType },
          { signal, languages: persona.languages, status: (sentence) => status(put(sentence, words)) },
        );
        for (const note of document.notes ?? []) notice(words.files.about(name, put(note, words)));
        documents.push({ name, document });
      }
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof UserError)) throw error;
      notice(words.files.unseen(name, error.in(words)));
    }
  }
  return { pictures: sent, documents };
}

/** A picture that came with a message, or a frame of one that moves. */
interface SentPicture {
  readonly image: ImagePart;
  /** What reading it starts from: not made smaller. */
  readonly original: Uint8Array;
  readonly glance?: Glance;
  /** Of one that moves: its name, and when this frame is shown. */
  readonly frame?: { readonly of: string; readonly atMs: number };
}

function picturesOf(
  { pictures, frames }: FittedPictures,
  {
    name,
    bytes,
    look,
  }: {
    readonly name: string;
    readonly bytes: Uint8Array;
    readonly look: ((picture: Uint8Array) => Glance) | undefined;
  },
): SentPicture[] {
  return pictures.map(({ mimeType, data, atMs = 0 }) => {
    const original = frames > 1 ? data : bytes;
    return {
      image: { type: "image", mimeType, data },
      original,
      ...(look && { glance: look(original) }),
      ...(frames > 1 && { frame: { of: name, atMs } }),
    };
  });
}

/** Which pictures are frames of which one that moves: a model sees them side by side. */
function framesIn(pictures: readonly SentPicture[]): Material[] {
  const names = new Set(pictures.flatMap(({ frame }) => (frame ? [frame.of] : [])));
  return [...names].map((name) => {
    const frames = pictures.flatMap(({ frame }, index) =>
      frame?.of === name ? [`picture ${index + 1} at ${(frame.atMs / 1000).toFixed(1)} s`] : [],
    );
    return { title: `Frames of the moving picture ${name}`, text: frames.join(", ") };
  });
}
