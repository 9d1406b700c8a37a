import { defineConfig } from "vitest/config";

const { PARLANCE_TEST_REPORT: report } = process.env;

/**
 * `unit` needs nothing but this process and ends in seconds; `real` starts servers, processes and OCR; `live` talks to the
 * real platforms, where there are tokens for it, and only when it is asked for.
 */
export default defineConfig({
  test: {
    reporters: report ? ["default", ["json", { outputFile: report }]] : ["default"],
    projects: [
      { test: { name: "unit", include: ["test/**/*.test.ts"], exclude: ["test/**/*.{real,live}.test.ts"] } },
      {
        test: {
          name: "real",
          include: ["test/**/*.real.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      { test: { name: "live", include: ["test/live/*.live.test.ts"], testTimeout: 120_000 } },
    ],
  },
});
