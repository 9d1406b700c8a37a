import type { Secret, Sensitive } from "../../memory/sensitive.ts";
import { amount, day } from "../format.ts";
import type { Words } from "../words.ts";

export const memoryWords: Words["memory"] = {
  summary: "あなたについて覚えていることを見たり、直したりします",
  instructionsSummary: "どう答えてほしいかを決めます。どこでも、または決めた場所だけで従います",
  linkSummary: "覚えていることと指示を、ほかのプラットフォームにある自分のアカウントと共有します",
  unlinkSummary: "覚えていることと指示を、自分のほかのアカウントと共有するのをやめます",
  noting: "メモ中",
  forgetting: "記憶から消去中",

  undo: "元に戻す",
  keep: "覚える",
  dontKeep: "覚えない",
  pause: "一時停止",
  resume: "再開",
  more: "もっと見る",
  forgetAll: "すべて忘れる",
  confirm: "入力しました",
  link: "連携する",
  dontLink: "連携しない",

  remembered: (fact) => `覚えました：${fact}`,
  changed: (fact, before) => `変更しました：${fact}（前：${before}）`,
  withdrawn: (fact) => `忘れました：${fact}`,
  madeRoom: (facts) => `場所を空けるため、いちばん長く使われていない${facts}件を忘れました。`,
  askKeep: (kind, fact) =>
    `${sensitiveNames[kind]}に関わることなので、まだ覚えていません：「${fact}」覚えてもいいですか？`,
  secret: (kind) =>
    `${secretNames[kind]}は決して覚えません。私の記憶がだれかの手に渡っても、あなたのアカウントまで渡らないようにするためです。`,

  usage:
    "`/memory`だけで一覧が見られます。その後ろに`add …`、`edit 3 …`、`forget 3`、`forget all`、`share 3`、`unshare 3`、`why`、`history`、`undo`、`pause`、`resume`、`export`のどれかを付けられます。",
  nothing:
    "あなたについて覚えていることはまだありません。`/memory add …`と書くか、覚えるように言ってください。",
  title: (facts, most) => `**あなたについて覚えていること**（${facts}件、最大${most}件）`,
  learned: (at, place, persona) =>
    persona === "" ? `${place}、${day("ja", at)}` : `${place}、${day("ja", at)}、ペルソナ「${persona}」`,
  inPrivate: "ダイレクトメッセージ",
  shared: "共有中",
  hidden: (facts) =>
    `ここを読むほかの人には見せないものが、ほかに${facts}件あります。ダイレクトメッセージで聞いてください。`,
  paused: "**一時停止中：** 新しく覚えず、覚えていることも使いません。`/memory resume`で再開します。",
  howTo:
    "`/memory forget 1`は1件を完全に削除し、`edit 1 …`は書き換え、`share 1`はどこでも使えるようにします。ほかの使い方は`/memory help`で見られます。",
  rule: (most) => `${most}件になると、新しく覚えるたびに、いちばん長く使われていないものを忘れます。`,
  page: (page, pages) => `${pages}ページ中${page}ページ目です。`,
  waiting: (fact) => `返事待ち：${fact}`,
  isPaused: "記憶は一時停止中です。先に`/memory resume`と書いてください。",
  alreadyKnown: "それはもう覚えています。",
  noNumber: (which) => `ここに「${which}」という番号はありません。番号は\`/memory\`で見られます。`,
  tooLong: (most) => `長すぎます。1件につき、${most}文字までの1文で書いてください。`,
  forgotten: (fact) => `完全に忘れました：${fact}`,
  forgottenSilently: "完全に忘れました。",
  forgottenAll: (facts) => `覚えていたこと${facts}件を完全に忘れました。`,
  sureAll: (facts) =>
    `あなたについて覚えていること${facts}件と、その履歴を完全に削除します。\`/memory forget all yes\`と書けば削除します。`,
  nowPaused: "一時停止しました。`/memory resume`と書かれるまで、新しく覚えず、覚えていることも使いません。",
  nowResumed: "再開しました。新しく覚え、覚えていることを使います。",
  nowShared: (fact) => `共有しました：「${fact}」これからは、だれが読む場所でも使うことがあります。`,
  nowUnshared: (fact) => `これからはダイレクトメッセージだけで使います：「${fact}」`,
  kept: (fact) => `覚えました：${fact}`,
  dropped: "覚えないでおきます。",
  notWaiting: "決めることはもうありません。",
  undone: (fact) => `元に戻しました。もう覚えていません：「${fact}」`,
  undoneTo: (fact) => `元に戻しました。また覚えています：${fact}`,
  nothingToUndo: "元に戻すものがありません。",
  notInChannel: "ここはほかの人も読めます。ダイレクトメッセージで聞いてください。",
  noHistory: "まだ何も変わっていません。",
  historyTitle: "**前に覚えていたこと**",
  replacedBy: (before, now, at) => `${before} → ${now}（${day("ja", at)}）`,
  removed: (fact, at) => `${fact} → 忘れました（${day("ja", at)}）。1日後に完全に消えます`,
  historyNote: "これらは使いません。1件を完全に削除すると、その履歴も消えます。",
  whyNone: "ここでの最後の回答には、あなたについて覚えていることを使いませんでした。",
  whyNoAnswer: "ここではまだあなたに答えていません。",
  whyTitle: "ここでの最後の回答のとき、モデルに見えていたこと：",
  whyGone: (facts) => `今は忘れたか、この場所では使えないものが、ほかに${facts}件あります。`,
  exported: (facts, instructions) =>
    `覚えていること${count(facts)}件と指示${count(instructions)}件です。変更前の内容も入っています。`,

  instructionsUsage:
    "`/instructions`だけで指示の一覧が見られます。その後ろに`add …`、`edit 2 …`、`on 2`、`off 2`、`remove 2`のどれかを付けると変えられます。",
  noInstructions:
    "どう答えてほしいかは、まだ聞いていません。たとえば：\n- `/instructions add 短く答えて`\n- `/instructions add チャンネルでは: 雑談はなしで`\n- `/instructions add 日本語で話すとき: です・ます体`\n- `/instructions add ペルソナ Tutor: もっと難しい問題を出して`",
  instructionsTitle: "**どう答えてほしいか**",
  isOff: "オフ",
  instructionsElsewhere: (rules) =>
    `どう答えてほしいかの指示が${count(rules)}件あります。ここはほかの人も読めるので、ダイレクトメッセージで聞いてください。`,
  instructionsNote:
    "あなたの質問だけに使います。`/instructions off 1`は1つをオフにし、`edit 1 …`は書き換え、`remove 1`は削除します。",
  strictNote: "形式が大切なペルソナは、自分の名前が書かれた指示（`ペルソナ …:`）だけに従います。",
  instructionAdded: (number, rule) => `${number}番：${rule}`,
  instructionEdited: (number, rule) => `${number}番を変更しました：${rule}`,
  instructionOn: (rule) => `オンにしました：${rule}`,
  instructionOff: (rule) => `オフにしました：${rule}`,
  instructionRemoved: (rule) => `削除しました：${rule}`,
  noInstruction: (which) => `「${which}」という番号はありません。番号は\`/instructions\`で見られます。`,
  tooManyInstructions: (most, letters) =>
    `多すぎます。指示は${most}件まで、合わせて${amount("ja", letters)}文字までです。どれかを削除するか、短くしてください。`,

  linkCode: (code, minutes) =>
    `コードは\`${code}\`です。${minutes}分以内に、あなたのほかのアカウントからダイレクトメッセージで\`/link ${code}\`と送ってください。そのあとここに戻り、「入力しました」を押すか、\`/link confirm\`と書いてください。\n\n連携したアカウントは、覚えていることと指示を共有します。会話と予算は別々です。`,
  linkClaimed:
    "あと一歩です。コードを受け取ったアカウントで、`/link confirm`と書いて確認してください。それまでは何も連携されません。",
  linkWhose: (name, platform) =>
    `${platform}の${name}さんがコードを入力しました。これはあなたですか？連携すると、そのアカウントで、あなたについて覚えていることを見たり変えたりできます。`,
  linkNotYet: "まだだれもコードを入力していないか、コードが古すぎます。`/link`で新しく作れます。",
  linked: (name, platform) =>
    `${platform}の${name}と連携しました。覚えていることと指示を共有します。会話と予算は別々です。\`/unlink\`で解除できます。`,
  linkRefused: "連携しませんでした。そのコードはもう使えません。",
  linkUnknown:
    "そのコードは間違っているか、使用済みか、古すぎるか、このアカウントで作ったものです。ほかのアカウントの`/link`で新しく作れます。",
  linkAlready: "このアカウントはもう連携しています。先に`/unlink`と書いてください。",
  linkTries: "間違ったコードが多すぎます。1時間たってからもう一度試してください。",
  linkInPrivate: "コードを見てよいのはあなただけです。ダイレクトメッセージで頼んでください。",
  linkList: (accounts) => `連携中：${accounts.join("、")}。\`/unlink\`でこのアカウントの連携を解除できます。`,
  account: (name, platform) => `${platform}の${name === "" ? "アカウント" : name}`,
  unlinked:
    "このアカウントの連携を解除しました。ここで覚えたことはこのアカウントだけに、ほかで覚えたことはそちらだけに残ります。",
  notLinked: "このアカウントは連携していません。",
  forgetLinked:
    "削除するのはこのアカウントの分だけで、連携も解除します。ほかのアカウントで覚えたことは残るので、そちらでも`/forget me`と書いてください。",
};

const sensitiveNames: Record<Sensitive, string> = {
  health: "健康",
  credentials: "アカウントやパスワード",
  money: "お金",
  identity: "身分証",
};

const secretNames: Record<Secret, string> = {
  password: "パスワード",
  key: "キーやトークン",
  card: "カード番号",
};

const count = (value: number): string => amount("ja", value);
