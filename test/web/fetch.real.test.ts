import type { RequestListener } from "node:http";
import { constants, createGzip } from "node:zlib";
import { describe, expect, test } from "vitest";
import { UserError } from "../../src/errors.ts";
import { createFetch, type FetchOptions } from "../../src/web/fetch.ts";
import { webServer } from "../support/web-server.ts";

const options: FetchOptions = {
  signal: new AbortController().signal,
  maxBytes: 1_000_000,
  deadlineMs: 600,
};
const page: RequestListener = (_, response) => response.end("hello");

/** What a person or model is told, which is never anything but a sentence of ours. */
async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(UserError);
  return error instanceof UserError ? error.message : "";
}

describe("what is not on the public internet is not asked", () => {
  const fetch = createFetch({ userAgent: "test" });

  test.each([
    ["http://127.0.0.1/"],
    ["http://2130706433/"],
    ["http://0x7f000001/"],
    ["http://0177.0.0.1/"],
    ["http://127.1/"],
    ["http://0.0.0.0/"],
    ["http://10.1.2.3/"],
    ["http://172.16.0.1/"],
    ["http://192.168.0.1/"],
    ["http://100.64.0.1/"],
    ["http://169.254.169.254/latest/meta-data/"],
    ["http://[::1]/"],
    ["http://[::]/"],
    ["http://[::ffff:127.0.0.1]/"],
    ["http://[::ffff:a9fe:a9fe]/"],
    ["http://[::127.0.0.1]/"],
    ["http://[64:ff9b::7f00:1]/"],
    ["http://[2002:7f00:1::]/"],
    ["http://[2001:0:7f00:1::]/"],
    ["http://[fd00:ec2::254]/"],
    ["http://[fe80::1]/"],
    ["http://[fec0::1]/"],
    ["http://localhost/"],
    ["http://LOCALHOST./"],
    ["http://metadata.google.internal/"],
    ["http://router.local/"],
    ["http://wiki/"],
  ])("%s", async (address) => {
    expect(await refusal(fetch(address, options))).toMatch(/is not on the public internet/u);
  });

  test.each([
    ["file:///etc/passwd", /`http` and `https` pages only/u],
    ["ftp://example.org/", /`http` and `https` pages only/u],
    ["http://kim:secret@example.org/", /user name or password/u],
    ["http://example.org:22/", /usual ports only, not on 22/u],
    ["not an address", /no address/u],
  ])("%s", async (address, sentence) => {
    const said = await refusal(fetch(address, options));
    expect(said).toMatch(sentence);
    expect(said).not.toContain("secret");
  });
});

describe("a name is held to what it was looked up as", () => {
  test("one of its addresses being private refuses it whole", async () => {
    const { port, reach } = await webServer(page, async () => [
      { address: "127.0.0.1", family: 4 },
      { address: "10.0.0.1", family: 4 },
    ]);
    const fetch = createFetch({ userAgent: "test", ...reach });
    expect(await refusal(fetch(`http://site.test:${port}/`, options))).toMatch(
      /site\.test is not on the public/u,
    );
  });

  test("DNS that changes after the first answer gets no further", async () => {
    const answers = ["127.0.0.1", "127.0.0.2"];
    const server = await webServer(
      (_, response) => response.writeHead(302, { location: "/next" }).end(),
      async () => [{ address: answers.shift() ?? "127.0.0.2", family: 4 }],
    );
    const said = await refusal(server.fetch(`http://site.test:${server.port}/`, options));
    // Either the connection that was vetted is used again, or the new address is refused: it is never connected to.
    expect(said).toMatch(/not on the public internet|page to page without end/u);
    expect(answers.length + server.asked.length).toBeGreaterThan(0);
    const again = await refusal(server.fetch(`http://site.test:${server.port}/`, options));
    expect(again).toMatch(/not on the public internet/u);
  });

  test("a name that nobody knows is said to be that", async () => {
    const { port, fetch } = await webServer(page, async () => []);
    expect(await refusal(fetch(`http://nowhere.test:${port}/`, options))).toBe(
      "I find no site called nowhere.test.",
    );
  });
});

describe("a redirect is looked at as the first address was", () => {
  test.each([
    ["http://10.0.0.1/"],
    ["http://169.254.169.254/latest/meta-data/"],
    ["http://[::ffff:127.0.0.2]/"],
    ["http://127.0.0.2/"],
  ])("to %s", async (location) => {
    const server = await webServer((_, response) => response.writeHead(302, { location }).end());
    expect(await refusal(server.fetch(server.origin, options))).toMatch(/is not on the public internet/u);
    expect(server.asked).toEqual(["/"]);
  });

  test("to a file, to another port, and round and round", async () => {
    const places = ["file:///etc/passwd", "http://example.org:6379/", "/"];
    const server = await webServer((request, response) =>
      response.writeHead(302, { location: places[Number(request.url?.slice(1)) || 0] ?? "/" }).end(),
    );
    expect(await refusal(server.fetch(`${server.origin}/0`, options))).toMatch(
      /`http` and `https` pages only/u,
    );
    expect(await refusal(server.fetch(`${server.origin}/1`, options))).toMatch(/not on 6379/u);
    const round = await webServer((_, response) => response.writeHead(302, { location: "/" }).end());
    expect(await refusal(round.fetch(round.origin, options))).toMatch(/page to page without end/u);
    expect(round.asked).toHaveLength(6);
  });

  test("within a site it is followed, and the page is known by where it stands", async () => {
    const server = await webServer((request, response) => {
      if (request.url === "/old") response.writeHead(301, { location: "/new#part" }).end();
      else response.writeHead(200, { "content-type": 'Text/HTML; Charset="EUC-KR"' }).end("there");
    });
    const found = await server.fetch(`${server.origin}/old`, options);
    expect({ ...found, bytes: Buffer.from(found.bytes).toString() }).toEqual({
      url: `${server.origin}/new`,
      status: 200,
      mimeType: "text/html",
      charset: "euc-kr",
      bytes: "there",
    });
  });
});

describe("a server that gives too much, or too slowly, is left in time", () => {
  const endless: RequestListener = (_, response) => {
    const more = (): void => {
      while (response.write("x".repeat(65_536)));
      response.once("drain", more);
    };
    more();
  };
  const slow: RequestListener = (_, response) => {
    const timer = setInterval(() => response.write("x"), 20);
    response.on("close", () => clearInterval(timer));
  };
  const silent: RequestListener = () => {};
  /** 60 MB in 60 kB. */
  const bomb: RequestListener = (_, response) => {
    response.writeHead(200, { "content-encoding": "gzip" });
    const zip = createGzip({ level: constants.Z_BEST_SPEED });
    zip.pipe(response);
    const zeros = Buffer.alloc(1_000_000);
    for (let count = 0; count < 60; count++) zip.write(zeros);
    zip.end();
  };
  const flood: RequestListener = (request) => {
    request.socket.write("HTTP/1.1 200 OK\r\n");
    const more = (): void => {
      while (
        !request.socket.destroyed &&
        request.socket.write(`x-${Math.random()}: ${"y".repeat(1_000)}\r\n`)
      );
      request.socket.once("drain", more);
    };
    more();
    request.socket.on("error", () => {});
  };

  test.each<[string, RequestListener, RegExp]>([
    ["an endless body", endless, /is larger than 1 MB/u],
    ["a small file that unpacks to a large one", bomb, /is larger than 1 MB/u],
    ["a body that drips", slow, /within 1 seconds/u],
    ["no answer at all", silent, /within 1 seconds/u],
    ["headers without end", flood, /can't be reached|within 1 seconds/u],
  ])("%s", async (_, listen, sentence) => {
    const server = await webServer(listen);
    expect(await refusal(server.fetch(server.origin, options))).toMatch(sentence);
  });

  test("and a person who stops it is told nothing about the site", async () => {
    const server = await webServer(silent);
    const stop = new AbortController();
    const reading = server.fetch(server.origin, { ...options, signal: stop.signal });
    setTimeout(() => stop.abort(new Error("stopped")), 50);
    await expect(reading).rejects.toThrow("stopped");
  });
});
