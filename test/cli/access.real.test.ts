import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { createAccess } from "../../src/access/access.ts";
import { answerAccess } from "../../src/access/answer-access.ts";
import { accessSchema } from "../../src/access/schema.ts";
import { answerLocally } from "../../src/local-line.ts";
import { openStore } from "../../src/store/open.ts";
import { parlance, parlanceHere } from "../support/command-line.ts";
import { makeFolder } from "../support/folder.ts";

const told = { place: "fake:club", name: "#korean", event: "e1", code: "ABC-234" };

function inFolder() {
  const cwd = makeFolder();
  const dataFolder = join(cwd, "data");
  const options = { cwd, env: { PARLANCE_DATA: dataFolder } };
  const call = (...args: string[]) => parlanceHere(["access", ...args], options);
  /** As a process of its own, beside the bot's. */
  const callBeside = (...args: string[]) => parlance(["access", ...args], options);
  return { dataFolder, call, callBeside };
}

/** Has the data folder for itself, as a running bot has. */
async function runBot(dataFolder: string) {
  const store = await openStore({ dataFolder });
  const access = createAccess({ settings: accessSchema.parse({}), grants: store.grants });
  const line = await answerLocally(dataFolder, (args) => answerAccess(access, args));
  const stop = async () => {
    await line.close();
    await store.close();
  };
  return { store, access, stop };
}

describe("parlance access", () => {
  test("makes a code for an owner, allows, lists and takes back while no bot runs", async () => {
    const { dataFolder, call } = inFolder();
    expect((await call("list")).out).toMatch(/^Nobody was allowed anything here/u);
    const { out, code } = await call("owner");
    expect(code).toBe(0);
    const [, claim = ""] = /^\/own (\S+)$/mu.exec(out) ?? [];
    const { store, access, stop } = await runBot(dataFolder);
    expect(await access.claimOwnership(claim, { id: "fake:kim", name: "Kim" })).toBe("owner");
    await store.grants.request(told, Date.now());
    await stop();
    expect((await call("list")).out).toBe(
      "owner    fake:kim (Kim)\nasks     fake:club (#korean): parlance access allow ABC-234\n",
    );
    expect((await call("allow", "abc234")).out).toBe("Allowed: #korean (fake:club).\n");
    expect((await call("list")).out).toBe("allowed  fake:club (#korean)\nowner    fake:kim (Kim)\n");
    expect((await call("revoke", "fake:club")).out).toBe("Taken back: fake:club.\n");
    expect((await call("list")).out).toBe("owner    fake:kim (Kim)\n");
  });

  test("does the same through the bot that runs on the data folder, which it has for itself", async () => {
    const { dataFolder, callBeside } = inFolder();
    const { store, access, stop } = await runBot(dataFolder);
    onTestFinished(stop);
    await store.grants.request(told, Date.now());
    expect(await callBeside("allow", "ABC-234")).toEqual({
      code: 0,
      out: "Allowed: #korean (fake:club).\n",
      err: "",
    });
    expect(await store.grants.has("fake:club", "allowed")).toBe(true);
    const [, claim = ""] = /^\/own (\S+)$/mu.exec((await callBeside("owner")).out) ?? [];
    expect(await access.claimOwnership(claim, { id: "fake:kim", name: "Kim" })).toBe("owner");
    const { code, err } = await callBeside("allow", "XYZ-999");
    expect(err).toContain("I don't know the code “XYZ-999”");
    expect(code).toBe(1);
  });

  test.skipIf(process.platform === "win32")(
    "the line to a running bot is for this user alone, and goes with it",
    async () => {
      const { dataFolder } = inFolder();
      const { stop } = await runBot(dataFolder);
      const path = join(dataFolder, "parlance.sock");
      expect(statSync(path).mode & 0o777).toBe(0o600);
      await stop();
      expect(existsSync(path)).toBe(false);
    },
  );

  test.skipIf(process.platform === "win32")("a bot that was killed leaves nothing in the way", async () => {
    const { dataFolder, callBeside } = inFolder();
    await (await openStore({ dataFolder })).close();
    const path = join(dataFolder, "parlance.sock");
    const listen = `require("node:net").createServer().listen(${JSON.stringify(path)}, () => console.log("ready"))`;
    const killed = spawn(process.execPath, ["-e", listen], { stdio: ["ignore", "pipe", "inherit"] });
    await once(killed.stdout, "data");
    killed.kill("SIGKILL");
    await once(killed, "exit");
    expect(existsSync(path)).toBe(true);
    expect((await callBeside("list")).code).toBe(0);
    const { stop } = await runBot(dataFolder);
    expect((await callBeside("list")).code).toBe(0);
    await stop();
  });

  test.each([[[]], [["alow", "ABC"]], [["allow"]], [["list", "all"]], [["revoke", "a", "b"]]])(
    "what it can't do with %j is said with what it can",
    async (args: string[]) => {
      const { call } = inFolder();
      expect(await call(...args)).toEqual({
        code: 1,
        out: "",
        err: "Write: parlance access list | allow CODE | revoke PLACE | owner\n",
      });
    },
  );
});
