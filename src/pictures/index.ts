import type { PictureFitter } from "../core.ts";
import { createThreadHost } from "../host/thread.ts";
import { PictureError } from "./error.ts";
import { checkPicture } from "./kind.ts";
import type { FitResult, FitTask } from "./thread.ts";

const bounds = { seconds: 20, memoryMb: 256, atOnce: 2, warmMs: 60_000 };

/** Loads nothing before the first picture. */
export function createPictureFitter({
  maxMegapixels,
}: {
  readonly maxMegapixels: number;
}): PictureFitter & { stop(): Promise<void> } {
  const host = createThreadHost<FitTask, FitResult>(new URL("./thread.ts", import.meta.url), bounds);
  return {
    async fit(bytes, { signal }) {
      checkPicture(bytes);
      const result = await host.run({ bytes, maxMegapixels }, { signal });
      if ("fault" in result) throw new PictureError(result.fault);
      return result;
    },
    stop: () => host.stop(),
  };
}
