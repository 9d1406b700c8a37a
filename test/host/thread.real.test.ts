import { createThreadHost } from "../../src/host/thread.ts";
import { describeHost } from "../support/host-contract.ts";

describeHost({
  create: (bounds) => createThreadHost(new URL("./misbehaving-thread.ts", import.meta.url), bounds),
  memoryMb: 64,
  survives: { throw: "crash", "eat heap": "memory" },
});
