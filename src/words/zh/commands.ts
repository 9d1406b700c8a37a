import type { Words } from "../words.ts";

export const commandWords: Words["commands"] = {
  ask: { summary: "问一个问题", question: "你想知道什么", file: "和问题一起的图片或文件" },
  new: {
    usage: "[keep]",
    summary: "重新开始对话，角色和模型不变",
    done: "重新开始：之前说过的话我已经看不到了。",
  },
  undo: {
    summary: "撤回上一个问题和它的回答",
    nothing: "没有可以撤回的内容。",
  },
  again: {
    usage: "[模型或角色]",
    summary: "重新回答我上一个问题，也可以换别的模型或角色来答",
  },
  branch: {
    usage: "[编号 | back]",
    summary: "从之前的某个回答继续；它之后的内容不再看到",
  },
  stop: { summary: "停止正在写的回答" },
  help: {
    usage: "[命令]",
    summary: "我在这里能为你做什么，或某个命令的详细说明",
    line: (call, summary) => `- \`${call}\`：${summary}`,
  },
  persona: {
    usage: "[名字]",
    summary: "查看所有角色，或换一个角色",
    line: ({ name, id, description }, isCurrent) =>
      `- **${name}** (\`${id}\`)${isCurrent ? "，正在使用" : ""}：${description}`,
    hint: "`/persona 名字` 换角色，`名字: 问题` 只问一次。",
    answersNow: (name) => `现在这里由“${name}”回答。`,
    starters: "可以试试：",
    inReply: (label) => `${label}：回复一条消息时使用`,
  },
  scope: {
    summary: "决定大家共用一个对话，还是每人各用各的",
    shared: "这里的所有人和我共用一个对话。用 `/scope user` 可以让每人各有一个。",
    user: "这里每个人和我各有一个对话。用 `/scope shared` 可以让大家共用一个。",
    nowShared: "从现在起，这里的所有人和我共用一个对话。",
    nowUser: "从现在起，这里每个人和我各有一个对话。",
    onlyYours: "这个对话只属于你，没有什么要选的。",
    howTo: "请写 `/scope shared` 或 `/scope user`。",
  },
};
