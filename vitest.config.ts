import { defineConfig } from "vitest/config";

const { PARLANCE_TEST_REPORT: report } = process.env;

/** `unit` needs nothing but this process and ends in seconds; `real` starts servers, processes and OCR. */
export default defineConfig({
  test: {
    reporters: report ? ["default", ["json", { outputFile: report }]] : ["default"],
    projects: [
      { test: { name: "unit", include: ["test/**/*.test.ts"], exclude: ["test/**/*.real.test.ts"] } },
      {
        test: {
          name: "real",
          include: ["test/**/*.real.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
