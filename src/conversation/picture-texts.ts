import type { PictureLine, PictureReader } from "../core.ts";
import { UserError } from "../errors.ts";
import type { Persona } from "../personas/schema.ts";
import { noText, pictureMaterial, type PictureText, unreadText } from "../transcripts/transcript.ts";
import type { Words } from "../words/words.ts";
import type { Material } from "./question.ts";

interface TextOptions {
  readonly persona: Persona;
  readonly pictures: PictureReader;
  readonly words: Words;
  readonly signal: AbortSignal;
  readonly status: (text: string) => void;
  readonly notice: (sentence: string) => void;
  /** Shows the text read in one of so many pictures before it is answered. */
  readonly transcript: (text: PictureText, of: number) => Promise<void>;
}

/** Reads the text of pictures and shows it, one after the other; what can't be read is told. */
export async function transcribe(pictures: readonly Uint8Array[], options: TextOptions): Promise<Material[]> {
  const { persona, signal, words } = options;
  const { files } = words;
  const materials: Material[] = [];
  for (const [index, bytes] of pictures.entries()) {
    const picture = index + 1;
    options.status(
      pictures.length === 1 ? files.readingPicture : files.readingPictures(picture, pictures.length),
    );
    const { title } = pictureMaterial({ picture, lines: [], doubtful: [] });
    try {
      const { lines } = await options.pictures.read(bytes, { languages: persona.languages, signal });
      if (lines.length === 0) {
        options.notice(files.noText(picture));
        materials.push({ title, text: noText });
      } else {
        const text = textOf(picture, lines);
        await options.transcript(text, pictures.length);
        materials.push(pictureMaterial(text));
      }
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof UserError)) throw error;
      options.notice(files.unread(picture, error.in(words)));
      materials.push({ title, text: unreadText(error.message) });
    }
  }
  return materials;
}

const textOf = (picture: number, lines: readonly PictureLine[]): PictureText => ({
  picture,
  lines: lines.map(({ text }) => text),
  doubtful: lines.flatMap(({ isDoubtful }, line) => (isDoubtful ? [line + 1] : [])),
});

/** A text that goes along with a picture where it is sure and there in time; else the picture says enough. */
export type Glance = Promise<readonly PictureLine[]>;

/** Looks for text in a picture that the model sees. Never rejects: what fails here is nobody's trouble. */
export function glance(
  bytes: Uint8Array,
  { pictures, persona, signal }: Pick<TextOptions, "pictures" | "persona" | "signal">,
): Glance {
  return pictures.read(bytes, { languages: persona.languages, signal, isGlance: true }).then(
    ({ lines }) => lines,
    () => [],
  );
}

/** How long an answer waits at most for what it would begin without as well, once all else is ready. */
const patienceMs = 1500;

/** What was seen in time. */
export async function glimpsed(glances: readonly Glance[], signal: AbortSignal): Promise<Material[]> {
  if (glances.length === 0) return [];
  const over = Promise.withResolvers<readonly PictureLine[]>();
  const timer = setTimeout(() => over.resolve([]), patienceMs);
  const seen = await Promise.all(glances.map((each) => Promise.race([each, over.promise])));
  clearTimeout(timer);
  signal.throwIfAborted();
  return seen.flatMap((lines, index) =>
    lines.length === 0 ? [] : [pictureMaterial({ ...textOf(index + 1, lines), isUnshown: true })],
  );
}
