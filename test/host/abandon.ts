/** A bot that dies while a task hangs: its own process and the task's are told apart by their ids. */
import { createProcessHost } from "../../src/host/process.ts";
import type { Misdeed } from "./misbehave.ts";

const host = createProcessHost<Misdeed, unknown>(new URL("./misbehaving-process.ts", import.meta.url), {
  seconds: 60,
  memoryMb: 200,
  answerMb: 1,
  atOnce: 1,
  warmMs: 60_000,
});
console.log(await host.run("id"));
await host.run("hang");
