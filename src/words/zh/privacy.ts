import { amount, day } from "../format.ts";
import type { Words } from "../words.ts";

export const privacyWords: Words["privacy"] = {
  summary: "我保存了你的什么，存在哪里，存多久",
  keptNothing: "**我保存的关于你的内容：** 没有。",
  kept: (since) => `**我保存的关于你的内容**（从 ${day("zh", since)} 起）：`,
  questions: (questions, pictures) =>
    `${count(questions)} 个问题和它们的回答${pictures > 0 ? `，${count(pictures)} 张图片` : ""}`,
  files: (files) => `你发来的 ${count(files)} 个文件的文字（\`/files\`），与附带它的问题一同保留`,
  facts: (facts) => `${count(facts)} 条关于你的事（\`/memory\`）`,
  instructions: (instructions) => `${count(instructions)} 条对怎么回答你的要求（\`/instructions\`）`,
  accounts: (lines) => `${count(lines)} 行用量记录：回答所用的模型、token 和费用`,
  choices: "你在自己的对话里选的角色和模型",
  summaries: "`/compact` 写的摘要，直到其中第一个问题被删除",
  used: "**这些事用在哪里：** 在我们的私信里都会用到；在别处，只用在你说过它的地方：在公开频道说的，用在整个服务器；在私密频道或群组里说的，只用在那里。写 `/memory share 1`，我就可以在任何地方使用那一条。",
  keptInGeneral:
    "**我保存的内容：** 你的问题和它们的回答，以及你告诉我的关于你自己的事。具体有多少，请在私信里问我。",
  where: (vendors) =>
    `**存在哪里：** 在这个机器人自己的数据库里。${
      vendors.length === 0
        ? "不会向模型服务商发送任何内容。"
        : `为了回答，我会把问题和文件、之前的对话、你的名字、关于你的事和你的要求发给模型：${vendors.join("、")}`
    }`,
  searched: (backends) =>
    `需要搜索时，搜索词会发给：${backends.join("、")}。网页直接从它的网站读取，网站不会知道是谁在问。`,
  howLong: (questions, facts) =>
    questions === facts
      ? `**存多久：** 问题和关于你的事${span(questions)}，用量记录没有期限。`
      : `**存多久：** 问题${span(questions)}，关于你的事${span(facts)}，用量记录没有期限。`,
  yours:
    "**你可以自己改：** `/export` 会在私信里把全部内容发给你。`/memory forget 1` 删除一条关于你的事，`/undo` 删除上一轮问答，`/forget me` 删除全部。",
  stays:
    "**`/forget me` 之后还会留下：** 为了不重复回答，消息的编号会留两天；不带名字的总数；计入你个人限额的提问数和用量，到那一小时、那一天或那个月结束为止；如果你是所有者，这一点也会留下。别人写的内容里可能引用了你的话；服务商收到的内容，由它保存或删除。",

  export: {
    summary: "把我保存的关于你的全部内容发成文件",
    notHere: "这里别人也能看到。请在私信里用 `/export`。",
    done: ({ questions, facts, files, leftOut }) =>
      [
        `这是我保存的关于你的全部内容：${count(questions)} 个问题和它们的回答，${count(facts)} 条关于你的事，你的选择，以及回答的用量。`,
        ...(files === 1 ? [] : [`一个文件放不下，所以分成了 ${count(files)} 个。`]),
        ...(leftOut === 0 ? [] : [`有 ${count(leftOut)} 张图片太大，没有放进去。`]),
      ].join(""),
  },

  forget: {
    summary: "删除我保存的关于你的全部内容",
    howTo: "请写 `/forget me`，删除我保存的关于你的全部内容。`/memory forget 2` 只删除一条。",
    warning: (held) =>
      `这会删除我保存的关于你的全部内容${held ? `（${count(held.questions)} 个问题，${count(held.facts)} 条关于你的事）` : ""}：所有聊天里你的问题和回答、图片、文件、关于你的事、你的要求和你的选择。删除后无法恢复；可以先用 \`/export\` 留一份。`,
    confirm: "写 `/forget me yes` 就会删除。",
    done: "删好了。我已经不认识你了。",
    rest: "聊天里的消息可以由你自己删除，别人的问题里可能引用了你的话。还有什么会留下、为什么，请看 `/privacy`。",
  },
};

const span = (days: number | undefined): string =>
  days === undefined ? "存到你删除为止" : `存 ${count(days)} 天`;

const count = (value: number): string => amount("zh", value);
