import type { Words } from "../../../src/words/words.ts";
import type { Samples } from "./samples.ts";

export const web: Samples<Words["web"]> = {
  notAddress: [["TEXT"]],
  notWeb: [["ftp"]],
  hasLogin: [["HOST"]],
  oddPort: [[2375]],
  notPublic: [["HOST"]],
  noSuchHost: [["HOST"]],
  redirects: [["HOST"]],
  tooLarge: [["HOST", 5]],
  tooSlow: [["HOST", 20]],
  unreachable: [["HOST"]],
  noRobots: [["HOST"]],
  status: [
    ["HOST", 404],
    ["HOST", 403],
    ["HOST", 500],
  ],
  notReadable: [["TYPE"]],
  tooHard: [["HOST"]],
  empty: [["HOST"]],
  unsourced: [[["CLAIM"]], [["CLAIM", "CLAIM"]]],
  misquoted: [[["CLAIM"]], [["CLAIM", "CLAIM"]]],
  unread: [[1], [3]],
  foundBy: [
    [1, "VENDOR"],
    [3, "VENDOR"],
  ],
  quotedBy: [["VENDOR"]],
  contradicted: [["LABEL", "12", "15"]],
};
