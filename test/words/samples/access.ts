import type { Words } from "../../../src/words/words.ts";
import type { Samples } from "./samples.ts";

export const access: Samples<Words["access"]> = {
  allow: {},
  own: {},
  allowServer: [
    ["server", "CODE"],
    ["group", "CODE"],
  ],
  allowPerson: [["CODE"]],
  notForYou: [["PERSON"]],
  allowed: [
    ["", "PLACE"],
    ["NAME", "PLACE"],
  ],
  notCode: [["CODE"]],
  asChat: [["NAME"]],
  notInvited: [["CALL"]],
  mayNotWrite: [["PLATFORM", ["FIRST", "SECOND"]]],
  onlyMentions: [["PLATFORM"]],
};
