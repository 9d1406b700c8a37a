import type { Absence } from "../../council/progress.ts";
import type { Words } from "../words.ts";

export const councilWords: Words["council"] = {
  usage: "[模型:] 问题",
  summary: "几个模型同时回答，互相排名，再由一个总结",
  howTo: (models) =>
    [
      `\`/council 你的问题\`：${models.length} 个模型同时回答，在不知道是谁写的情况下互相排名，再由一个总结大家的共同点和分歧。`,
      "",
      ...models.map((model) => `- ${model}`),
      "",
      "写 `/council fast, smart: 你的问题` 只问这几个；也可以用任何 `provider/model`。",
    ].join("\n"),
  tooFew: (models) =>
    `至少需要两个不同的模型${models.length === 0 ? "" : `，而这里只有 ${models[0]}`}。请自己指定（\`/council fast, smart: …\`），或者请管理员在 parlance.yaml 的 \`council\` 里列出来。`,
  tooMany: (most) => `最多可以有 ${most} 个模型一起回答。`,
  offer: (models, price, unpriced) => {
    const who = `${models.length} 个模型（${models.join("、")}）`;
    const unknown = `我不知道 ${unpriced.join("、")} 的价格`;
    if (!price) return `${who}会一起回答。${unknown}。要继续吗？`;
    const known = `${who}一起回答大约要 ${price.about}，最多 ${price.most}`;
    return unpriced.length === 0 ? `${known}。要继续吗？` : `${known}；${unknown}。要继续吗？`;
  },
  ask: "一起问",
  askOne: "只问一个模型",
  asking: (models, ended) =>
    ended === 0 ? `正在问 ${models} 个模型` : `正在问 ${models} 个模型，已有 ${ended} 个完成`,
  ranking: "正在互相排名",
  summingUp: "正在总结",
  heard: (answered, models) =>
    answered === 0 ? `正在问 ${models} 个模型…` : `${models} 个模型中已有 ${answered} 个回答…`,
  weighing: "它们正在互相排名…",
  concluding: "正在总结…",
  answer: (number, model, took) => [`${number}. ${model}`, ...took].join(" · "),
  absent: (model, why) => `${model}：${absences[why]}`,
  notAsked: (model, sentence) => `${model}：${sentence}`,
  ranks: { place: "#", answer: "回答", mean: "平均名次", votes: "票数" },
  of: (models) => `${models} 个模型一起`,
  onlyOne: (model) => `只有 ${model} 回答了，没有可以比较的。`,
  twoAnswers: "只有两个回答，就不排名了。",
  noRanking: (models) => `没有给出排名的模型：${models.join("、")}`,
  otherChair: (failed, instead) => `${failed} 没能总结，改由 ${instead} 总结。`,
  noSummary: (model) => `没有模型能总结：这是排名最高的 ${model} 的回答。`,
  nobody: "没有一个模型回答。请过一分钟左右再问。",
};

const absences: Record<Absence, string> = {
  "rate-limit": "太忙了",
  overloaded: "负载过高",
  auth: "拒绝了我们的密钥",
  "no-model": "服务商没有提供",
  "too-long": "放不下这段对话",
  refused: "拒绝回答",
  unfit: "没有接受这个问题",
  unreachable: "连不上",
  unknown: "出错了",
  empty: "什么也没说",
  stopped: "被停止了",
  timeout: "用时太长",
};
