import { commonColourShare } from "./pixels.ts";
import type { PreparedPicture } from "./prepare.ts";
import { photoLayouts, readPage, screenLayouts } from "./read-page.ts";
import { readSubtitle } from "./read-subtitle.ts";
import type { Recognize } from "./recognizer.ts";
import { emptyTranscript, lettersIn, strengthOf, toTranscript, type Transcript } from "./transcript.ts";

/** A picture this full of one colour is a page or a screen, not a film's frame. */
const pageShare = 0.5;
/** Below this the other languages are tried too. */
const sureEnough = 75;
/** Below these the other way of reading is tried too; a frame is seldom better read as a page. */
const likelyPage = 75;
const likelyFrame = 55;

/** Less sure lines of a photo that is no frame with subtitles are leaves and tiles that passed for letters. */
const texture = 50;

/**
 * Reads a picture as what it seems to be, a frame with subtitles or a page, and the other way when that reads
 * badly. `hints` are the likely languages; the rest of `languages` is tried when they read badly.
 */
export async function readPicture(
  picture: PreparedPicture,
  { languages, hints }: { languages: readonly string[]; hints: readonly string[] },
  recognize: Recognize,
): Promise<Transcript> {
  const hinted = hints.length === 0 ? undefined : await readBothWays(picture, hints, recognize);
  if (hinted !== undefined && hinted.confidence >= sureEnough) return hinted;
  const rest = languages.filter((language) => !hints.includes(language));
  if (hinted !== undefined && rest.length === 0) return hinted;
  const wide = await readBothWays(picture, [...hints, ...rest], recognize);
  return hinted !== undefined && strengthOf(hinted.lines) >= strengthOf(wide.lines) ? hinted : wide;
}

/** From here on a reading is text beyond doubt, ... */
const sureOfPage = 80;
const sureOfFrame = 88;
/** ... where there is so much of it: two strokes of a fence read as a letter too. */
const fewestLetters = 3;

/** Reads a picture only as what it seems to be, and gives only what is read surely: empty for a photo of anything else. */
export async function glanceAtPicture(
  picture: PreparedPicture,
  { languages, hints }: { languages: readonly string[]; hints: readonly string[] },
  recognize: Recognize,
): Promise<Transcript> {
  const { isPage, likely } = waysToRead(picture, [...new Set([...hints, ...languages])], recognize);
  const reading = await likely();
  const isSure = reading.confidence >= (isPage ? sureOfPage : sureOfFrame);
  return isSure && lettersIn(reading.text) >= fewestLetters ? reading : emptyTranscript;
}

async function readBothWays(
  picture: PreparedPicture,
  languages: readonly string[],
  recognize: Recognize,
): Promise<Transcript> {
  const { isPage, likely, other } = waysToRead(picture, languages, recognize);
  const first = await likely();
  if (first.confidence >= (isPage ? likelyPage : likelyFrame)) return first;
  const second = await other();
  return strengthOf(second.lines) > strengthOf(first.lines) ? second : first;
}

/** What a picture seems to be, and the two ways to read it. */
function waysToRead(picture: PreparedPicture, languages: readonly string[], recognize: Recognize) {
  const isPage = commonColourShare(picture.rgb) >= pageShare;
  const asSubtitle = (): Promise<Transcript> => readSubtitle(picture.rgb, languages, recognize);
  const asPage = async (): Promise<Transcript> => {
    const page = { gray: await picture.page(), layouts: isPage ? screenLayouts : photoLayouts };
    const reading = await readPage(page, languages, recognize);
    const lines = reading.lines.filter(({ confidence }) => isPage || confidence >= texture);
    return toTranscript(reading.language, lines);
  };
  return isPage
    ? { isPage, likely: asPage, other: asSubtitle }
    : { isPage, likely: asSubtitle, other: asPage };
}
