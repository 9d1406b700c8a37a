import { amount } from "../format.ts";
import type { Words } from "../words.ts";

export const contextWords: Words["context"] = {
  trimmed: (turns) => `为了腾出空间，最早的 ${turns} 轮问答我已经看不到了。`,
  full: (percent) => `这段对话大约占了我能看到的 ${percent} %；满了以后，最早的问答会先看不到。`,
  startAfresh: "重新开始",
  compact: "压缩成摘要",
  takeBack: "撤销",
  whatLeft: "看不到的部分",
  asFile: "发成文件",
  compactSummary: "把对话较早的部分压缩成摘要，`undo` 可以恢复原样",
  contextSummary: "模型看到的内容；`full` 把下一个请求发成文件，`left` 显示它已经看不到的",
  compactUsage: "请写 `/compact`，把对话较早的部分压缩成摘要；写 `/compact undo` 恢复原样。",
  seesNoHistory: (persona) => `“${persona}”不看之前的消息，没有可以压缩的内容。`,
  compacting: (turns) => `正在压缩 ${turns} 轮问答`,
  tooLittle: "内容太少，不值得压缩：摘要占的地方和省下来的一样多。",
  noSummary: "模型没能写完摘要。什么都没有改变，请再试一次。",
  turnsGone: "在我写摘要时，其中的内容被删除了。什么都没有改变，请再试一次。",
  compactStopped: "已停止。什么都没有改变。",
  compacted: ({ turns, tokensBefore, tokensAfter, kept }) =>
    `最早的 ${turns} 轮问答已经压缩成摘要：从大约 ${count(tokensBefore)} 个 token 减到 ${count(tokensAfter)} 个；最后 ${kept} 轮保持原样。`,
  leftOut: (turns) => `再之前的 ${turns} 轮模型放不下，没有写进摘要。`,
  expanded: "摘要已经取消：只要放得下，我会重新逐字看到原来的内容。",
  nothingToExpand: "这里没有摘要。",
  summaryVoid: "你改动的内容在这段对话的摘要里，所以我丢掉了摘要。",
  contextUsage: "请写 `/context`、`/context full` 或 `/context left`。",
  nextMessage: "（你的下一条消息）",
  sees: ({ tokens, window, share, model, isGuess }) =>
    `**模型看到的内容：** 大约 ${count(tokens)} 个 token，占 \`${model}\` ${isGuess ? "大概" : ""}能放下的 ${count(window)} 个的 ${share}。`,
  partNames: {
    instructions: "指令",
    tools: (tools) => `${tools} 个工具`,
    examples: (exchanges) => `${exchanges} 个示例`,
    memory: "记住的事",
    summary: "摘要",
    history: "问答",
    message: "你的下一条消息",
  },
  pictures: (pictures) => `${pictures} 张图片`,
  tokensAndShare: (tokens, share) => `${count(tokens)} 个 token，${share}`,
  historyRoom: (share, room) => `问答占了可用的 ${count(room)} 个 token 的 ${share}。`,
  notSeen: (turns) => `有 ${count(turns)} 轮较早的问答已经不能逐字看到了。`,
  fullRequest: (model, hidesMemory) =>
    `这是发给 \`${model}\` 的下一个请求，除了你的消息，和实际发送的一模一样。${hidesMemory ? "因为别人也能看到，我记住的关于你的事没有放进去。" : ""}`,
  hiddenMemory: "（别人也能看到，所以这里没有放进去）",
  nothingLeft: "没有看不到的部分：模型能看到这段对话的全部内容。",
  left: (turns) => `有 ${count(turns)} 轮问答已经不能逐字看到了，内容如下。`,
  said: {
    question: "问题",
    answer: "回答",
    picture: "（图片）",
    uses: (tool) => `（使用 ${tool}）`,
    result: (tool) => `${tool} 的结果`,
  },
  inTheirPlace: "模型看到的是：",
};

const count = (value: number): string => amount("zh", value);
