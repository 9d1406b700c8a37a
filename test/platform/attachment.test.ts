import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import { RateLimited, UserError } from "../../src/errors.ts";
import { download } from "../../src/platform/attachment.ts";
import { Unreachable } from "../../src/platform/trouble.ts";

const megabyte = 1024 * 1024;
const signal = new AbortController().signal;

const attachment = (request: () => Promise<Response>, size?: number) => ({
  fetch: (signal: AbortSignal) =>
    download(size, { platform: "Chat", maxBytes: megabyte, request }, signal, 1),
});

describe("a file on a platform", () => {
  test("is asked for each time anew", async () => {
    let asked = 0;
    const file = attachment(async () => new Response(`version ${++asked}`));
    expect(Buffer.from(await file.fetch(signal)).toString()).toBe("version 1");
    expect(Buffer.from(await file.fetch(signal)).toString()).toBe("version 2");
  });

  test("is not asked for at all when it is known to be too large", async () => {
    const file = attachment(() => expect.unreachable(), megabyte + 1);
    await expect(file.fetch(signal)).rejects.toThrow(new UserError("it is larger than 1 MB."));
  });

  test("is given up as soon as it turns out to be too large", async () => {
    let cancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(100_000)),
      cancel: () => void (cancelled = true),
    });
    const file = attachment(async () => new Response(endless), 10);
    await expect(file.fetch(signal)).rejects.toThrow(new UserError("it is larger than 1 MB."));
    expect(cancelled).toBe(true);
  });

  test.each([
    ["gone", async () => new Response("", { status: 404 }), "it is no longer on Chat."],
    [
      "on a server in trouble",
      async () => new Response("", { status: 503 }),
      "Chat's file server answers 503. Please send it again.",
    ],
    [
      "out of reach",
      async () => fetch("http://127.0.0.1:1/a.txt"),
      "Chat's file server can't be reached. Please send it again.",
    ],
  ])("is refused in a sentence when it is %s", async (_, request, sentence) => {
    await expect(attachment(request).fetch(signal)).rejects.toThrow(new UserError(sentence));
  });

  test.each([
    ["answers with an error", async () => new Response("", { status: 502 })],
    ["can't be reached", async () => fetch("http://127.0.0.1:1/a.txt")],
    ["does not answer", () => Promise.reject(new Unreachable("no answer"))],
    ["asks to wait", () => Promise.reject(new RateLimited(1))],
    ["breaks off", async () => fetch(await brokenOff())],
  ])("comes all the same where the platform %s for a moment", async (_, fail) => {
    let asked = 0;
    const file = attachment(() => (++asked < 3 ? fail() : Promise.resolve(new Response("whole"))));
    expect(Buffer.from(await file.fetch(signal)).toString()).toBe("whole");
  });

  test("is not waited for once nobody waits", async () => {
    const stopping = new AbortController();
    const file = attachment(async () => {
      stopping.abort();
      throw new RateLimited(30_000);
    });
    await expect(file.fetch(stopping.signal)).rejects.toBe(stopping.signal.reason);
  });

  test("tells of mistakes in code and of a stop as they are", async () => {
    const mistake = new TypeError("x is not a function");
    await expect(attachment(() => Promise.reject(mistake)).fetch(signal)).rejects.toBe(mistake);
    const stopped = AbortSignal.abort();
    await expect(
      attachment(() => fetch("http://127.0.0.1:1/", { signal: stopped })).fetch(stopped),
    ).rejects.toBe(stopped.reason);
  });
});

/** The address of a file of which half comes, once. */
async function brokenOff(): Promise<string> {
  const server = createServer((_, response) => {
    response.writeHead(200, { "content-length": "10" }).write("half");
    setTimeout(() => response.destroy(), 5);
    server.close();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
