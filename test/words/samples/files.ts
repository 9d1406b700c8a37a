import type { Words } from "../../../src/words/words.ts";
import type { Samples } from "./samples.ts";

export const files: Samples<Words["files"]> = {
  getting: [["NAME"]],
  readingPictures: [[2, 5]],
  transcript: [
    [1, 1],
    [2, 5],
  ],
  unread: [[2, "REASON"]],
  noText: [[2]],
  unseen: [["NAME", "REASON"]],
  tooLarge: [[25]],
  tooLong: [[1_000_000]],
  about: [["NAME", "NOTE"]],
  gone: [["PLATFORM"]],
  serverFails: [["PLATFORM", 503]],
  serverAway: [["PLATFORM"]],
  keptElsewhere: [["PLATFORM"]],
  notAllowed: [["PLATFORM", "SCOPE"]],
  noAnswer: [["PLATFORM"]],
  tookTooLong: [[20]],
  tookTooMuch: [[400]],
  gaveTooMuch: [[20]],
  pictureFileTooLarge: [[31, 25]],
  pictureTooLarge: [[9000, 7000, 40]],
  pictureUnknown: [[["KIND", "OTHER"]]],
  pictureKind: [["KIND"]],
  pictureTooSlow: [[60]],
  noLanguageData: [["LANGUAGE", "INSTALL"]],
};
