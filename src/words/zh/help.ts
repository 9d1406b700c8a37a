import type { Words } from "../words.ts";

export const helpWords: Words["help"] = {
  groups: {
    conversation: "这个对话",
    answers: "由谁、怎样回答",
    person: "关于你",
    running: "管理我",
  },
  details: {
    new: "加上 `keep` 会带上最后一轮问答。",
    branch: "用 `/branch` 回复我的某个回答，就从那里接着说；`back` 会恢复被搁下的内容。",
    again: "新的回答会代替旧的。写上别名、`provider/model` 或角色，就由它来回答。",
  },
  about: (call, summary) => `\`${call}\`：${summary}`,
  more: "写 `/help new` 可以看到某个命令的详细说明。",
  example: (example) => `例如：\`${example}\``,
  filesUnused: (name) => `没有用上一起发来的文件：\`/${name}\` 不接收文件。`,
};
