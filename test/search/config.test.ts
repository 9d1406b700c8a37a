import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { loadConfig } from "../../src/config.ts";
import { makeFolder } from "../support/folder.ts";

const searchOf = (yaml: string, env: Readonly<Record<string, string>> = {}) =>
  loadConfig({ env, cwd: makeFolder({ "parlance.yaml": yaml }) }).search;

describe("where a search goes", () => {
  test("is Wikipedia without a word, and what the environment has a key for goes before it", () => {
    expect(searchOf("").backends).toEqual([{ kind: "wikipedia" }]);
    const env = { SERPER_API_KEY: "k1", BRAVE_API_KEY: "k2", SEARXNG_URL: "http://10.0.0.5:8888" };
    expect(searchOf("", env).backends.map(({ kind }) => kind)).toEqual([
      "searxng",
      "brave",
      "serper",
      "wikipedia",
    ]);
    expect(inspect(searchOf("", env), { depth: 9 })).not.toContain("k2");
  });

  test("is what the file says, in its order; the model's own search only first", () => {
    const { byModel, backends } = searchOf(
      "search: { backends: [model, duckduckgo, { mediawiki: 'https://wiki.example.org/api.php' }] }",
    );
    expect(byModel).toBe(true);
    expect(backends).toEqual([
      { kind: "duckduckgo" },
      { kind: "mediawiki", url: "https://wiki.example.org/api.php", name: "wiki.example.org" },
    ]);
    expect(searchOf("search: { backends: [model] }").backends).toEqual([{ kind: "wikipedia" }]);
    expect(() => searchOf("search: { backends: [wikipedia, model] }")).toThrow(
      "`model` can only stand first",
    );
  });

  test("is refused where a key or an address is missing", () => {
    expect(() => searchOf("search: { backends: [tavily] }")).toThrow("set TAVILY_API_KEY, or take it out");
    expect(() => searchOf("search: { backends: [searxng] }")).toThrow("set SEARXNG_URL");
    expect(() => searchOf("search: { backends: [bing] }")).toThrow("bing");
  });
});
