import { amount, day, listed } from "../format.ts";
import type { Secret, Sensitive } from "../../memory/sensitive.ts";

/** What is said about facts, people's own instructions and linked accounts. */
export const memoryWords = {
  // Commands in a clause, and what the bot does while it does it.
  summary: "see and edit what I remember about you",
  instructionsSummary: "how I should talk to you, everywhere or only where you say",
  linkSummary: "share facts and instructions with an account of yours on another platform",
  unlinkSummary: "stop sharing facts and instructions with your other accounts",
  noting: "noting that down",
  forgetting: "forgetting that",

  // Buttons.
  undo: "Undo",
  keep: "Keep",
  dontKeep: "Don't keep",
  pause: "Pause",
  resume: "Resume",
  more: "More",
  forgetAll: "Forget all",
  confirm: "Entered",
  link: "Link",
  dontLink: "Don't link",

  // Under an answer.
  remembered: (fact: string): string => `Remembered: ${fact}`,
  changed: (fact: string, before: string): string => `Changed: ${fact} (before: ${before})`,
  withdrawn: (fact: string): string => `Forgotten: ${fact}`,
  madeRoom: (facts: number): string =>
    facts === 1
      ? "To make room, the fact unused for longest is gone."
      : `To make room, the ${facts} facts unused for longest are gone.`,
  askKeep: (kind: Sensitive, fact: string): string =>
    `This is about your ${sensitiveNames[kind]}, so I have not kept it: “${fact}” Shall I?`,
  secret: (kind: Secret): string =>
    `I never keep ${secretNames[kind]}: whoever gets hold of my memory must not get hold of your accounts.`,

  // /memory
  usage:
    "Write `/memory` to see it, or `/memory` with `add …`, `edit 3 …`, `forget 3`, `forget all`, `share 3`, `unshare 3`, `why`, `history`, `undo`, `pause`, `resume` or `export`.",
  nothing: "I remember nothing about you. `/memory add …` changes that, or tell me to remember something.",
  title: (facts: number, most: number): string =>
    `**What I remember about you** (${facts} of at most ${most})`,
  learned: (at: Date, place: string, persona: string): string =>
    persona === "" ? `${place}, ${day("en", at)}` : `${place}, ${day("en", at)}, by ${persona}`,
  inPrivate: "in private",
  shared: "shared",
  hidden: (facts: number): string =>
    `${facts} more, not for those who read along here: ask me in a direct message.`,
  paused: "**Paused:** I learn nothing about you and use nothing of this. `/memory resume` ends that.",
  howTo:
    "`/memory forget 1` deletes one for good, `edit 1 …` changes it, `share 1` lets me use it everywhere. `/memory help` tells the rest.",
  rule: (most: number): string =>
    `When there are ${most}, the one unused for longest leaves as a new one comes.`,
  page: (page: number, pages: number): string => `Page ${page} of ${pages}.`,
  waiting: (fact: string): string => `Waits for your word: ${fact}`,
  isPaused: "Memory is paused. `/memory resume` first.",
  alreadyKnown: "I know that already.",
  noNumber: (which: string): string => `There is no number “${which}” here. \`/memory\` shows the numbers.`,
  tooLong: (most: number): string => `That is too long: a fact is one sentence of at most ${most} letters.`,
  forgotten: (fact: string): string => `Forgotten for good: ${fact}`,
  forgottenSilently: "Forgotten for good.",
  forgottenAll: (facts: number): string =>
    facts === 1 ? "One fact forgotten for good." : `${facts} facts forgotten for good.`,
  sureAll: (facts: number): string =>
    facts === 1
      ? "This deletes the one fact about you for good, and its history. `/memory forget all yes` does it."
      : `This deletes all ${facts} facts about you for good, and their history. \`/memory forget all yes\` does it.`,
  nowPaused: "Paused: until `/memory resume`, I learn nothing about you and use nothing of what I know.",
  nowResumed: "I learn and use facts about you again.",
  nowShared: (fact: string): string => `Shared: “${fact}” I may use it everywhere now, whoever reads along.`,
  nowUnshared: (fact: string): string => `For direct messages alone now: “${fact}”`,
  kept: (fact: string): string => `Kept: ${fact}`,
  dropped: "Not kept.",
  notWaiting: "There is nothing left to decide.",
  undone: (fact: string): string => `Undone: “${fact}” is gone.`,
  undoneTo: (fact: string): string => `Undone. Again: ${fact}`,
  nothingToUndo: "There is nothing to undo.",
  notInChannel: "Others read along here: ask me that in a direct message.",
  noHistory: "Nothing has changed yet.",
  historyTitle: "**What I knew before**",
  replacedBy: (before: string, now: string, at: Date): string => `${before} → ${now} (${day("en", at)})`,
  removed: (fact: string, at: Date): string =>
    `${fact} → forgotten (${day("en", at)}), gone for good a day after`,
  historyNote: "None of this is used. Forgetting a fact for good deletes its history too.",
  whyNone: "My last answer to you here used none of what I remember about you.",
  whyNoAnswer: "I have not answered you here yet.",
  whyTitle: "My last answer to you here was given these:",
  whyGone: (facts: number): string =>
    facts === 1
      ? "1 more that is forgotten, or not for this place, by now."
      : `${facts} more that are forgotten, or not for this place, by now.`,
  exported: (facts: number, instructions: number): string =>
    `${count(facts, "fact")} and ${count(instructions, "instruction")}, with what they were before.`,

  // /instructions
  instructionsUsage:
    "Write `/instructions add …`, `edit 2 …`, `on 2`, `off 2`, `remove 2`, or `/instructions` to see them.",
  noInstructions:
    "You have told me nothing about how to talk to you. For example:\n- `/instructions add be brief`\n- `/instructions add in channels: no small talk`\n- `/instructions add when Korean is involved: 해요체`\n- `/instructions add with Tutor: ask me harder questions`",
  instructionsTitle: "**How you want to be answered**",
  isOff: "off",
  instructionsElsewhere: (rules: number): string =>
    rules === 1
      ? "You have told me 1 thing about how to talk to you. Others read along here: ask me for it in a direct message."
      : `You have told me ${rules} things about how to talk to you. Others read along here: ask me for them in a direct message.`,
  instructionsNote:
    "They hold for your questions alone. `/instructions off 1` switches one off, `edit 1 …` changes it, `remove 1` deletes it.",
  strictNote: "A persona whose form matters hears only those that name it (`with …:`).",
  instructionAdded: (number: number, rule: string): string => `Number ${number}: ${rule}`,
  instructionEdited: (number: number, rule: string): string => `Number ${number} is now: ${rule}`,
  instructionOn: (rule: string): string => `On: ${rule}`,
  instructionOff: (rule: string): string => `Off: ${rule}`,
  instructionRemoved: (rule: string): string => `Removed: ${rule}`,
  noInstruction: (which: string): string =>
    `There is no number “${which}”. \`/instructions\` shows the numbers.`,
  tooManyInstructions: (most: number, letters: number): string =>
    `That is too much: at most ${most} instructions, together at most ${amount("en", letters)} letters. Remove or shorten one.`,

  // /link
  linkCode: (code: string, minutes: number): string =>
    `Your code is \`${code}\`. Send me \`/link ${code}\` in a direct message from your other account within ${minutes} minutes; then come back here and press “Entered” (or write \`/link confirm\`).\n\nLinked accounts share what I remember about you and your instructions; not conversations, not budgets.`,
  linkClaimed:
    "One step is left: confirm it on the account that gave you the code (`/link confirm` there). Until then, nothing is linked.",
  linkWhose: (name: string, platform: string): string =>
    `${name} on ${platform} has entered your code. Is that you? Once linked, that account sees and changes what I remember about you.`,
  linkNotYet: "Nobody has entered your code yet, or it is too old. `/link` makes a new one.",
  linked: (name: string, platform: string): string =>
    `Linked with ${name} on ${platform}: you share facts and instructions; not conversations, not budgets. \`/unlink\` ends that.`,
  linkRefused: "Not linked. The code is void.",
  linkUnknown:
    "That code is wrong, used up, too old, or your own. `/link` on the other account makes a new one.",
  linkAlready: "This account is linked already. `/unlink` first.",
  linkTries: "Too many wrong codes. Please try again in an hour.",
  linkInPrivate: "Codes are for your eyes: ask me in a direct message.",
  linkList: (accounts: readonly string[]): string =>
    `Linked: ${listed("en", accounts)}. \`/unlink\` ends that for this account.`,
  account: (name: string, platform: string): string => `${name === "" ? "an account" : name} on ${platform}`,
  unlinked:
    "This account is on its own again, and so is what I learned from it. What I learned from the others stays with them.",
  notLinked: "This account is not linked.",
  forgetLinked:
    "That is what belongs to this account, which is then no longer linked. Your other accounts keep what was learned there: write `/forget me` there too.",
};

const sensitiveNames: Record<Sensitive, string> = {
  health: "health",
  credentials: "accounts and passwords",
  money: "money",
  identity: "identity papers",
};

const secretNames: Record<Secret, string> = {
  password: "passwords",
  key: "keys and tokens",
  card: "card numbers",
};

const count = (number: number, unit: string): string =>
  `${amount("en", number)} ${unit}${number === 1 ? "" : "s"}`;
