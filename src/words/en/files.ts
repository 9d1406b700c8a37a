import { amount, counted, listed } from "../format.ts";

/** A line of a picture: of how many pictures it is, and of how many lines. */
interface PictureLinePlace {
  readonly picture: number;
  readonly of: number;
  readonly line: number;
  readonly lines: number;
}

/** Files and pictures that come with a message. What can't be used is a sentence after the file's name and a colon. */
export const fileWords = {
  getting: (name: string): string => `getting ${name}`,
  readingPicture: "reading the picture",
  readingPictures: (number: number, of: number): string => `reading picture ${number} of ${of}`,
  transcript: (picture: number, of: number): string =>
    of === 1 ? "I read in the picture:" : `I read in picture ${picture}:`,
  frames: (name: string, shown: number, of: number): string =>
    shown === 1
      ? `${name} moves: I look at its first frame.`
      : `${name} moves: I look at ${shown} of its ${of} frames.`,
  still: (name: string): string => `${name} moves: I see one still picture of it, and hear nothing.`,
  movingDrawing: "it is a drawing that moves, which I can't play. A screenshot of it will do.",
  correctedTranscript: (picture: number, of: number): string =>
    of === 1 ? "As you corrected it, the picture says:" : `As you corrected it, picture ${picture} says:`,
  hardToRead: (lines: readonly number[], of: number): string =>
    of === 1
      ? "It is hard to read: please check it."
      : `${lines.length === 1 ? "Line" : "Lines"} ${listed("en", lines.map(String))} ${lines.length === 1 ? "is" : "are"} hard to read: please check.`,
  readsOtherwise: (line: number, of: number, text: string): string =>
    of === 1 ? `The model reads: ${text}` : `Line ${line}: the model reads ${text}`,
  fix: "Fix",
  howToFix: (lines: number, isNext: boolean): string =>
    `${isNext ? "Write the right text as your next message here" : "Reply to this message with the right text"}, and I answer again. ${lines === 1 ? "" : "One line is enough, such as `2: …`. "}This is what I have:`,
  cantFix: "I no longer have the text of that picture: please send it again.",
  unread: (picture: number, reason: string): string => `I could not read picture ${picture}: ${reason}`,
  noText: (picture: number): string => `I found no text in picture ${picture}.`,
  blindModel: "The model that answers can't see pictures, so it gets the text I read in them.",
  blindModels: (models: readonly string[]): string =>
    models.length === 1
      ? `${models[0]} can't see pictures, so it gets the text I read in them.`
      : `${listed("en", models)} can't see pictures, so they get the text I read in them.`,
  readDifferently: ({ picture, of, line, lines }: PictureLinePlace, read: string, written: string): string =>
    `In ${lines === 1 ? "" : `line ${line} of `}${of === 1 ? "the picture" : `picture ${picture}`} I read “${read}”; the model wrote “${written}”.`,
  unseen: (name: string, reason: string): string => `I left out ${name}: ${reason}`,

  tooLarge: (megabytes: number): string => `it is larger than ${megabytes} MB.`,
  tooLargeToSend: (platform: string, megabytes: number): string =>
    `It is larger than ${megabytes} MB, the most that ${platform} takes from me.`,
  tooLong: (characters: number): string =>
    `it has more than ${amount("en", characters)} characters. Please send the part that you mean.`,
  about: (name: string, note: string): string => `${name}: ${note}`,
  gone: (platform: string): string => `it is no longer on ${platform}.`,
  serverFails: (platform: string, status: number): string =>
    `${platform}'s file server answers ${status}. Please send it again.`,
  serverAway: (platform: string): string =>
    `${platform}'s file server can't be reached. Please send it again.`,
  keptElsewhere: (platform: string): string =>
    `it is not kept in ${platform}, so I can't read it. Please upload it here.`,
  notAllowed: (platform: string, scope: string): string =>
    `${platform} does not let me read it. Whoever runs me can add the scope ${scope} to the ${platform} app and install it again.`,
  noAnswer: (platform: string): string => `${platform} can't be asked for it now. Please send it again.`,

  locked: "it is locked with a password. Please send it without one.",
  copyProtected: "it is copy-protected, so I can't read it.",
  damaged: (kind: string): string => `it is damaged or cut short, and can't be read as ${kind}.`,
  program: "it is a program, whatever its name says, so I did not open it.",
  media: "it is sound or video, which I can't take in yet.",
  cantOpen: (format: string): string =>
    `I can't open ${format} files. Please send what is in it by itself, or as ZIP.`,
  cantRead: (format: string): string =>
    `I can't read ${format} files. Please save it as XLSX or PDF and send it again.`,
  oldOffice:
    "it is in the old DOC, XLS or PPT format. Please save it as DOCX, XLSX or PPTX and send it again.",
  bomb: (megabytes: number): string =>
    `unpacked, it would be larger than ${megabytes} MB, so I left it packed.`,
  noWords: "I found no text in it.",
  readingPage: (page: number, of: number): string => `reading page ${page} of ${of}`,
  pagesLeftOut: (read: number, of: number): string => `it has ${of} pages; I read the first ${read}.`,
  partsLeftOut: (read: number, of: number): string => `it has ${of} parts; I read the first ${read}.`,
  rowsLeftOut: (sheet: string, read: number, of: number): string =>
    `${sheet === "" ? "it" : `the sheet ${sheet}`} has ${amount("en", of)} rows; I read the first ${amount("en", read)}.`,
  textLeftOut: (characters: number): string =>
    `I read its first ${amount("en", characters)} characters and left out the rest.`,
  pagesByOcr: (read: number, of: number): string =>
    read === of
      ? `${counted("en", of, "page is a picture", "pages are pictures")} of text; I read the text by OCR, so there may be slips.`
      : `${counted("en", of, "page is a picture", "pages are pictures")} of text; I read ${read} by OCR and left out the others.`,
  onlyListed: (listed: number, of: number): string =>
    listed === of
      ? "it is an archive, so I see only what is in it. To have something read, send it by itself."
      : `it is an archive of ${amount("en", of)} files; I see the names of the first ${amount("en", listed)}. To have something read, send it by itself.`,
  neither: "I can read documents, text and pictures, and this is none of them.",
  empty: "it is empty.",
  tookTooLong: (seconds: number): string => `it took longer than ${seconds} s, so I gave up on it.`,
  tookTooMuch: (megabytes: number): string =>
    `it needed more than ${megabytes} MB of memory, so I gave up on it.`,
  gaveTooMuch: (megabytes: number): string => `it holds more than ${megabytes} MB of text.`,
  brokeReader: "what I read it with broke down over it. It may be damaged.",

  pictureFileTooLarge: (megabytes: number, most: number): string =>
    `its file has ${megabytes} MB; I take at most ${most} MB. Please send a smaller copy.`,
  pictureTooLarge: (width: number, height: number, megapixels: number): string =>
    `it is too large (${width} x ${height} pixels; I take at most ${megapixels} megapixels). Please send a smaller copy.`,
  pictureDamaged: "it is damaged or cut short. Please send it again.",
  pictureUnknown: (kinds: readonly string[]): string =>
    `it is no picture that I can open. I know ${listed("en", kinds)}.`,
  pictureKind: (kind: string): string =>
    `I can't open ${kind} as a picture. Please send it as PNG or JPEG; a screenshot will do.`,
  pictureTooSlow: (seconds: number): string =>
    `reading its text took longer than ${seconds} s, so I gave up. Please send only the part with the text.`,
  damagedLanguageData: (language: string, repair: string): string =>
    `my data for reading \`${language}\` is damaged. Whoever runs me can repair it with \`${repair}\`.`,
  noLanguageData: (language: string, install: string): string =>
    `reading pictures in the language \`${language}\` needs its data: run \`${install}\`, or take it out of \`ocr.languages\`.`,
};
