import { amount, day } from "../format.ts";
import type { Words } from "../words.ts";

export const privacyWords: Words["privacy"] = {
  summary: "あなたについて何を、どこに、どれだけ保存しているか",
  keptNothing: "**あなたについて保存しているもの：** ありません。",
  kept: (since) => `**あなたについて保存しているもの**（${day("ja", since)}から）：`,
  questions: (questions, pictures) =>
    `質問${count(questions)}件とその回答${pictures > 0 ? `、画像${count(pictures)}枚` : ""}`,
  files: (files) => `送っていただいたファイル${count(files)}件の本文（\`/files\`）。一緒に届いた質問が残る間`,
  facts: (facts) => `あなたについて覚えていること${count(facts)}件（\`/memory\`）`,
  instructions: (instructions) => `どう答えるかの指示${count(instructions)}件（\`/instructions\`）`,
  accounts: (lines) => `利用の記録${count(lines)}行：回答のモデル、トークン、費用`,
  choices: "あなただけの会話で選んだペルソナとモデル",
  summaries: "`/compact`で作った要約。その最初の質問が削除されるまで",
  used: "**覚えたことを使う場所：** 私とのダイレクトメッセージでは、すべて使います。ほかでは、話してくださった場所だけです。公開チャンネルで聞いたことはそのサーバー全体で、非公開チャンネルやグループで聞いたことはその中だけで使います。`/memory share 1`で、1件をどこでも使えるようにします。",
  keptInGeneral:
    "**保存しているもの：** あなたの質問とその回答、そしてあなたが自分について話してくれたことです。どれだけあるかは、ダイレクトメッセージで聞いてください。",
  where: (vendors) =>
    `**場所：** このボットのデータベースです。${
      vendors.length === 0
        ? "モデルの提供元には何も送りません。"
        : `答えるために、質問とファイル、その前の会話、あなたの名前、覚えていること、あなたの指示をモデルに送ります。送り先：${vendors.join("、")}`
    }`,
  searched: (backends) =>
    `検索が役立つときは、検索の言葉を送ります。送り先：${backends.join("、")}。ページはそのサイトから直接読み、誰が尋ねたかは伝わりません。`,
  howLong: (questions, facts) =>
    questions === facts
      ? `**期間：** 質問と覚えていることは${span(questions)}、利用の記録は期限なしに保存します。`
      : `**期間：** 質問は${span(questions)}、覚えていることは${span(facts)}、利用の記録は期限なしに保存します。`,
  yours:
    "**自分で変えるには：** `/export`ですべてをダイレクトメッセージで受け取れます。`/memory forget 1`は覚えていることを1件、`/undo`は最後のやり取りを、`/forget me`はすべてを削除します。",
  stays:
    "**`/forget me`のあとも残るもの：** 二重に答えないよう、メッセージの番号だけを2日間。名前のない合計。その1時間、1日、1か月が終わるまで、あなた個人の上限に数える質問数と使用量。所有者なら、所有者であること。ほかの人が書いたものに、あなたの言葉が引用されているかもしれません。モデルの提供元が受け取ったものは、提供元が保存または削除します。",

  export: {
    summary: "あなたについて保存しているすべてをファイルで送ります",
    notHere: "ここはほかの人も読めます。`/export`はダイレクトメッセージで頼んでください。",
    done: ({ questions, facts, files, leftOut }) =>
      [
        `あなたについて保存しているすべてです：質問${count(questions)}件とその回答、覚えていること${count(facts)}件、選んだもの、回答にかかった分。`,
        ...(files === 1 ? [] : [`1つのファイルに収まらないので、${count(files)}個に分けました。`]),
        ...(leftOut === 0 ? [] : [`大きすぎて入らなかった画像が${count(leftOut)}枚あります。`]),
      ].join(""),
  },

  forget: {
    summary: "あなたについて保存しているすべてを削除します",
    howTo:
      "あなたについて保存しているすべてを削除するには`/forget me`と書いてください。`/memory forget 2`は1件だけ削除します。",
    warning: (held) =>
      `あなたについて保存しているすべてを削除します${held ? `（質問${count(held.questions)}件、覚えていること${count(held.facts)}件）` : ""}。すべてのチャットの質問と回答、画像、ファイル、覚えていること、指示、選んだものが消え、元に戻せません。先に\`/export\`で写しを受け取れます。`,
    confirm: "`/forget me yes`と書けば削除します。",
    done: "削除しました。もうあなたのことは分かりません。",
    rest: "このチャットに残るメッセージは自分で削除できます。ほかの人の質問に、あなたの言葉が引用されているかもしれません。ほかに何がなぜ残るかは`/privacy`で分かります。",
  },
};

const span = (days: number | undefined): string =>
  days === undefined ? "自分で削除するまで" : `${count(days)}日間`;

const count = (value: number): string => amount("ja", value);
