import type { ChosenBy } from "../../model-choice.ts";
import { compact, dollars, percent } from "../../text/numbers.ts";
import { rate } from "../format.ts";
import type { Words } from "../words.ts";

export const modelWords: Words["models"] = {
  usage: "[名字]",
  summary: "查看或更换正在用的模型；`default` 换回角色自己的模型",
  summaryOfThink: "模型回答前思考多少，以及要不要给你看",

  notSet: (alias) =>
    `没有为“${alias}”设置模型。请在 parlance.yaml 里写 models: { ${alias}: provider/model }。`,
  unknown: (name, near, aliases) =>
    `没有叫“${name}”的模型。${near ? `你是想找“${near}”吗？` : `现有：${aliases.join("、")}，也可以用 \`provider/model\`。`}`,

  inUse: (model, by) => `这里由 \`${model}\` 回答：${choices[by]}。`,
  isFixed: (persona) => `“${persona}”总是用它回答，不能更换。用 /persona 可以选别的角色。`,
  line: ({ alias, name, description, window, rate: cost }, isInUse) => {
    const goodFor = description ?? (alias === undefined ? undefined : goodForOf[alias]);
    const facts = [
      ...(window === undefined ? [] : [`${compact(window)} 个 token`]),
      ...(cost ? [`输入 ${rate(cost.input)}，输出 ${rate(cost.output)}`] : []),
    ];
    const called = alias === undefined ? `\`${name}\`` : `\`${alias}\` (${name})`;
    const head = `${isInUse ? `**${called}，正在使用**` : called}${goodFor === undefined ? "" : `：${goodFor}`}`;
    return `- ${[head, ...facts].join(" · ")}`;
  },
  howToSwitch:
    "价格是每百万 token 的美元数。用 `/model 名字` 更换这里的模型；任何 `provider/model` 的名字都可以。",
  unpriced: (models) =>
    `我不知道 ${models.join("、")} 的价格，所以在有美元预算时不能用。管理员可以在 parlance.yaml 里写上价格：\`providers.<id>.models.<model>.price\`。`,
  switched: (model) => `现在这里由 \`${model}\` 回答。`,
  switchedToUnknown: (model, near) =>
    `现在这里由 \`${model}\` 回答。我不认识它，名字可能写错了${near === undefined ? "" : `：我认识的是 \`${near}\``}。下一个回答就知道了。`,
  ratherThis: "改用那个",
  reset: "恢复默认",

  howToThink:
    "请写 `/think off`、`low`、`medium`、`high` 或 `max`，`/think default`，`/think show` 或 `/think hide`。",
  efforts: { off: "不思考", low: "少", medium: "中", high: "多", max: "最多" },
  thinks: (model, effort, by) =>
    effort === undefined
      ? `\`${model}\` 自己决定思考多少。`
      : `\`${model}\` ${effort === "off" ? "尽量不思考，直接回答" : `先思考再回答（\`${effort}\`）`}：${efforts[by]}。`,
  cannotThink: (model, effort) =>
    `没法告诉 \`${model}\` 思考多少。${effort === undefined ? "" : `“${effort}”对可以设置的模型有效。`}`,
  showsThinking: (isShown, isUndecided) =>
    isShown
      ? `思考的内容会和回答一起折叠显示${isUndecided ? "；有些服务商只在选了思考程度时才提供" : ""}。`
      : "思考的内容不显示。",
  show: "显示思考",
  hide: "隐藏思考",

  receipt: {
    tokens: (input, output) => `输入 ${compact(input)}，输出 ${compact(output)}`,
    cost: (usd, searches) => (searches === 0 ? dollars(usd) : `${dollars(usd)} + ${searches} 次搜索`),
    cached: (share) => `缓存 ${percent(share)}`,
    thinking: (tokens) => `思考 ${compact(tokens)}`,
    window: (share) => `窗口的 ${percent(share)}`,
    tools: (names) => `工具：${names.join("、")}`,
    seconds: (seconds) => `${seconds.toFixed(1)} 秒`,
  },
};

const choices: Record<ChosenBy, string> = {
  question: "这是为这个问题选的",
  conversation: "这是在这个对话里选的",
  place: "这是为这个频道选的",
  persona: "这是角色自己的模型",
  nobody: "这是默认的模型",
};

const efforts: Record<ChosenBy, string> = {
  ...choices,
  persona: "这是角色的设置",
  nobody: "这是默认的设置",
};

const goodForOf: Readonly<Record<string, string>> = {
  fast: "又快又便宜，适合日常问题",
  smart: "细致，适合大多数事情",
  thinking: "更慢更贵，适合难题",
};
