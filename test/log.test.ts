import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { root } from "./support/command-line.ts";

/** Runs code that logs in a process of its own: the log goes to standard error. */
function logged(code: string): string {
  const program = `import { createLog } from "./src/log.ts"; const log = createLog("info"); ${code}`;
  const { stderr } = spawnSync(process.execPath, ["--input-type=module-typescript", "-e", program], {
    cwd: root,
    encoding: "utf8",
  });
  return stderr;
}

test("an error is logged without what its client hung onto it", () => {
  const line = logged(
    `const error = Object.assign(new Error("refused", { cause: new Error("socket") }), { code: 50013, requestBody: { content: "private words" }, token: "abc" });
     log.warn({ err: error }, "not delivered");`,
  );
  expect(JSON.parse(line)).toMatchObject({
    level: "warn",
    msg: "not delivered",
    err: { message: "refused", code: 50013, cause: { message: "socket" } },
  });
  expect(line).not.toMatch(/private words|abc/u);
});

test("credentials are blanked, and a level is heeded", () => {
  const line = logged(
    'log.debug("quiet"); log.info({ provider: { apiKey: "sk-1" }, token: "t-1" }, "loud");',
  );
  expect(line).toContain("[hidden]");
  expect(line).not.toMatch(/quiet|sk-1|t-1/u);
});

test("an error that quotes what came, or an address with a token in it, is logged without that", () => {
  const line = logged(
    `const quoting = (() => { try { JSON.parse("k3y-of-one"); } catch (error) { return error; } })();
     const address = "https://files.example/file/bot7000002:AAF-wrong-Qx7Zp9-token-of-35-letters/photos/1.jpg";
     log.warn({ err: new Error("Failed to parse URL from " + address, { cause: quoting }) }, "not downloaded");`,
  );
  expect(JSON.parse(line)).toMatchObject({
    err: {
      message: "Failed to parse URL from https://files.example/file/bot[key]/photos/1.jpg",
      cause: { message: "what came is not valid JSON" },
    },
  });
  expect(line).not.toMatch(/k3y|Qx7Zp9/u);
});
