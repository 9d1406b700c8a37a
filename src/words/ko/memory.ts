import type { Secret, Sensitive } from "../../memory/sensitive.ts";
import { amount, day } from "../format.ts";
import type { Words } from "../words.ts";

export const memoryWords: Words["memory"] = {
  summary: "제가 기억하는 사실을 보거나 고쳐요",
  instructionsSummary: "제가 어떻게 답할지 지침을 정해요. 어디서나, 또는 정한 곳에서만 따라요",
  linkSummary: "기억하는 사실과 지침을 다른 플랫폼의 본인 계정과 함께 써요",
  unlinkSummary: "사실과 지침을 본인의 다른 계정과 더는 함께 쓰지 않아요",
  noting: "적어 두는 중",
  forgetting: "잊는 중",

  undo: "되돌리기",
  keep: "기억하기",
  dontKeep: "기억하지 않기",
  pause: "일시 중지",
  resume: "다시 켜기",
  more: "더 보기",
  forgetAll: "모두 잊기",
  confirm: "입력했어요",
  link: "연결하기",
  dontLink: "연결하지 않기",

  remembered: (fact) => `기억했어요: ${fact}`,
  changed: (fact, before) => `바꿨어요: ${fact} (이전: ${before})`,
  withdrawn: (fact) => `잊었어요: ${fact}`,
  madeRoom: (facts) => `자리를 만드느라 가장 오래 쓰지 않은 사실 ${facts}개를 지웠어요.`,
  askKeep: (kind, fact) =>
    `${sensitiveNames[kind]}에 관한 내용이라 아직 기억하지 않았어요: “${fact}” 기억할까요?`,
  secret: (kind) =>
    `${secretNames[kind]} 절대 기억하지 않아요. 누가 제 기억을 손에 넣더라도 계정까지 가져가면 안 되니까요.`,

  usage:
    "`/memory`만 쓰면 목록을 보여 줘요. 그 뒤에 `add …`, `edit 3 …`, `forget 3`, `forget all`, `share 3`, `unshare 3`, `why`, `history`, `undo`, `pause`, `resume`, `export` 중 하나를 붙일 수 있어요.",
  nothing: "아직 기억하는 것이 없어요. `/memory add …`로 적거나, 기억해 달라고 말해 주세요.",
  title: (facts, most) => `**제가 기억하는 사실** (${facts}개, 최대 ${most}개)`,
  learned: (at, place, persona) =>
    persona === "" ? `${place}, ${day("ko", at)}` : `${place}, ${day("ko", at)}, ${persona} 페르소나`,
  inPrivate: "다이렉트 메시지",
  shared: "공유 중",
  hidden: (facts) =>
    `이곳의 다른 사람에게는 보여 주지 않는 사실이 ${facts}개 더 있어요. 다이렉트 메시지로 물어봐 주세요.`,
  paused:
    "**일시 중지 중:** 새로 기억하지 않고, 기억하는 사실도 쓰지 않아요. `/memory resume`을 쓰면 다시 시작해요.",
  howTo:
    "`/memory forget 1`은 하나를 완전히 지우고, `edit 1 …`은 고치고, `share 1`은 어디에서나 쓰게 해 줘요. 나머지는 `/memory help`에서 알려 줘요.",
  rule: (most) => `${most}개가 다 차면, 새로 기억할 때마다 가장 오래 쓰지 않은 것이 빠져요.`,
  page: (page, pages) => `${pages}쪽 중 ${page}쪽이에요.`,
  waiting: (fact) => `대답을 기다리는 중: ${fact}`,
  isPaused: "기억을 일시 중지했어요. 먼저 `/memory resume`이라고 써 주세요.",
  alreadyKnown: "이미 알고 있어요.",
  noNumber: (which) => `여기에 “${which}” 번호는 없어요. 번호는 \`/memory\`에서 볼 수 있어요.`,
  tooLong: (most) => `너무 길어요. 사실 하나는 ${most}자까지, 한 문장으로 써 주세요.`,
  forgotten: (fact) => `완전히 잊었어요: ${fact}`,
  forgottenSilently: "완전히 잊었어요.",
  forgottenAll: (facts) => `사실 ${facts}개를 완전히 잊었어요.`,
  sureAll: (facts) =>
    `제가 기억하는 사실 ${facts}개와 그 기록을 완전히 지워요. \`/memory forget all yes\`라고 쓰면 지울게요.`,
  nowPaused:
    "일시 중지했어요. `/memory resume`을 쓸 때까지 새로 기억하지 않고, 기억하는 사실도 쓰지 않을게요.",
  nowResumed: "이제 다시 기억하고, 기억하는 사실을 쓸게요.",
  nowShared: (fact) => `공유했어요: “${fact}” 이제 누가 보든 어디에서나 쓸 수 있어요.`,
  nowUnshared: (fact) => `이제 다이렉트 메시지에서만 쓸게요: “${fact}”`,
  kept: (fact) => `기억했어요: ${fact}`,
  dropped: "기억하지 않을게요.",
  notWaiting: "이제 정할 것이 없어요.",
  undone: (fact) => `되돌렸어요. 이제 기억하지 않아요: “${fact}”`,
  undoneTo: (fact) => `되돌렸어요. 다시 기억해요: ${fact}`,
  nothingToUndo: "되돌릴 것이 없어요.",
  notInChannel: "여기는 다른 사람도 볼 수 있어요. 다이렉트 메시지로 물어봐 주세요.",
  noHistory: "아직 바뀐 것이 없어요.",
  historyTitle: "**전에 기억하던 것**",
  replacedBy: (before, now, at) => `${before} → ${now} (${day("ko", at)})`,
  removed: (fact, at) => `${fact} → 잊음 (${day("ko", at)}). 하루 뒤에 완전히 지워져요`,
  historyNote: "이 내용은 쓰지 않아요. 사실을 완전히 지우면 그 기록도 지워져요.",
  whyNone: "여기에서 드린 마지막 답변에는 기억하는 사실을 쓰지 않았어요.",
  whyNoAnswer: "여기에서는 아직 답한 적이 없어요.",
  whyTitle: "여기에서 마지막으로 답할 때 모델이 본 사실이에요.",
  whyGone: (facts) => `지금은 잊었거나 여기에서 쓸 수 없는 사실이 ${facts}개 더 있어요.`,
  exported: (facts, instructions) =>
    `사실 ${count(facts)}개와 지침 ${count(instructions)}개예요. 바뀌기 전의 내용도 들어 있어요.`,

  instructionsUsage:
    "`/instructions`만 쓰면 지침을 보여 줘요. 그 뒤에 `add …`, `edit 2 …`, `on 2`, `off 2`, `remove 2` 중 하나를 붙여서 바꿀 수 있어요.",
  noInstructions:
    "어떻게 답하면 좋을지 아직 알려 주신 것이 없어요. 예를 들면 이렇게 써요.\n- `/instructions add 짧게 답해 줘`\n- `/instructions add 채널에서는: 잡담은 빼 줘`\n- `/instructions add 한국어로 말할 때: 해요체`\n- `/instructions add 페르소나 Tutor: 더 어려운 문제를 내 줘`",
  instructionsTitle: "**원하시는 답변 방식**",
  isOff: "꺼짐",
  instructionsElsewhere: (rules) =>
    `답변 방식에 대한 지침이 ${count(rules)}개 있어요. 여기는 다른 사람도 볼 수 있으니 다이렉트 메시지로 물어봐 주세요.`,
  instructionsNote:
    "본인의 질문에만 적용돼요. `/instructions off 1`은 하나를 끄고, `edit 1 …`은 고치고, `remove 1`은 지워요.",
  strictNote: "형식이 중요한 페르소나는 자기 이름이 적힌 지침(`페르소나 …:`)만 따라요.",
  instructionAdded: (number, rule) => `${number}번: ${rule}`,
  instructionEdited: (number, rule) => `${number}번을 바꿨어요: ${rule}`,
  instructionOn: (rule) => `켰어요: ${rule}`,
  instructionOff: (rule) => `껐어요: ${rule}`,
  instructionRemoved: (rule) => `지웠어요: ${rule}`,
  noInstruction: (which) => `“${which}” 번호는 없어요. 번호는 \`/instructions\`에서 볼 수 있어요.`,
  tooManyInstructions: (most, letters) =>
    `너무 많아요. 지침은 ${most}개까지, 모두 합쳐 ${amount("ko", letters)}자까지예요. 하나를 지우거나 줄여 주세요.`,

  linkCode: (code, minutes) =>
    `코드: \`${code}\`. ${minutes}분 안에 본인의 다른 계정에서 다이렉트 메시지로 \`/link ${code}\`라고 보내 주세요. 그다음 여기로 돌아와 “입력했어요”를 누르거나 \`/link confirm\`이라고 써 주세요.\n\n계정을 연결하면 제가 기억하는 사실과 지침을 함께 써요. 대화와 예산은 따로예요.`,
  linkClaimed:
    "한 단계 남았어요. 코드를 받은 계정에서 `/link confirm`으로 확인해 주세요. 그 전에는 아무것도 연결되지 않아요.",
  linkWhose: (name, platform) =>
    `${platform}의 ${name} 님이 코드를 입력했어요. 본인이 맞나요? 연결하면 그 계정에서 제가 기억하는 사실을 보고 바꿀 수 있어요.`,
  linkNotYet: "아직 아무도 코드를 입력하지 않았거나, 코드가 너무 오래됐어요. `/link`로 새로 만들 수 있어요.",
  linked: (name, platform) =>
    `${platform}의 ${name} 계정과 연결했어요. 사실과 지침을 함께 쓰고, 대화와 예산은 따로예요. \`/unlink\`로 연결을 끊을 수 있어요.`,
  linkRefused: "연결하지 않았어요. 그 코드는 이제 쓸 수 없어요.",
  linkUnknown:
    "코드가 틀렸거나, 이미 썼거나, 너무 오래됐거나, 이 계정에서 만든 코드예요. 다른 계정에서 `/link`로 새로 만들 수 있어요.",
  linkAlready: "이미 연결된 계정이에요. 먼저 `/unlink`라고 써 주세요.",
  linkTries: "틀린 코드가 너무 많아요. 한 시간 뒤에 다시 해 주세요.",
  linkInPrivate: "코드는 본인만 봐야 해요. 다이렉트 메시지로 부탁해 주세요.",
  linkList: (accounts) => `연결된 계정: ${accounts.join(", ")}. \`/unlink\`를 쓰면 이 계정의 연결을 끊어요.`,
  account: (name, platform) => `${platform}의 ${name === "" ? "" : `${name} `}계정`,
  unlinked:
    "이 계정의 연결을 끊었어요. 이 계정에서 알게 된 것은 이 계정에만, 다른 계정에서 알게 된 것은 그 계정에만 남아요.",
  notLinked: "연결되어 있지 않은 계정이에요.",
  forgetLinked:
    "이 계정에 속한 것만 지우고, 연결도 끊어요. 다른 계정에서 알게 된 것은 그대로 남으니 거기에서도 `/forget me`라고 써 주세요.",
};

const sensitiveNames: Record<Sensitive, string> = {
  health: "건강",
  credentials: "계정과 비밀번호",
  money: "돈",
  identity: "신분증",
};

/** With their particle. */
const secretNames: Record<Secret, string> = {
  password: "비밀번호는",
  key: "키와 토큰은",
  card: "카드 번호는",
};

const count = (value: number): string => amount("ko", value);
