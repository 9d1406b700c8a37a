import type { GeneralWords } from "../../../src/words/en/general.ts";
import type { Samples } from "./samples.ts";

/** Every way in which a model fails. */
export const failures = [
  "rate-limit",
  "overloaded",
  "auth",
  "no-model",
  "too-long",
  "refused",
  "unfit",
  "unreachable",
  "unknown",
] as const;

export const general: Samples<GeneralWords> = {
  timedOut: [[90]],
  tooLong: [[12_345, 8_192]],
  notPersona: [
    ["NAME", "NEAR", []],
    ["NAME", undefined, ["ONE", "TWO"]],
  ],
  lostPersona: [["NAME", "OTHER"]],
  notCommand: [["NAME"], ["NAME", "NEAR"]],
  inFile: [
    ["NAME", 1],
    ["NAME", 120],
  ],
  ahead: [[1], [5]],
  tooOld: [[45], [300]],
  halfCommand: [["NAME"]],
  unexpected: [["ERROR"]],
  fallback: failures.map((kind) => ["MODEL", kind, "OTHER"] as const),
  blindStandIn: [["MODEL"]],
  provider: [
    ["rate-limit"],
    ["rate-limit", 1000],
    ["rate-limit", 20_000],
    ["rate-limit", 3_600_000],
    ["rate-limit", 99_999_999],
    ["overloaded"],
    ["auth"],
    ["no-model"],
    ["too-long"],
    ["refused"],
    ["unfit"],
    ["unreachable"],
    ["unknown"],
  ],
  doing: [["STATUS"]],
  titles: {},
  buttons: {},
};
