import type { Secret, Sensitive } from "../../memory/sensitive.ts";
import { amount, day } from "../format.ts";
import type { Words } from "../words.ts";

const entered = "已输入";

export const memoryWords: Words["memory"] = {
  summary: "查看和修改我记住的关于你的事",
  instructionsSummary: "告诉我怎么和你说话，在哪里都一样，或者只在你说的地方",
  linkSummary: "和你在另一个平台上的账号共用关于你的事和你的要求",
  unlinkSummary: "不再和你的其他账号共用关于你的事和你的要求",
  noting: "正在记下来",
  forgetting: "正在忘掉它",

  undo: "撤销",
  keep: "记住",
  dontKeep: "不记",
  pause: "暂停",
  resume: "恢复",
  more: "更多",
  forgetAll: "全部忘掉",
  confirm: entered,
  link: "关联",
  dontLink: "不关联",

  remembered: (fact) => `记住了：${fact}`,
  changed: (fact, before) => `改好了：${fact}（原来是：${before}）`,
  withdrawn: (fact) => `忘掉了：${fact}`,
  madeRoom: (facts) => `为了腾出空间，最久没用到的 ${facts} 条已经去掉了。`,
  askKeep: (kind, fact) => `这关系到你的${sensitiveNames[kind]}，所以我还没有记下。要我记住吗？“${fact}”`,
  secret: (kind) => `我从不保存${secretNames[kind]}：就算有人看到我记住的内容，也不能让他拿到你的账号。`,

  usage:
    "请写 `/memory` 查看，或者在 `/memory` 后面加上 `add …`、`edit 3 …`、`forget 3`、`forget all`、`share 3`、`unshare 3`、`why`、`history`、`undo`、`pause`、`resume` 或 `export`。",
  nothing: "我还没有记住关于你的事。你可以写 `/memory add …`，也可以直接叫我记住什么。",
  title: (facts, most) => `**我记住的关于你的事**（${facts} 条，最多 ${most} 条）`,
  learned: (at, place, persona) =>
    persona === "" ? `${place}，${day("zh", at)}` : `${place}，${day("zh", at)}，“${persona}”记下的`,
  inPrivate: "私信里",
  shared: "已共享",
  hidden: (facts) => `还有 ${facts} 条不给这里的其他人看，请在私信里问我。`,
  paused: "**已暂停：** 我不会记关于你的新事，也不会用这些。写 `/memory resume` 可以恢复。",
  howTo:
    "`/memory forget 1` 永久删除一条，`edit 1 …` 修改一条，`share 1` 让我在任何地方都能使用它。其他用法请看 `/memory help`。",
  rule: (most) => `满 ${most} 条以后，每记一条新的，就去掉最久没用到的一条。`,
  page: (page, pages) => `第 ${page} 页，共 ${pages} 页。`,
  waiting: (fact) => `等你决定：${fact}`,
  isPaused: "记忆已暂停。请先写 `/memory resume`。",
  alreadyKnown: "这个我已经知道了。",
  noNumber: (which) => `这里没有编号“${which}”。写 \`/memory\` 可以看到编号。`,
  tooLong: (most) => `太长了：一条只写一句话，最多 ${most} 个字。`,
  forgotten: (fact) => `已经永久忘掉：${fact}`,
  forgottenSilently: "已经永久忘掉了。",
  forgottenAll: (facts) => `已经永久忘掉 ${facts} 条关于你的事。`,
  sureAll: (facts) =>
    `这会永久删除${facts === 1 ? "仅有的 1 条" : `全部 ${facts} 条`}关于你的事，连同以前的内容。写 \`/memory forget all yes\` 就会删除。`,
  nowPaused: "已暂停：在你写 `/memory resume` 之前，我不会记关于你的新事，也不会用已经知道的事。",
  nowResumed: "我又开始记住和使用关于你的事了。",
  nowShared: (fact) => `已共享：“${fact}”。现在我在任何地方都可以用它，不管谁能看到。`,
  nowUnshared: (fact) => `现在只在私信里用：“${fact}”`,
  kept: (fact) => `记住了：${fact}`,
  dropped: "好，没有记下。",
  notWaiting: "已经没有要你决定的事了。",
  undone: (fact) => `已撤销：“${fact}”已经不在了。`,
  undoneTo: (fact) => `已撤销，现在又是：${fact}`,
  nothingToUndo: "没有可以撤销的内容。",
  notInChannel: "这里别人也能看到，请在私信里问我。",
  noHistory: "还没有任何改动。",
  historyTitle: "**我以前知道的事**",
  replacedBy: (before, now, at) => `${before} → ${now}（${day("zh", at)}）`,
  removed: (fact, at) => `${fact} → 忘掉了（${day("zh", at)}），一天后永久删除`,
  historyNote: "这些都不会再用到。永久忘掉一条时，它以前的内容也会一起删除。",
  whyNone: "我在这里给你的上一个回答，没有用到我记住的关于你的事。",
  whyNoAnswer: "我在这里还没有回答过你。",
  whyTitle: "我在这里给你上一个回答时，模型看到了这些：",
  whyGone: (facts) => `另外 ${facts} 条现在已经忘掉，或者不能在这里用。`,
  exported: (facts, instructions) =>
    `${amount("zh", facts)} 条关于你的事和 ${amount("zh", instructions)} 条要求，连同以前的内容。`,

  instructionsUsage:
    "请写 `/instructions add …`、`edit 2 …`、`on 2`、`off 2` 或 `remove 2`；写 `/instructions` 可以查看。",
  noInstructions:
    "你还没有告诉我该怎么和你说话。例如：\n- `/instructions add 回答简短一点`\n- `/instructions add 在频道里: 不要闲聊`\n- `/instructions add 出现韩语时: 해요체`\n- `/instructions add 角色 Tutor: 问我更难的问题`",
  instructionsTitle: "**你希望我怎么回答你**",
  isOff: "已关闭",
  instructionsElsewhere: (rules) =>
    `你告诉过我 ${amount("zh", rules)} 条怎么和你说话的要求。这里别人也能看到，请在私信里问我。`,
  instructionsNote:
    "这些只对你自己的问题有效。`/instructions off 1` 关闭一条，`edit 1 …` 修改一条，`remove 1` 删除一条。",
  strictNote: "对回答形式有严格规定的角色，只听指名给它的要求（`角色 …:`）。",
  instructionAdded: (number, rule) => `第 ${number} 条：${rule}`,
  instructionEdited: (number, rule) => `第 ${number} 条改成了：${rule}`,
  instructionOn: (rule) => `已开启：${rule}`,
  instructionOff: (rule) => `已关闭：${rule}`,
  instructionRemoved: (rule) => `已删除：${rule}`,
  noInstruction: (which) => `没有编号“${which}”。写 \`/instructions\` 可以看到编号。`,
  tooManyInstructions: (most, letters) =>
    `太多了：最多 ${most} 条要求，加起来最多 ${amount("zh", letters)} 个字。请删掉或缩短一条。`,

  linkCode: (code, minutes) =>
    `你的代码是 \`${code}\`。请在 ${minutes} 分钟内，用你的另一个账号在私信里给我发 \`/link ${code}\`，然后回到这里按“${entered}”（或者写 \`/link confirm\`）。\n\n关联的账号共用我记住的关于你的事和你的要求，但不共用对话和预算。`,
  linkClaimed: "还差一步：请在给你代码的那个账号里确认（在那里写 `/link confirm`）。在那之前不会关联。",
  linkWhose: (name, platform) =>
    `${platform} 上的 ${name} 输入了你的代码。是你吗？关联以后，那个账号可以查看和修改我记住的关于你的事。`,
  linkNotYet: "还没有人输入你的代码，或者它已经过期了。写 `/link` 可以得到新的。",
  linked: (name, platform) =>
    `已经和 ${platform} 上的 ${name} 关联：两个账号共用关于你的事和你的要求，但不共用对话和预算。写 \`/unlink\` 可以解除。`,
  linkRefused: "没有关联。这个代码已经作废。",
  linkUnknown:
    "这个代码不对、已经用过、过期了，或者就是这个账号自己的。在另一个账号里写 `/link` 可以得到新的。",
  linkAlready: "这个账号已经关联了。请先写 `/unlink`。",
  linkTries: "错误的代码太多了。请一小时后再试。",
  linkInPrivate: "代码只给你一个人看，请在私信里问我。",
  linkList: (accounts) => `已关联的账号：${accounts.join("、")}。写 \`/unlink\` 可以解除这个账号的关联。`,
  account: (name, platform) => `${platform} 上的${name === "" ? "一个账号" : ` ${name}`}`,
  unlinked: "这个账号又独立了，我从它那里知道的事也跟着它。从其他账号那里知道的事，留在那些账号里。",
  notLinked: "这个账号没有关联。",
  forgetLinked:
    "这里说的是属于这个账号的内容，删除后它也不再关联。其他账号会留着我在那里知道的事，请在那里也写 `/forget me`。",
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
  card: "银行卡号",
};
