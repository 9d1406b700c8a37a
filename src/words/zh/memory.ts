import type { Secret, Sensitive } from "../../memory/sensitive.ts";
import { amount, day, listed } from "../format.ts";
import type { Words } from "../words.ts";

export const memoryWords: Words["memory"] = {
  summary: "查看和修改我记住的关于你的事",
  instructionsSummary: "我该怎样和你说话，到处都这样，或只在你说的地方",
  linkSummary: "和你在另一个平台上的账号共用记住的事和要求",
  unlinkSummary: "不再和你的其他账号共用记住的事和要求",
  noting: "正在记下来",
  forgetting: "正在忘掉",

  undo: "撤销",
  keep: "记住",
  dontKeep: "不要记",
  pause: "暂停",
  resume: "恢复",
  more: "更多",
  forgetAll: "全部忘掉",
  confirm: "已输入",
  link: "关联",
  dontLink: "不关联",

  remembered: (fact) => `记住了：${fact}`,
  changed: (fact, before) => `改了：${fact}（之前：${before}）`,
  withdrawn: (fact) => `忘掉了：${fact}`,
  madeRoom: (facts) => `为了腾出空间，删掉了最久没用的 ${facts} 条。`,
  askKeep: (kind, fact) => `这和你的${sensitiveNames[kind]}有关，所以我还没有记：“${fact}”要记住吗？`,
  secret: (kind) => `我从不记${secretNames[kind]}：就算有人看到我的记忆，也不能拿到你的账号。`,

  usage:
    "写 `/memory` 查看；后面可以加 `add …`、`edit 3 …`、`forget 3`、`forget all`、`share 3`、`unshare 3`、`why`、`history`、`undo`、`pause`、`resume` 或 `export`。",
  nothing: "我还没有记住关于你的事。可以写 `/memory add …`，或者直接叫我记住什么。",
  title: (facts, most) => `**我记住的关于你的事**（${facts} 条，最多 ${most} 条）`,
  learned: (at, place, persona) =>
    persona === "" ? `${place}，${day("zh", at)}` : `${place}，${day("zh", at)}，${persona}`,
  inPrivate: "私下",
  shared: "已共享",
  hidden: (facts) => `还有 ${facts} 条只在私信里可见：请在那里问我。`,
  nothingHere: "我记住的关于你的事，在这里都不能用。",
  paused: "**已暂停：** 我不再记新的，也不用这些。用 `/memory resume` 恢复。",
  howTo:
    "`/memory forget 1` 永久删除一条，`edit 1 …` 修改，`share 1` 让我在别人也能看到的地方使用。其他的看 `/memory help`。",
  rule: (most) => `满 ${most} 条后，来一条新的，就去掉最久没用的一条。`,
  page: (page, pages) => `第 ${page} 页，共 ${pages} 页。`,
  waiting: (fact) => `等你决定：${fact}`,
  isPaused: "记忆已暂停。请先用 `/memory resume`。",
  alreadyKnown: "这个我已经知道了。",
  noNumber: (which) => `这里没有编号“${which}”。用 \`/memory\` 可以看到编号。`,
  tooLong: (most) => `太长了：一条只写一句话，最多 ${most} 个字符。`,
  forgotten: (fact) => `已永久忘掉：${fact}`,
  forgottenSilently: "已永久忘掉。",
  forgottenAll: (facts) => `已永久忘掉 ${facts} 条。`,
  sureAll: (facts) =>
    `这会永久删除关于你的 ${facts} 条和它们的历史。写 \`/memory forget all yes\` 就会删除。`,
  nowPaused: "已暂停：在你写 `/memory resume` 之前，我不再记新的，也不用已经知道的。",
  nowResumed: "我又开始记住并使用关于你的事了。",
  nowShared: (fact) => `已共享：“${fact}”现在在别人也能看到的地方我也可以用了。`,
  nowUnshared: (fact) => `现在只在私信里用：“${fact}”`,
  kept: (fact) => `记住了：${fact}`,
  dropped: "没有记。",
  notWaiting: "没有要决定的了。",
  undone: (fact) => `已撤销：“${fact}”删掉了。`,
  undoneTo: (fact) => `已撤销，恢复为：${fact}`,
  nothingToUndo: "没有可以撤销的。",
  notInChannel: "这里别人也能看到：请在私信里问我。",
  noHistory: "还没有改过什么。",
  historyTitle: "**我以前知道的**",
  replacedBy: (before, now, at) => `${before} → ${now}（${day("zh", at)}）`,
  removed: (fact, at) => `${fact} → 已忘掉（${day("zh", at)}），一天后永久消失`,
  historyNote: "这些都不会再用。永久忘掉一条，它的历史也会删除。",
  whyNone: "我在这里给你的上一个回答，没有用到记住的关于你的事。",
  whyNoAnswer: "我在这里还没有回答过你。",
  whyTitle: "我在这里给你的上一个回答用到了这些：",
  whyGone: (facts) => `还有 ${facts} 条现在已经忘掉，或者不能在这里用了。`,
  exported: (facts, instructions) =>
    `${count(facts)} 条关于你的事和 ${count(instructions)} 条要求，以及它们以前的内容。`,

  instructionsUsage:
    "请写 `/instructions add …`、`edit 2 …`、`on 2`、`off 2`、`remove 2`，或者写 `/instructions` 查看。",
  noInstructions:
    "你还没有告诉我该怎样和你说话。例如：\n- `/instructions add 回答简短一些`\n- `/instructions add in channels: 不要闲聊`\n- `/instructions add when Korean is involved: 해요체`\n- `/instructions add with Tutor: 问我更难的问题`",
  instructionsTitle: "**你希望我怎样回答**",
  isOff: "已关闭",
  instructionsNote:
    "只对你自己的问题有效。`/instructions off 1` 关闭一条，`edit 1 …` 修改，`remove 1` 删除。",
  strictNote: "讲究格式的角色，只听点到它名字的要求（`with …:`）。",
  instructionAdded: (number, rule) => `第 ${number} 条：${rule}`,
  instructionEdited: (number, rule) => `第 ${number} 条现在是：${rule}`,
  instructionOn: (rule) => `已打开：${rule}`,
  instructionOff: (rule) => `已关闭：${rule}`,
  instructionRemoved: (rule) => `已删除：${rule}`,
  noInstruction: (which) => `没有编号“${which}”。用 \`/instructions\` 可以看到编号。`,
  tooManyInstructions: (most, letters) =>
    `太多了：最多 ${most} 条，加起来最多 ${amount("zh", letters)} 个字符。请删掉或缩短一条。`,

  linkCode: (code, minutes) =>
    `你的代码是 \`${code}\`。请在 ${minutes} 分钟内，用你的另一个账号在私信里给我发 \`/link ${code}\`；然后回到这里点“已输入”（或者写 \`/link confirm\`）。\n\n关联的账号共用我记住的关于你的事和你的要求，对话和预算仍然分开。`,
  linkClaimed: "还差一步：请在给你代码的那个账号上确认（在那里写 `/link confirm`）。在那之前什么都没有关联。",
  linkWhose: (name, platform) =>
    `${platform} 上的 ${name} 输入了你的代码。是你吗？关联之后，那个账号可以看到和修改我记住的关于你的事。`,
  linkNotYet: "还没有人输入你的代码，或者它太旧了。用 `/link` 可以生成新的。",
  linked: (name, platform) =>
    `已和 ${platform} 上的 ${name} 关联：共用记住的事和要求，对话和预算仍然分开。用 \`/unlink\` 可以解除。`,
  linkRefused: "没有关联。这个代码已经作废。",
  linkUnknown: "这个代码不对、已经用过、太旧，或者是你自己的。在另一个账号上用 `/link` 可以生成新的。",
  linkAlready: "这个账号已经关联了。请先用 `/unlink`。",
  linkTries: "错误的代码太多了。请一小时后再试。",
  linkInPrivate: "代码只能给你看：请在私信里问我。",
  linkList: (accounts) => `已关联：${listed("zh", accounts)}。用 \`/unlink\` 可以解除这个账号的关联。`,
  account: (name, platform) => `${platform} 上的${name === "" ? "一个账号" : ` ${name}`}`,
  unlinked: "这个账号又独立了，我从它那里记住的事也跟着分开。从其他账号记住的事留在那边。",
  notLinked: "这个账号没有关联。",
  forgetLinked:
    "删除的是这个账号的内容，之后它也不再关联。你的其他账号会保留在那边记住的事：请在那里也写 `/forget me`。",
};

const sensitiveNames: Record<Sensitive, string> = {
  health: "健康",
  credentials: "账号和密码",
  money: "财务",
  identity: "身份证件",
};

const secretNames: Record<Secret, string> = {
  password: "密码",
  key: "密钥和令牌",
  card: "卡号",
};

const count = (value: number): string => amount("zh", value);
