import type { InboundMessage } from "../chat.ts";
import type { PictureReader } from "../core.ts";
import { UserError } from "../errors.ts";
import { imagePart, imageTypeOf } from "../images.ts";
import type { ImagePart } from "../message.ts";
import type { Persona } from "../personas/schema.ts";
import { words } from "../words.ts";
import type { Material, Question } from "./question.ts";

/** What reading a question needs to know and may say. */
export interface ReadingOptions {
  readonly persona: Persona;
  readonly seesImages: boolean;
  readonly pictures: PictureReader;
  readonly signal: AbortSignal;
  /** Shows what is being done. */
  status(text: string): void;
  /** Tells the person what could not be used. */
  notice(sentence: string): void;
  /** Shows the text read in a picture before it is answered. */
  transcript(text: string): Promise<void>;
}

/** A larger text file would fill any window; a later chapter of it can be sent by itself. */
const mostFileBytes = 1_000_000;

/** Downloads what came with a message and makes it readable for the model. What can't be used is told, never dropped in silence. */
export async function readQuestion(message: InboundMessage, options: ReadingOptions): Promise<Question> {
  const images: ImagePart[] = [];
  const materials: Material[] = [];
  for (const attachment of message.attachments) {
    try {
      options.status(`getting ${attachment.name}`);
      const bytes = await attachment.fetch(options.signal);
      if (attachment.mimeType.startsWith("image/") || imageTypeOf(bytes))
        images.push(imagePart(bytes, attachment.name));
      else materials.push({ title: `File ${attachment.name}`, text: readText(bytes) });
    } catch (error) {
      options.signal.throwIfAborted();
      if (!(error instanceof UserError)) throw error;
      options.notice(words.unseenFile(attachment.name, error.message));
    }
  }
  const { images: mode } = options.persona;
  const transcribe = mode === "transcribe" || (images.length > 0 && !options.seesImages);
  if (transcribe && mode !== "transcribe") options.notice(words.blindModel);
  const transcripts = transcribe ? await transcribeAll(images, options) : [];
  return {
    text: message.text.trim(),
    ...(message.place !== "dm" && { sender: message.author.name }),
    images: transcribe ? [] : images,
    materials: [...transcripts, ...materials],
  };
}

function readText(bytes: Uint8Array): string {
  if (bytes.length > mostFileBytes) throw new UserError("it is larger than 1 MB.");
  if (bytes.includes(0)) throw new UserError("I can read text and pictures, and this is neither.");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes).trim();
  } catch (cause) {
    throw new UserError("it is not UTF-8 text. Please save it as UTF-8 and send it again.", { cause });
  }
}

async function transcribeAll(images: readonly ImagePart[], options: ReadingOptions): Promise<Material[]> {
  const { persona, pictures, signal } = options;
  const materials: Material[] = [];
  for (const [index, image] of images.entries()) {
    const number = index + 1;
    options.status(
      images.length === 1 ? "reading the picture" : `reading picture ${number} of ${images.length}`,
    );
    const title = `Text read in picture ${number}`;
    try {
      const { text } = await pictures.read(image.data, { languages: persona.languages, signal });
      if (text === "") options.notice(words.noText(number));
      else await options.transcript(`${words.transcript(number, images.length)}\n${quote(text)}`);
      materials.push({ title, text: text || "(no text found)" });
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof UserError)) throw error;
      options.notice(words.unread(number, error.message));
      materials.push({ title, text: `(could not be read: ${error.message})` });
    }
  }
  return materials;
}

const quote = (text: string): string => text.replaceAll(/^/gmu, "> ");
