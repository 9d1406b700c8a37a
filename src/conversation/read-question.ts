import type { Attachment, InboundMessage } from "../chat.ts";
import type { PictureReader } from "../core.ts";
import type { Document, DocumentReader } from "../documents/document.ts";
import { UserError } from "../errors.ts";
import { imagePart, imageTypeOf } from "../images.ts";
import type { ImagePart } from "../message.ts";
import type { Persona } from "../personas/schema.ts";
import { put, type Words } from "../words/words.ts";
import type { Material, Question } from "./question.ts";

/** What reading a question needs to know and may say. */
export interface ReadingOptions {
  readonly persona: Persona;
  readonly seesImages: boolean;
  readonly pictures: PictureReader;
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
  /** Shows the text read in a picture before it is answered. */
  readonly transcript: (text: string) => Promise<void>;
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
  const { images, documents } = await gather(message, options);
  const transcribe = options.persona.images === "transcribe" || (images.length > 0 && !options.seesImages);
  if (transcribe && options.persona.images !== "transcribe") options.notice(options.words.files.blindModel);
  const transcripts = transcribe ? await transcribeAll(images, options) : [];
  return {
    text: message.text.trim(),
    ...(message.place !== "dm" && { sender: message.author.name }),
    images: transcribe ? [] : images,
    materials: [...quotedText(message), ...transcripts],
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
  { persona, documents: reader, download, signal, status, notice, words }: ReadingOptions,
): Promise<{ images: readonly ImagePart[]; documents: readonly SentDocument[] }> {
  const images: ImagePart[] = [];
  const documents: SentDocument[] = [];
  for (const attachment of [...(quoted?.attachments ?? []), ...attachments]) {
    const { name, mimeType } = attachment;
    try {
      status(words.files.getting(name));
      const bytes = await download(attachment, signal);
      if (mimeType.startsWith("image/") || imageTypeOf(bytes)) images.push(pictureOf(bytes));
      else {
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
  return { images, documents };
}

function pictureOf(bytes: Uint8Array): ImagePart {
  if (!imageTypeOf(bytes)) throw new UserError((words) => words.files.notPicture);
  return imagePart(bytes, "it");
}

async function transcribeAll(images: readonly ImagePart[], options: ReadingOptions): Promise<Material[]> {
  const { persona, pictures, signal, words } = options;
  const { files } = words;
  const materials: Material[] = [];
  for (const [index, image] of images.entries()) {
    const number = index + 1;
    options.status(images.length === 1 ? files.readingPicture : files.readingPictures(number, images.length));
    const title = `Text read in picture ${number}`;
    try {
      const { text } = await pictures.read(image.data, { languages: persona.languages, signal });
      if (text === "") options.notice(files.noText(number));
      else await options.transcript(`${files.transcript(number, images.length)}\n${quote(text)}`);
      materials.push({ title, text: text || "(no text found)" });
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof UserError)) throw error;
      options.notice(files.unread(number, error.in(words)));
      materials.push({ title, text: `(could not be read: ${error.message})` });
    }
  }
  return materials;
}

const quote = (text: string): string => text.replaceAll(/^/gmu, "> ");
