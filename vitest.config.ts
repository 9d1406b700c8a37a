import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/support/longest-first.ts";

const { PARLANCE_TEST_REPORT: report } = process.env;

/**
 * `unit` needs nothing but this process and ends in seconds; `real` starts servers, processes and OCR; `live` talks to the
 * real platforms, where there are tokens for it, and only when it is asked for.
 */
export default defineConfig({
  test: {
    // Most of the time they wait: for platforms that are down, for processes to start.
    maxWorkers: 5,
    // No file changes what another one sees of the program; to load all of it anew for each took half of the time.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    setupFiles: ["./test/support/same-examples.ts"],
    reporters: report ? ["default", ["json", { outputFile: report }]] : ["default"],
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/**/*.{real,live}.test.ts"],
          // For machines that do other things besides.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: "real",
          include: ["test/**/*.real.test.ts"],
          testTimeout: 240_000,
          hookTimeout: 120_000,
        },
      },
      { test: { name: "live", include: ["test/live/*.live.test.ts"], testTimeout: 120_000 } },
    ],
  },
});
