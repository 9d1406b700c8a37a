/** Runs in a process of its own: decoders are native code, and a fault in one ends whatever runs them. */
import { doTasksInProcess } from "../host/in-process.ts";
import { PictureError, type PictureFault } from "./error.ts";
import { fitPicture } from "./fit.ts";
import type { FittedPictures } from "./fitted.ts";

export interface FitTask {
  readonly bytes: Uint8Array;
  readonly maxMegapixels: number;
}

export type FitResult = FittedPictures | { readonly fault: PictureFault };

await doTasksInProcess(async ({ bytes, maxMegapixels }: FitTask): Promise<FitResult> => {
  try {
    return await fitPicture(bytes, maxMegapixels);
  } catch (error) {
    if (error instanceof PictureError) return { fault: error.fault };
    throw error;
  }
});
