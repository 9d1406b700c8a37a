import type { Secret, Sensitive } from "../../memory/sensitive.ts";
import { amount, day, listed } from "../format.ts";
import type { Words } from "../words.ts";

export const memoryWords: Words["memory"] = {
  summary: "あなたについて覚えていることを見て、直します",
  instructionsSummary: "どこでも、または決めた場所で、どう話すかを決めます",
  linkSummary: "別のプラットフォームの自分のアカウントと、覚えていることと指示を共有します",
  unlinkSummary: "ほかの自分のアカウントとの共有をやめます",
  noting: "書き留め中",
  forgetting: "忘れています",

  undo: "取り消す",
  keep: "覚える",
  dontKeep: "覚えない",
  pause: "一時停止",
  resume: "再開",
  more: "もっと見る",
  forgetAll: "すべて忘れる",
  confirm: "入力しました",
  link: "つなぐ",
  dontLink: "つながない",

  remembered: (fact) => `覚えました：${fact}`,
  changed: (fact, before) => `変えました：${fact}（以前：${before}）`,
  withdrawn: (fact) => `忘れました：${fact}`,
  madeRoom: (facts) => `場所を空けるため、いちばん長く使っていないこと${facts}件を消しました。`,
  askKeep: (kind, fact) =>
    `${sensitiveNames[kind]}に関わることなので、まだ覚えていません：「${fact}」覚えますか？`,
  secret: (kind) =>
    `${secretNames[kind]}は決して覚えません。だれかが私の記憶を見ても、アカウントは守られるべきだからです。`,

  usage:
    "見るには`/memory`と書いてください。続けて`add …`、`edit 3 …`、`forget 3`、`forget all`、`share 3`、`unshare 3`、`why`、`history`、`undo`、`pause`、`resume`、`export`を付けられます。",
  nothing: "まだ何も覚えていません。`/memory add …`と書くか、覚えてほしいことを話してください。",
  title: (facts, most) => `**あなたについて覚えていること**（最大${most}件のうち${facts}件）`,
  learned: (at, place, persona) =>
    persona === "" ? `${place}、${day("ja", at)}` : `${place}、${day("ja", at)}、${persona}`,
  inPrivate: "二人だけの会話で",
  shared: "共有",
  hidden: (facts) => `ダイレクトメッセージだけのものがあと${facts}件あります。そちらで聞いてください。`,
  nothingHere: "覚えていることのうち、ここで使えるものはありません。",
  paused: "**一時停止中：** 新しく覚えず、ここにあることも使いません。`/memory resume`で再開します。",
  howTo:
    "`/memory forget 1`は1件を完全に消し、`edit 1 …`は直し、`share 1`はほかの人が読める場所でも使えるようにします。ほかは`/memory help`にあります。",
  rule: (most) => `${most}件になると、新しいことを覚えるときに、いちばん長く使っていないものが消えます。`,
  page: (page, pages) => `${pages}ページ中${page}ページ目です。`,
  waiting: (fact) => `返事を待っています：${fact}`,
  isPaused: "記憶は一時停止中です。先に`/memory resume`と書いてください。",
  alreadyKnown: "それはもう知っています。",
  noNumber: (which) => `ここに番号「${which}」はありません。番号は\`/memory\`で見られます。`,
  tooLong: (most) => `長すぎます。1件は${most}文字までの1文で書いてください。`,
  forgotten: (fact) => `完全に忘れました：${fact}`,
  forgottenSilently: "完全に忘れました。",
  forgottenAll: (facts) => `${facts}件を完全に忘れました。`,
  sureAll: (facts) =>
    `覚えていること${facts}件とその履歴をすべて完全に消します。\`/memory forget all yes\`と書けば消します。`,
  nowPaused: "一時停止しました。`/memory resume`まで、新しく覚えず、知っていることも使いません。",
  nowResumed: "また覚えて、使います。",
  nowShared: (fact) => `共有しました：「${fact}」ほかの人が読める場所でも使います。`,
  nowUnshared: (fact) => `これからはダイレクトメッセージだけで使います：「${fact}」`,
  kept: (fact) => `覚えました：${fact}`,
  dropped: "覚えませんでした。",
  notWaiting: "もう決めることはありません。",
  undone: (fact) => `取り消しました：「${fact}」を消しました。`,
  undoneTo: (fact) => `取り消しました。元どおり：${fact}`,
  nothingToUndo: "取り消すものがありません。",
  notInChannel: "ここはほかの人も読めます。ダイレクトメッセージで聞いてください。",
  noHistory: "まだ何も変わっていません。",
  historyTitle: "**以前に知っていたこと**",
  replacedBy: (before, now, at) => `${before} → ${now}（${day("ja", at)}）`,
  removed: (fact, at) => `${fact} → 忘れました（${day("ja", at)}）。1日後に完全に消えます`,
  historyNote: "ここにあることは使いません。完全に忘れると、その履歴も消えます。",
  whyNone: "ここでの最後の回答には、覚えていることを使っていません。",
  whyNoAnswer: "ここではまだ答えたことがありません。",
  whyTitle: "ここでの最後の回答には、これらを使いました：",
  whyGone: (facts) => `その後に忘れたか、ここでは使えなくなったものが、あと${facts}件あります。`,
  exported: (facts, instructions) =>
    `覚えていること${count(facts)}件と指示${count(instructions)}件、そして変わる前の内容です。`,

  instructionsUsage:
    "`/instructions add …`、`edit 2 …`、`on 2`、`off 2`、`remove 2`のどれかを書くか、見るには`/instructions`と書いてください。",
  noInstructions:
    "どう話すかは、まだ何も聞いていません。たとえば：\n- `/instructions add 短く答えて`\n- `/instructions add in channels: 雑談はなし`\n- `/instructions add when Korean is involved: 해요체`\n- `/instructions add with Tutor: もっと難しい質問をして`",
  instructionsTitle: "**答え方の希望**",
  isOff: "オフ",
  instructionsNote:
    "あなたの質問だけに使います。`/instructions off 1`は1件をオフにし、`edit 1 …`は直し、`remove 1`は消します。",
  strictNote: "形式が大切なペルソナは、自分の名前があるもの（`with …:`）だけに従います。",
  instructionAdded: (number, rule) => `${number}番：${rule}`,
  instructionEdited: (number, rule) => `${number}番を変えました：${rule}`,
  instructionOn: (rule) => `オンにしました：${rule}`,
  instructionOff: (rule) => `オフにしました：${rule}`,
  instructionRemoved: (rule) => `消しました：${rule}`,
  noInstruction: (which) => `番号「${which}」はありません。番号は\`/instructions\`で見られます。`,
  tooManyInstructions: (most, letters) =>
    `多すぎます。指示は${most}件まで、合わせて${amount("ja", letters)}文字までです。1件消すか、短くしてください。`,

  linkCode: (code, minutes) =>
    `コードは\`${code}\`です。${minutes}分以内に、別のアカウントからダイレクトメッセージで\`/link ${code}\`と送ってください。そのあとここに戻って「入力しました」を押すか、\`/link confirm\`と書いてください。\n\nつないだアカウントは、覚えていることと指示を共有します。会話と予算は別々です。`,
  linkClaimed:
    "あと1つです。コードを受け取ったアカウントで確認してください（そちらで`/link confirm`）。それまでは何もつながりません。",
  linkWhose: (name, platform) =>
    `${platform}の${name}さんがコードを入力しました。あなたですか？つなぐと、そのアカウントでも覚えていることを見て、変えられます。`,
  linkNotYet: "まだだれもコードを入力していないか、古すぎます。`/link`で新しく作れます。",
  linked: (name, platform) =>
    `${platform}の${name}とつながりました。覚えていることと指示を共有します。会話と予算は別々です。\`/unlink\`でやめられます。`,
  linkRefused: "つなぎませんでした。そのコードはもう使えません。",
  linkUnknown:
    "コードが間違っているか、使用済みか、古すぎるか、このアカウントのものです。別のアカウントの`/link`で新しく作れます。",
  linkAlready: "このアカウントはもうつながっています。先に`/unlink`と書いてください。",
  linkTries: "間違ったコードが多すぎます。1時間たってからもう一度試してください。",
  linkInPrivate: "コードはあなただけが見るものです。ダイレクトメッセージで頼んでください。",
  linkList: (accounts) =>
    `つながっているアカウント：${listed("ja", accounts)}。\`/unlink\`でこのアカウントを外します。`,
  account: (name, platform) => `${platform}の${name === "" ? "アカウント" : name}`,
  unlinked:
    "このアカウントはまた別々になりました。ここで覚えたことも別々です。ほかのアカウントで覚えたことは、そちらに残ります。",
  notLinked: "このアカウントはつながっていません。",
  forgetLinked:
    "消えるのはこのアカウントの分で、つながりもなくなります。ほかのアカウントで覚えたことはそちらに残るので、そこでも`/forget me`と書いてください。",
};

const sensitiveNames: Record<Sensitive, string> = {
  health: "健康",
  credentials: "アカウントやパスワード",
  money: "お金",
  identity: "身分証明書",
};

const secretNames: Record<Secret, string> = {
  password: "パスワード",
  key: "キーやトークン",
  card: "カード番号",
};

const count = (value: number): string => amount("ja", value);
