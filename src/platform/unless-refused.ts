import type { Log } from "../log.ts";

/** Whether a feature may be used. A call that is refused is blamed on one it asked about. */
export type Has<Feature extends string> = (feature: Feature) => boolean;

/**
 * Calls with all features that not every place has, and when one is refused at once again without it, as are all calls
 * from then on. `blame` tells which feature an error speaks against, if any.
 */
export function createUnlessRefused<Feature extends string>(
  blame: (error: unknown) => Feature | undefined,
  log: Log,
) {
  const refused = new Set<Feature>();
  return async function call<Result>(request: (has: Has<Feature>) => Promise<Result>): Promise<Result> {
    const used = new Set<Feature>();
    const has = (feature: Feature): boolean => !refused.has(feature) && Boolean(used.add(feature));
    try {
      return await request(has);
    } catch (error) {
      const feature = blame(error);
      if (feature === undefined || !used.has(feature)) throw error;
      refused.add(feature);
      log.info({ err: error, feature }, "refused here; I do without from now on");
      return await call(request);
    }
  };
}
