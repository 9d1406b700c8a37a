import { pino, stdTimeFunctions, type Logger } from "pino";
import { withoutQuotes, withoutSecrets } from "./secrets.ts";

export type Log = Logger;

/** Structured lines to standard error; standard output belongs to answers. Credentials are blanked wherever they stand. */
export function createLog(level: string): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      serializers: { err: describeError },
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

/**
 * Of an error only what tells where it came from: clients hang requests, with what people wrote, onto theirs, and some
 * quote what they were sent, or the address, which may hold a token.
 */
function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return washed(String(error));
  const { name, message, stack, cause } = error;
  const known = Object.fromEntries(
    ["code", "status", "kind"].flatMap((key) => {
      const value: unknown = Reflect.get(error, key);
      return typeof value === "string" || typeof value === "number" ? [[key, value]] : [];
    }),
  );
  const because = cause !== undefined && depth < 3 ? { cause: describeError(cause, depth + 1) } : {};
  return {
    type: name,
    message: washed(message),
    ...(stack !== undefined && { stack: washed(stack) }),
    ...known,
    ...because,
  };
}

const washed = (text: string): string => withoutSecrets(withoutQuotes(text));
