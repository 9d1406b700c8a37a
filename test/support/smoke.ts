import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import type { Adapter, Answer, MessageId } from "../../src/chat.ts";
import { RateLimited } from "../../src/errors.ts";

const base: Answer = {
  state: "done",
  text: "",
  thinking: "",
  sources: [{ url: "https://example.com", title: "Example" }],
  notices: ["A smoke test: it takes its messages back."],
  footer: "off",
  actions: [{ token: "stop", label: "Stop" }],
};

const text = [
  "# Smoke test 안녕하세요",
  "**bold**, *italic*, `code`, [a link](https://example.com/a_b)",
  "```ts\nconst answer: number = 42;\n```",
  "| name | 값 |\n| --- | ---: |\n| a | 1 |",
  "- one\n  - two\n> quoted",
].join("\n\n");

/** Waits as long as the platform asks. */
async function patiently<Result>(call: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof RateLimited)) throw error;
      await sleep(error.retryAfterMs);
    }
  }
}

/** Says, changes, uploads and takes back in one thread what answers are made of, without a connection for what comes in. */
export async function smoke(adapter: Adapter, thread: string): Promise<void> {
  const run = randomUUID().replaceAll("-", "");
  const ids: MessageId[] = [];
  const options = (name: string) => ({ cause: run, key: `${run}-${name}` });
  await patiently(async () => adapter.status?.(thread, "testing", options("status")));
  for (const [index, message] of adapter.render({ ...base, text }).entries())
    ids.push(await patiently(() => adapter.post(thread, message, options(String(index)))));
  const [first] = ids;
  const [changed] = adapter.render({ ...base, text: `${text}\n\nChanged.` });
  expect(first).toBeDefined();
  await patiently(() => adapter.edit(thread, first ?? "", changed));
  if (adapter.upload) {
    const file = { name: "smoke.txt", mimeType: "text/plain", data: Buffer.from("smoke\n") };
    ids.push(await patiently(async () => (await adapter.upload?.(thread, file, options("f0"))) ?? ""));
  }
  for (const id of ids) await patiently(async () => adapter.remove?.(thread, id));
}
