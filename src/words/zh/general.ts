import type { ProviderFailure } from "../../providers/provider.ts";
import type { GeneralWords } from "../en/general.ts";
import { amount, shortWait } from "../format.ts";

export const general: GeneralWords = {
  stopped: "已停止。",
  timedOut: (seconds) => `一个回答最多用 ${seconds} 秒，时间到了，我就停下了。`,
  cut: "回答已经到了最大长度。想看后面的，请说“继续”。",
  refused: "模型拒绝回答这个问题。",
  brokenOff: "回答中断了：现在连不上模型。请再问一次。",
  empty: "模型没有给出回答。请再问一次。",
  tooLong: (tokens, window) =>
    `内容太长，模型放不下：大约 ${amount("zh", tokens)} 个 token，最多只能 ${amount("zh", window)} 个。请发短一些。`,
  notPersona: (name, near, all) =>
    `没有叫“${name}”的角色。${near ? `你是想找“${near}”吗？` : `现有的角色：${all.join("、")}`}`,
  lostPersona: (id, instead) => `这里选用的角色“${id}”已经不在了，现在由“${instead}”回答。`,
  notCommand: (name, near) =>
    `没有 /${name} 这个命令。${near ? `你是想用 /${near} 吗？` : ""}用 /help 可以看到我会做什么。`,
  oldButton: "这个按钮太旧了，它对应的内容已经不在了。",
  notYourButton: "只有提问的人才能这样做。",
  notYourAnswer: "只有提问的人或管理这里的人才能停止这个回答。",
  notLastAnswer: "已经有更新的回答了，请在那个回答下面写“继续”。",
  nothingAsked: "这条消息里没有我能回答的内容。",
  whoElse: "换谁来回答？",
  goOn: "请从刚才停下的地方直接接着说。",
  inFile: (name, lines) => `📎 \`${name}\`（${lines} 行）`,
  ahead: (questions) => `前面还有 ${questions} 个问题，轮到你时我会在这里回答。`,
  restarting: "我正在重启，马上就在这里接着回答。",
  notStored: "这个回答暂时还存不下来，我会继续尝试。",
  tooOld: (minutes) =>
    `你 ${minutes < 120 ? `${minutes} 分钟` : `${Math.round(minutes / 60)} 小时`}前写这条消息时我不在。如果还需要回答，请再写一次。`,
  albumTooLate: "这条来得太晚，没能和同一组里的其他内容合在一起。请把整组重新发一次，我会一起看。",
  gaveUp: "我试了好几次，都没有成功。请换个方式问。",
  halfCommand: (name) => `我执行 /${name} 时被打断了，不知道有没有完成。请先看一下，再决定要不要重做。`,
  nothingRuns: "这里现在没有正在进行的回答。",
  unexpected: (id) => `我这边出了问题。请再试一次；如果还不行，请告诉管理员，错误编号：${id}`,
  fallback: (failed, reason, answered) => `${fallbackReasons[reason](failed)}，改由 ${answered} 回答。`,
  blindStandIn: (model) => `${model} 看不了图片，所以没看图片就回答了。`,
  provider: (kind, retryAfterMs) => {
    if (kind !== "rate-limit") return providerSentences[kind];
    const wait = retryAfterMs === undefined ? "一分钟左右" : shortWait("zh", retryAfterMs);
    return `模型收到的请求太多了。${wait ? `请过${wait}再问` : "请晚些时候再问"}。`;
  },

  thinking: "正在思考",
  doing: (status) => `${status}…`,
  titles: { thinking: "思考过程", sources: "来源" },
  buttons: { stop: "停止", again: "重新回答", another: "换一个来答", more: "继续" },
};

const fallbackReasons: Record<ProviderFailure, (model: string) => string> = {
  "rate-limit": (model) => `${model} 正忙`,
  overloaded: (model) => `${model} 负载过高`,
  auth: (model) => `${model} 拒绝了我们的密钥`,
  "no-model": (model) => `${model} 目前不可用`,
  "too-long": (model) => `这些内容对 ${model} 来说太长`,
  refused: (model) => `${model} 拒绝回答`,
  unfit: (model) => `${model} 没有接受这个问题`,
  unreachable: (model) => `连不上 ${model}`,
  unknown: (model) => `${model} 出错了`,
};

const providerSentences: Record<Exclude<ProviderFailure, "rate-limit">, string> = {
  overloaded: "模型现在负载过高。请过一分钟左右再问。",
  auth: "模型服务商拒绝了我们的密钥，或者账户没有余额了。管理员可以用“parlance doctor”检查。",
  "no-model": "服务商没有提供所设置的模型。管理员可以用“parlance doctor”检查。",
  "too-long": "这段对话太长，模型放不下了。用 /new 可以重新开始。",
  refused: "模型服务商拒绝了这个请求。",
  unfit: "模型没有接受这个问题。可以换个说法、去掉图片，或用 /model 换一个模型。",
  unreachable: "现在连不上模型。请过一分钟左右再问。",
  unknown: "模型没能回答。请再问一次。",
};
