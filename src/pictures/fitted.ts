import type { ImageType } from "../message.ts";

/** A picture as every vendor takes it. */
export interface FittedPicture {
  readonly mimeType: ImageType;
  readonly data: Uint8Array;
  /** When it is shown, in milliseconds from the start, of a picture that moves. */
  readonly atMs?: number;
}

/** A picture, or a few telling frames of one that moves. */
export interface FittedPictures {
  readonly pictures: readonly FittedPicture[];
  /** How many frames it has. */
  readonly frames: number;
}
