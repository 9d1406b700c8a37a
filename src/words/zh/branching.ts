import type { Words } from "../words.ts";

export const branchingWords: Words["branching"] = {
  goneBack: (exchanges) => `我从那里接着说，之后的 ${exchanges} 轮问答不再看了。`,
  onlyHere: (exchanges) => `只有这个回答是回到那里说的，之后的 ${exchanges} 轮问答没有看。`,
  branched: (question, exchanges) => `我从“${question}”接着说，之后的 ${exchanges} 轮问答不再看了。`,
  back: "恢复",
  isBack: (exchanges) => `搁下的 ${exchanges} 轮问答已经恢复。`,
  notBranched: "这里没有搁下的内容。",
  isLast: "那就是最后一个回答，我本来就从那里接着说。",
  notInView: "那个回答我已经看不到了。请回复一个更新的回答，或者带上要点再问一次。",
  nowhereBack: "还没有可以回去的地方：至少要有两轮问答。",
  whereTo: "从哪里接着说？",
  howBack: "写 `/branch 1`，或者用 `/branch` 回复我的某个回答，就从那里接着说。",
  notBack: (exchanges) => `这里最多可以回到 ${exchanges} 轮问答之前。用 \`/branch\` 可以看到。`,
  noQuestion: "这里没有可以重新回答的你的问题。",
  notOther: (name, all) =>
    `没有叫“${name}”的模型或角色。现有：${all.join("、")}；也可以用任何 \`provider/model\`。`,
  undone: (question) => `已撤回：“${question}”和它的回答。`,
  undoMore: "再撤回一轮",
  notYourExchange: "最后一个问题是别人问的，只有那个人或管理这个频道的人才能撤回。",
  picture: "（图片或文件）",
  afreshKept: "从那个问题重新开始：之前说过的话我已经看不到了。",
  nothingToKeep: "这里没有可以带上的问答。",
  otherTopic: "这看起来是个新话题。重新开始会让回答更准，也更省钱。",
  startAfresh: "重新开始",
};
