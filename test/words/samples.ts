import type { Amount, Limit, Opening } from "../../src/words/format.ts";
import type { Words } from "../../src/words/words.ts";

/** What every sentence that is a function is said with: one list of arguments for each form that it has. */
export type Samples<Node> = {
  readonly [Key in keyof Node as Node[Key] extends string ? never : Key]: Node[Key] extends (
    ...given: infer Given
  ) => string
    ? readonly Given[]
    : Samples<Node[Key]>;
};

const questions = (value: number): Amount => ({ measure: "messages", value });
const tokens = (value: number): Amount => ({ measure: "tokens", value });
const money = (value: number): Amount => ({ measure: "money", value });

const whose = ["person", "channel", "persona", "all"] as const;
const periods = ["minute", "hour", "day", "month"] as const;
const limits = (most: Amount): Limit[] =>
  whose.flatMap((each) => periods.map((period) => ({ whose: each, period, most })));
const opening = (period: Opening["period"]): Opening => ({
  period,
  inMs: period === "minute" ? 24_000 : period === "month" ? 442_800_000 : 12_000_000,
  at: new Date("2026-12-01T00:00:00Z"),
});

/** Names are in capitals: they must turn up in every language in which they turn up in English. */
export const samples: Samples<Words> = {
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
  fallback: (
    ["rate-limit", "overloaded", "auth", "no-model", "too-long", "refused", "unreachable", "unknown"] as const
  ).map((kind) => ["MODEL", kind, "OTHER"] as const),
  provider: [
    ["rate-limit"],
    ["rate-limit", 1000],
    ["rate-limit", 20_000],
    ["overloaded"],
    ["auth"],
    ["no-model"],
    ["too-long"],
    ["refused"],
    ["unreachable"],
    ["unknown"],
  ],
  doing: [["STATUS"]],
  titles: {},
  buttons: {},

  access: {
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
    notInvited: [["CALL"]],
    mayNotWrite: [["PLATFORM", ["FIRST", "SECOND"]]],
    onlyMentions: [["PLATFORM"]],
  },

  commands: {
    ask: {},
    new: {},
    undo: {},
    stop: {},
    help: { line: [["CALL", "SUMMARY"]] },
    persona: {
      line: [
        [{ name: "NAME", id: "ID", description: "TEXT" }, true],
        [{ name: "NAME", id: "ID", description: "TEXT" }, false],
      ],
      answersNow: [["NAME"]],
      inReply: [["LABEL"]],
    },
    scope: {},
  },

  context: {
    trimmed: [[1], [5]],
    full: [[80]],
    seesNoHistory: [["NAME"]],
    compacting: [[1], [5]],
    compacted: [
      [{ turns: 1, tokensBefore: 9000, tokensAfter: 400, kept: 1 }],
      [{ turns: 12, tokensBefore: 9000, tokensAfter: 400, kept: 2 }],
    ],
    leftOut: [[1], [5]],
    sees: [
      [{ tokens: 9000, window: 128_000, share: "7 %", model: "MODEL", isGuess: false }],
      [{ tokens: 9000, window: 128_000, share: "7 %", model: "MODEL", isGuess: true }],
    ],
    partNames: { tools: [[1], [5]], examples: [[1], [5]] },
    pictures: [[1], [5]],
    tokensAndShare: [[9000, "7 %"]],
    historyRoom: [["40 %", 24_000]],
    notSeen: [[1], [5]],
    fullRequest: [
      ["MODEL", false],
      ["MODEL", true],
    ],
    left: [[1], [5]],
  },

  files: {
    getting: [["NAME"]],
    readingPictures: [[2, 5]],
    transcript: [
      [1, 1],
      [2, 5],
    ],
    unread: [[2, "REASON"]],
    noText: [[2]],
    unseen: [["NAME", "REASON"]],
    tooLarge: [[25]],
    gone: [["PLATFORM"]],
    serverFails: [["PLATFORM", 503]],
    serverAway: [["PLATFORM"]],
    keptElsewhere: [["PLATFORM"]],
    notAllowed: [["PLATFORM", "SCOPE"]],
    noAnswer: [["PLATFORM"]],
    pictureFileTooLarge: [[31, 25]],
    pictureTooLarge: [[9000, 7000, 40]],
    pictureUnknown: [[["KIND", "OTHER"]]],
    pictureKind: [["KIND"]],
    pictureTooSlow: [[60]],
    noLanguageData: [["LANGUAGE", "INSTALL"]],
  },

  limits: {
    usedUp: [questions(20), tokens(5000), money(10)].flatMap((most) =>
      limits(most).map((limit) => [limit, opening(limit.period)] as const),
    ),
    tooMuch: limits(money(10)).map((limit) => [money(12.5), limit]),
    notLeft: limits(tokens(5000)).map((limit, index) => [
      {
        need: tokens(2250),
        left: index === 0 ? tokens(1) : tokens(50),
        limit,
        opening: opening(limit.period),
        isBusy: index % 2 === 0,
      },
    ]),
    noPrice: [["MODEL"]],
  },

  privacy: {
    kept: [[new Date("2026-11-26T12:00:00Z")]],
    questions: [
      [1, 0],
      [1234, 2],
      [2, 1],
    ],
    facts: [[1], [12]],
    accounts: [[1], [12]],
    where: [[[]], [["VENDOR", "OTHER"]]],
    howLong: [
      [undefined, undefined],
      [90, undefined],
      [90, 30],
      [90, 90],
    ],
    export: {
      done: [
        [{ questions: 1, facts: 1, files: 1, leftOut: 0 }],
        [{ questions: 1234, facts: 12, files: 3, leftOut: 2 }],
      ],
    },
    forget: { warning: [[], [{ questions: 12, facts: 3 }]] },
  },

  terminal: {
    welcome: [
      ["NAME", 0],
      ["NAME", 12],
    ],
    attached: [["FILE"]],
    notThere: [["PATH"]],
    notFile: [["PATH"]],
  },
};
