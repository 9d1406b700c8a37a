import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { validate } from "dockerfile-utils";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { root } from "./support/command-line.ts";

const dockerfile = readFileSync(join(root, "Dockerfile"), "utf8");
const lines = dockerfile.split("\n");

test("the Dockerfile has no mistake that its linter knows", () => {
  expect(validate(dockerfile)).toEqual([]);
  // It does find one where there is one.
  expect(validate(dockerfile.replace("USER node", "USRE node"))).not.toEqual([]);
});

test("what the Dockerfile copies is there, and nothing of it is kept out", () => {
  const copied = lines
    .flatMap((line) => (/^COPY (?!--from)(?<sources>.+) \S+$/u.exec(line)?.groups?.sources ?? "").split(" "))
    .filter(Boolean);
  const ignored = readFileSync(join(root, ".dockerignore"), "utf8").split("\n");
  expect(copied).toEqual(expect.arrayContaining(["src", "adapters", "personas", "package-lock.json"]));
  for (const source of copied) {
    expect(existsSync(join(root, source)), source).toBe(true);
    expect(ignored, source).not.toContain(source);
  }
});

test("the image runs as an ordinary user, without development packages, and tells its health", () => {
  expect(lines.indexOf("USER node")).toBeGreaterThan(lines.findIndex((line) => line.startsWith("COPY src")));
  expect(dockerfile).toContain("npm ci --omit=dev");
  expect(dockerfile).toMatch(/HEALTHCHECK [^\n]*\\\n\s+CMD \["node", "src\/cli\.js", "health"\]/u);
});

test("compose starts the bot after its database, with the address that the bot reads", () => {
  const { services } = parse(readFileSync(join(root, "compose.yaml"), "utf8")) as {
    services: Record<
      "bot" | "postgres",
      { environment: Record<string, string>; depends_on?: Record<string, unknown> }
    >;
  };
  expect(services.bot.environment["DATABASE_URL"]).toMatch(
    /^postgres:\/\/parlance:.*@postgres:5432\/parlance$/u,
  );
  expect(services.bot.depends_on).toEqual({ postgres: { condition: "service_healthy" } });
  expect(services.postgres.environment).toMatchObject({ POSTGRES_USER: "parlance", POSTGRES_DB: "parlance" });
});
