import { listed } from "../format.ts";

/** Who may use the bot, and who may change what holds for everyone. */
export const accessWords = {
  allow: { usage: "CODE", summary: "let in the server, group or person that was told this code" },
  own: { usage: "CODE", summary: "become an owner, with a code from `parlance access owner`" },
  allowServer: (kind: "server" | "group", code: string): string =>
    `Whoever runs me must allow this ${kind} first: code ${code}. ${allowBy(code)}`,
  allowPerson: (code: string): string =>
    `I don't know you yet. Whoever runs me can let you in: code ${code}. ${allowBy(code)}`,
  notForYou: (id: string): string =>
    `I am not open to everyone. Whoever runs me can add you to those who may use me: ${id}.`,
  noDirectMessages: "I don't answer direct messages. Please ask me in a channel.",
  allowed: (name: string, place: string): string => `Allowed: ${name === "" ? place : `${name} (${place})`}.`,
  notCode: (code: string): string =>
    `I don't know the code “${code}”, or it is older than a day. Ask for a new one by writing to me there.`,
  notYours: "Only those who run me can do that.",
  notForAll:
    "That would hold for everyone here, so only those who manage this channel can change it. In a thread or a direct message it is your choice.",
  notYourScope: "That holds for everyone here, so only those who manage this place can change it.",
  asChat: (name: string): string =>
    `You write as ${name}, and I can't tell who that is. Please write as yourself for this.`,
  owned: "You own me now: /allow lets others in.",
  notClaim: "That code is wrong, used up or older than an hour. `parlance access owner` makes a new one.",
  tooManyTries: "Too many wrong codes. Please try again in an hour.",
  /** By a command where the bot may not write. */
  notInvited: (call: string): string => `I am not in this channel yet. Invite me first: ${call}`,
  mayNotWrite: (platform: string, rights: readonly string[]): string =>
    `${platform} does not let me write in this channel. My role needs ${listed("en", rights)} here.`,
  onlyMentions: (platform: string): string =>
    `${platform} shows me only messages that mention me. Please say it again with a mention of me in it.`,
};

const allowBy = (code: string): string =>
  `They can send me \`/allow ${code}\` or run \`parlance access allow ${code}\`.`;
