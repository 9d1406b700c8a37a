import type { ChosenBy } from "../../model-choice.ts";
import { compact, dollars, percent } from "../../text/numbers.ts";
import { rate } from "../format.ts";
import type { Words } from "../words.ts";

export const modelWords: Words["models"] = {
  usage: "[이름]",
  summary: "쓰는 모델을 보거나 바꿔요. `default`를 쓰면 페르소나의 모델로 돌아가요",
  summaryOfThink: "모델이 답하기 전에 얼마나 생각할지, 그 생각을 볼지 정해요",

  notSet: (alias) =>
    `“${alias}” 모델이 설정되어 있지 않아요. parlance.yaml에 models: { ${alias}: provider/model } 형식으로 써 주세요.`,
  unknown: (name, near, aliases) =>
    `“${name}” 모델은 없어요. ${near ? `혹시 “${near}”인가요?` : `있는 것: ${aliases.join(", ")}. \`provider/model\`도 쓸 수 있어요.`}`,

  inUse: (model, by) => `여기서는 \`${model}\` 모델이 답해요. ${choices[by]}`,
  isFixed: (persona) =>
    `“${persona}” 페르소나는 항상 이 모델로 답해서 바꿀 수 없어요. /persona에서 다른 페르소나를 고를 수 있어요.`,
  line: ({ alias, name, description, window, rate: cost }, isInUse) => {
    const goodFor = description ?? (alias === undefined ? undefined : goodForOf[alias]);
    const facts = [
      ...(window === undefined ? [] : [`${compact(window)}토큰`]),
      ...(cost ? [`입력 ${rate(cost.input)}, 출력 ${rate(cost.output)}`] : []),
    ];
    const called = alias === undefined ? `\`${name}\`` : `\`${alias}\` (${name})`;
    const head = `${isInUse ? `**${called}, 사용 중**` : called}${goodFor === undefined ? "" : `: ${goodFor}`}`;
    return `- ${[head, ...facts].join(" · ")}`;
  },
  howToSwitch:
    "가격은 100만 토큰당 달러예요. `/model 이름`으로 여기서 쓸 모델을 바꿔요. `provider/model` 이름은 무엇이든 쓸 수 있어요.",
  unpriced: (models) =>
    `${models.join(", ")} 모델이 얼마인지 알 수 없어서, 달러 예산이 정해져 있는 동안에는 쓸 수 없어요. 관리자가 parlance.yaml의 \`providers.<id>.models.<model>.price\`에 가격을 쓰면 돼요.`,
  switched: (model) => `이제 여기서는 \`${model}\` 모델이 답해요.`,
  switchedToUnknown: (model, near) =>
    `이제 여기서는 \`${model}\` 모델이 답해요. 제가 모르는 모델이라 이름이 틀렸을 수도 있어요.${near === undefined ? "" : ` 비슷한 이름으로 \`${near}\` 모델이 있어요.`} 다음 답변에서 알 수 있어요.`,
  ratherThis: "그걸로 바꾸기",
  reset: "기본값으로",

  howToThink:
    "`/think off`, `low`, `medium`, `high`, `max`, `/think default`, `/think show`, `/think hide` 중 하나로 써 주세요.",
  efforts: { off: "끄기", low: "조금", medium: "보통", high: "많이", max: "최대" },
  thinks: (model, effort, by) =>
    effort === undefined
      ? `\`${model}\` 모델은 얼마나 생각할지 스스로 정해요.`
      : `\`${model}\` 모델은 ${effort === "off" ? "되도록 생각하지 않고 바로 답해요" : `먼저 생각하고 답해요(\`${effort}\`)`}. ${efforts[by]}`,
  cannotThink: (model, effort) =>
    `\`${model}\` 모델에는 얼마나 생각할지 정해 줄 수 없어요.${effort === undefined ? "" : ` “${effort}” 설정은 정할 수 있는 모델에 적용돼요.`}`,
  showsThinking: (isShown, isUndecided) =>
    isShown
      ? `생각한 내용은 답변과 함께 접어서 보여 줘요.${isUndecided ? " 다만 모델 회사에 따라서는 생각의 정도를 정했을 때만 알려 줘요." : ""}`
      : "생각한 내용은 보여 주지 않아요.",
  show: "생각 보이기",
  hide: "생각 숨기기",

  receipt: {
    tokens: (input, output) => `입력 ${compact(input)}, 출력 ${compact(output)}`,
    cost: (usd, searches) => (searches === 0 ? dollars(usd) : `${dollars(usd)} + 검색 ${searches}회`),
    cached: (share) => `캐시 ${percent(share)}`,
    thinking: (tokens) => `생각 ${compact(tokens)}`,
    window: (share) => `컨텍스트의 ${percent(share)}`,
    tools: (names) => `도구: ${names.join(", ")}`,
    seconds: (seconds) => `${seconds.toFixed(1)}초`,
  },
};

const choices: Record<ChosenBy, string> = {
  question: "이 질문에 고른 모델이에요.",
  conversation: "이 대화에서 고른 모델이에요.",
  place: "이 채널에 고른 모델이에요.",
  persona: "페르소나에 정해진 모델이에요.",
  nobody: "기본 모델이에요.",
};

const efforts: Record<ChosenBy, string> = {
  question: "이 질문에 고른 설정이에요.",
  conversation: "이 대화에서 고른 설정이에요.",
  place: "이 채널에 고른 설정이에요.",
  persona: "페르소나에 정해진 설정이에요.",
  nobody: "기본 설정이에요.",
};

const goodForOf: Readonly<Record<string, string>> = {
  fast: "빠르고 저렴해서 평소 질문에 좋아요",
  smart: "꼼꼼해서 대부분의 일에 좋아요",
  thinking: "느리고 비싸지만 어려운 일에 좋아요",
};
