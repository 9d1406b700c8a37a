import type { PictureFitter } from "../core.ts";
import { TaskFailed } from "../host/host.ts";
import { createProcessHost } from "../host/process.ts";
import type { Log } from "../log.ts";
import { PictureError } from "./error.ts";
import { checkPicture } from "./kind.ts";
import type { FitResult, FitTask } from "./fitting-process.ts";

/** What a picture takes when it is decoded has nothing to do with its file: AVIF of a kilobyte takes 1.5 GB at 64 megapixels. */
const bounds = {
  seconds: 20,
  memoryMb: 1_000,
  answerMb: 32,
  atOnce: 2,
  warmMs: 60_000,
  needs: { nativeCode: true },
} as const;

/** Loads nothing before the first picture. */
export function createPictureFitter({
  maxMegapixels,
  log,
}: {
  readonly maxMegapixels: number;
  readonly log?: Log;
}): PictureFitter & { stop(): Promise<void> } {
  const host = createProcessHost<FitTask, FitResult>(
    new URL("./fitting-process.ts", import.meta.url),
    bounds,
  );
  return {
    async fit(bytes, { signal }) {
      checkPicture(bytes);
      const result = await host.run({ bytes, maxMegapixels }, { signal }).catch((err: unknown) => {
        if (err instanceof TaskFailed) log?.warn({ err }, "a picture could not be opened");
        throw err;
      });
      if ("fault" in result) throw new PictureError(result.fault);
      return result;
    },
    stop: () => host.stop(),
  };
}
