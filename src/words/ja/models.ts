import type { ChosenBy } from "../../model-choice.ts";
import { compact, dollars, percent } from "../../text/numbers.ts";
import { rate } from "../format.ts";
import type { Words } from "../words.ts";

export const modelWords: Words["models"] = {
  usage: "[名前]",
  summary: "使っているモデルを見るか、切り替えます。`default`でペルソナのモデルに戻ります",
  summaryOfThink: "モデルが答える前にどれだけ考えるか、それを見るかを決めます",

  notSet: (alias) =>
    `「${alias}」のモデルが設定されていません。parlance.yamlにmodels: { ${alias}: provider/model } の形で書いてください。`,
  unknown: (name, near, aliases) =>
    `「${name}」というモデルはありません。${near ? `「${near}」のことですか？` : `あるもの：${aliases.join("、")}。\`provider/model\`も使えます。`}`,

  inUse: (model, by) => `ここでは\`${model}\`が答えます。${choices[by]}`,
  isFixed: (persona) =>
    `「${persona}」はいつもこのモデルで答えるので、切り替えられません。ほかのペルソナは/personaで選べます。`,
  line: ({ alias, name, description, window, rate: cost }, isInUse) => {
    const goodFor = description ?? (alias === undefined ? undefined : goodForOf[alias]);
    const facts = [
      ...(window === undefined ? [] : [`${compact(window)}トークン`]),
      ...(cost ? [`入力${rate(cost.input)}、出力${rate(cost.output)}`] : []),
    ];
    const called = alias === undefined ? `\`${name}\`` : `\`${alias}\` (${name})`;
    const head = `${isInUse ? `**${called}、使用中**` : called}${goodFor === undefined ? "" : `：${goodFor}`}`;
    return `- ${[head, ...facts].join(" · ")}`;
  },
  howToSwitch:
    "料金は100万トークンあたりのドルです。`/model 名前`でここのモデルを切り替えます。`provider/model`の名前なら何でも使えます。",
  unpriced: (models) =>
    `${models.join("、")}の料金が分からないので、ドルの予算がある間は使えません。管理者がparlance.yamlの\`providers.<id>.models.<model>.price\`に料金を書けば使えます。`,
  switched: (model) => `これからここでは\`${model}\`が答えます。`,
  switchedToUnknown: (model, near) =>
    `これからここでは\`${model}\`が答えます。知らないモデルなので、名前が間違っているかもしれません。${near === undefined ? "" : `知っているのは\`${near}\`です。`}次の回答で分かります。`,
  ratherThis: "そちらにする",
  reset: "既定に戻す",

  howToThink:
    "`/think off`、`low`、`medium`、`high`、`max`、`/think default`、`/think show`、`/think hide`のどれかを書いてください。",
  efforts: { off: "なし", low: "少し", medium: "普通", high: "多め", max: "最大" },
  thinks: (model, effort, by) =>
    effort === undefined
      ? `\`${model}\`はどれだけ考えるかを自分で決めます。`
      : `\`${model}\`は${effort === "off" ? "できるだけ考えずにすぐ答えます" : `考えてから答えます（\`${effort}\`）`}。${efforts[by]}`,
  cannotThink: (model, effort) =>
    `\`${model}\`には、どれだけ考えるかを指定できません。${effort === undefined ? "" : `「${effort}」は指定できるモデルで使われます。`}`,
  showsThinking: (isShown, isUndecided) =>
    isShown
      ? `考えたことは、回答といっしょに折りたたんで表示します。${isUndecided ? "ただし提供元によっては、考える程度を選んだときだけ伝えてくれます。" : ""}`
      : "考えたことは表示しません。",
  show: "考えを表示",
  hide: "考えを隠す",

  receipt: {
    tokens: (input, output) => `入力${compact(input)}、出力${compact(output)}`,
    cost: (usd, searches) => (searches === 0 ? dollars(usd) : `${dollars(usd)} + 検索 ${searches} 回`),
    cached: (share) => `キャッシュ${percent(share)}`,
    thinking: (tokens) => `思考${compact(tokens)}`,
    window: (share) => `コンテキストの${percent(share)}`,
    tools: (names) => `ツール：${names.join("、")}`,
    seconds: (seconds) => `${seconds.toFixed(1)}秒`,
  },
};

const choices: Record<ChosenBy, string> = {
  question: "この質問のために選ばれたモデルです。",
  conversation: "この会話で選ばれたモデルです。",
  place: "このチャンネルで選ばれたモデルです。",
  persona: "ペルソナのモデルです。",
  nobody: "既定のモデルです。",
};

const efforts: Record<ChosenBy, string> = {
  question: "この質問のために選ばれた設定です。",
  conversation: "この会話で選ばれた設定です。",
  place: "このチャンネルで選ばれた設定です。",
  persona: "ペルソナの設定です。",
  nobody: "既定の設定です。",
};

const goodForOf: Readonly<Record<string, string>> = {
  fast: "速くて安く、ふだんの質問に",
  smart: "丁寧で、たいていのことに",
  thinking: "遅くて高いが、難しいことに",
};
