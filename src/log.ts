import { pino, stdTimeFunctions, type Logger } from "pino";

export type Log = Logger;

/** Structured lines to standard error; standard output belongs to answers. Credentials are blanked wherever they stand. */
export function createLog(level: string): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: {
        paths: [
          "apiKey",
          "*.apiKey",
          "authorization",
          "*.authorization",
          "headers",
          "*.headers",
          "token",
          "*.token",
        ],
        censor: "[hidden]",
      },
    },
    pino.destination({ fd: 2, sync: true }),
  );
}
