import type { LookupAddress } from "node:dns";
import type { RequestListener } from "node:http";
import { constants, createGzip, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { answer } from "../support/events.ts";
import { call, stop } from "../support/scripted-model.ts";
import { testBot, testPersona } from "../support/test-core.ts";
import { webServer } from "../support/web-server.ts";

const address = (address: string): LookupAddress => ({ address, family: 4 });
const deep = 50_000;

/** What each host has for who reads it. */
const sites: Readonly<Record<string, RequestListener>> = {
  "changes.example": (_, response) => void response.end("The router's password is hunter2."),
  "sends-on.example": (_, response) =>
    void response.writeHead(302, { location: "http://169.254.169.254/latest/meta-data/" }).end(),
  "endless.example": (_, response) => {
    response.setHeader("content-type", "text/plain");
    const more = (): void => {
      while (!response.destroyed && response.write("and so on ".repeat(1_000)));
    };
    response.on("drain", more);
    more();
  },
  "packed.example": (_, response) => {
    response.writeHead(200, { "content-type": "text/plain", "content-encoding": "gzip" });
    const zip = createGzip({ level: constants.Z_BEST_SPEED });
    zip.pipe(response);
    zip.end(Buffer.alloc(20_000_000));
  },
  "slow.example": (_, response) => void response.write("wait"),
  "deep.example": (_, response) => {
    response.writeHead(200, { "content-type": "text/html", "content-encoding": "gzip" });
    response.end(gzipSync(`<!doctype html>${"<div>".repeat(deep)}At the bottom.${"</div>".repeat(deep)}`));
  },
};

/** What the model is told of each; it tells the person. One is only odd, and read. */
const told: Readonly<Record<string, string>> = {
  "changes.example": "changes.example is not on the public internet, so I don't open it.",
  "sends-on.example": "169.254.169.254 is not on the public internet, so I don't open it.",
  "endless.example": "The page at endless.example is larger than 1 MB.",
  "packed.example": "The page at packed.example is larger than 1 MB.",
  "slow.example": "slow.example did not give me the page within 2 seconds.",
  "deep.example": "At the bottom.",
};

test("a hostile site is one sentence, reaches nothing of ours, and the next message is answered", async () => {
  const lookups: string[] = [];
  // For its robots.txt it is where it says; for its page it is in the network of who runs the bot.
  const resolve = async (host: string): Promise<readonly LookupAddress[]> => {
    lookups.push(host);
    const before = lookups.filter((each) => each === host).length;
    return [address(host === "changes.example" && before > 1 ? "10.0.0.1" : "127.0.0.1")];
  };
  const server = await webServer((request, response) => {
    response.setHeader("connection", "close");
    const host = request.headers.host?.split(":", 1)[0] ?? "";
    if (request.url === "/robots.txt") response.writeHead(404).end();
    else sites[host]?.(request, response);
  }, resolve);
  const hosts = Object.keys(sites);
  const urls = hosts.map((host) => `http://${host}:${server.port}/`);
  const bot = await testBot({
    personas: [testPersona("assistant", { tools: ["read_page"] })],
    reach: server.reach,
    scripts: [
      [...urls.map((url, index) => call("read_page", { url }, `call_${index}`)), stop("tools")],
      answer("I can't."),
      answer("Yes."),
    ],
  });
  await bot.say(`What do these say? ${urls.join(" ")}`);
  const results = bot.model.requests[1]?.messages.at(-1)?.parts ?? [];
  expect(results.map((part) => ("text" in part ? part.text : ""))).toEqual(
    hosts.map((host) => expect.stringContaining(told[host] ?? "")),
  );
  expect(lookups.filter((host) => host === "changes.example")).toHaveLength(2);
  await bot.say("Are you still there?");
  expect(bot.last()).toBe("Yes.");
});
