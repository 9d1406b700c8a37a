import { describe, test } from "vitest";
import { loadConfig } from "../../src/config.ts";
import { adaptersFor } from "../support/adapters.ts";
import { makeFolder } from "../support/folder.ts";
import { smoke } from "../support/smoke.ts";
import { testBot } from "../support/test-core.ts";

/** Where to talk: a thread id such as `telegram:123456`, `discord:<channel>` or `slack:<channel>`, per platform. */
const threads = {
  telegram: process.env["LIVE_TELEGRAM"],
  discord: process.env["LIVE_DISCORD"],
  slack: process.env["LIVE_SLACK"],
};

describe.each(Object.entries(threads))("on the real %s", (platform, thread) => {
  test.skipIf(!thread)("an answer is said, changed, and taken back", async () => {
    const { platforms } = loadConfig({ env: process.env, cwd: makeFolder() });
    const adapters = await adaptersFor({ platforms }, (await testBot()).core);
    const adapter = adapters.find((each) => each.platform === platform);
    if (!adapter) throw new Error(`LIVE_${platform.toUpperCase()} is set, but not the token of ${platform}`);
    await smoke(adapter, thread ?? "");
    await adapter.close?.();
  });
});
