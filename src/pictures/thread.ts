/** Runs in threads of their own: decoding takes long, and whatever decodes is no place for what people send. */
import { doTasksInThread } from "../host/in-thread.ts";
import { PictureError, type PictureFault } from "./error.ts";
import { fitPicture } from "./fit.ts";
import type { FittedPictures } from "./fitted.ts";

export interface FitTask {
  readonly bytes: Uint8Array;
  readonly maxMegapixels: number;
}

export type FitResult = FittedPictures | { readonly fault: PictureFault };

doTasksInThread(async ({ bytes, maxMegapixels }: FitTask): Promise<FitResult> => {
  try {
    return await fitPicture(bytes, maxMegapixels);
  } catch (error) {
    if (error instanceof PictureError) return { fault: error.fault };
    throw error;
  }
});
