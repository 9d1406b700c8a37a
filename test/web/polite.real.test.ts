import { describe, expect, test } from "vitest";
import { createPoliteFetch } from "../../src/web/polite.ts";
import { readRobots } from "../../src/web/robots.ts";
import { webServer } from "../support/web-server.ts";

const options = { signal: new AbortController().signal, maxBytes: 10_000, deadlineMs: 2_000 };

describe("robots.txt is read as RFC 9309 says", () => {
  const rules = readRobots(
    [
      "User-agent: other",
      "Disallow: /",
      "",
      "User-agent: *",
      "User-agent: parlance # us",
      "Disallow: /private/",
      "Allow: /private/open",
      "Disallow: /*.pdf$",
      "Disallow: ",
      "Crawl-delay: 2",
      "Sitemap: https://example.org/map",
    ].join("\r\n"),
    "Parlance",
  );

  test.each([
    ["/", true],
    ["/private/notes", false],
    ["/private/open/door", true],
    ["/a/b.pdf", false],
    ["/a/b.pdf?page=1", true],
    ["/robots.txt", true],
  ])("%s: %s", (path, isAllowed) => {
    expect(rules.allows(path)).toBe(isAllowed);
  });

  test("with the pause it asks for, and no patience for patterns that take for ever", () => {
    expect(rules.delay).toBe(2);
    const hard = readRobots(`User-agent: *\nDisallow: /${"*a".repeat(400)}$`, "Parlance");
    expect(hard.allows(`/${"a".repeat(5_000)}b`)).toBe(true);
  });
});

describe("a site is asked politely", () => {
  test("its rules once, before its pages, and each page a moment after the other", async () => {
    const server = await webServer((request, response) => {
      if (request.url === "/robots.txt") response.end("User-agent: Parlance\nDisallow: /secret");
      else response.end(request.url);
    });
    const fetch = createPoliteFetch({ fetch: server.fetch, robotName: "Parlance", spacingMs: 30 });
    const begun = performance.now();
    await Promise.all(["/a", "/b", "/c"].map((path) => fetch(server.origin + path, options)));
    await expect(fetch(`${server.origin}/secret`, options)).rejects.toThrow(
      "asks programs like me not to read",
    );
    expect(server.asked.filter((path) => path !== "/robots.txt").toSorted()).toEqual(["/a", "/b", "/c"]);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(55);
  });

  test("a redirect to what it keeps to itself is not followed", async () => {
    const server = await webServer((request, response) => {
      if (request.url === "/robots.txt") response.end("User-agent: *\nDisallow: /secret");
      else response.writeHead(302, { location: "/secret" }).end();
    });
    const fetch = createPoliteFetch({ fetch: server.fetch, robotName: "Parlance", spacingMs: 0 });
    await expect(fetch(`${server.origin}/open`, options)).rejects.toThrow("asks programs like me");
    expect(server.asked).toEqual(["/robots.txt", "/open"]);
  });

  test.each([
    [404, true],
    [403, true],
    [500, false],
  ])("where its rules are answered by %i, it may be read: %s", async (status, mayRead) => {
    const server = await webServer((request, response) => {
      response.statusCode = request.url === "/robots.txt" ? status : 200;
      response.end("page");
    });
    const fetch = createPoliteFetch({ fetch: server.fetch, robotName: "Parlance", spacingMs: 0 });
    const reading = fetch(server.origin, options).then(
      () => true,
      () => false,
    );
    expect(await reading).toBe(mayRead);
  });
});
