import type { Secret, Sensitive } from "../../memory/sensitive.ts";
import { amount, day, listed } from "../format.ts";
import type { Words } from "../words.ts";

export const memoryWords: Words["memory"] = {
  summary: "제가 기억하는 것을 보고 고쳐요",
  instructionsSummary: "어디서나, 또는 정한 곳에서 어떻게 말할지 정해요",
  linkSummary: "다른 플랫폼의 내 계정과 사실과 지시를 함께 써요",
  unlinkSummary: "다른 내 계정과 사실과 지시를 함께 쓰지 않아요",
  noting: "적어 두는 중",
  forgetting: "잊는 중",

  undo: "되돌리기",
  keep: "기억하기",
  dontKeep: "기억하지 않기",
  pause: "멈추기",
  resume: "다시 켜기",
  more: "더 보기",
  forgetAll: "모두 잊기",
  confirm: "입력했어요",
  link: "연결하기",
  dontLink: "연결하지 않기",

  remembered: (fact) => `기억했어요: ${fact}`,
  changed: (fact, before) => `바꿨어요: ${fact} (이전: ${before})`,
  withdrawn: (fact) => `잊었어요: ${fact}`,
  madeRoom: (facts) => `자리를 만들려고, 가장 오래 쓰지 않은 사실 ${facts}개를 지웠어요.`,
  askKeep: (kind, fact) =>
    `${sensitiveNames[kind]}에 대한 것이라 아직 기억하지 않았어요: “${fact}” 기억할까요?`,
  secret: (kind) =>
    `${secretNames[kind]} 같은 것은 절대 기억하지 않아요. 누가 제 기억을 보더라도 계정은 안전해야 하니까요.`,

  usage:
    "기억을 보려면 `/memory`라고 쓰세요. 뒤에 `add …`, `edit 3 …`, `forget 3`, `forget all`, `share 3`, `unshare 3`, `why`, `history`, `undo`, `pause`, `resume`, `export`를 붙일 수 있어요.",
  nothing: "아직 기억하는 것이 없어요. `/memory add …`라고 쓰거나, 무엇을 기억해 달라고 말해 주세요.",
  title: (facts, most) => `**제가 기억하는 것** (최대 ${most}개 중 ${facts}개)`,
  learned: (at, place, persona) =>
    persona === "" ? `${place}, ${day("ko", at)}` : `${place}, ${day("ko", at)}, ${persona}`,
  inPrivate: "둘만의 대화에서",
  shared: "함께 쓰는 것",
  hidden: (facts) => `다이렉트 메시지에서만 볼 수 있는 것이 ${facts}개 더 있어요. 거기서 물어봐 주세요.`,
  nothingHere: "제가 기억하는 것 중에 여기서 쓸 수 있는 것이 없어요.",
  paused: "**멈춤:** 새로 배우지도, 이것을 쓰지도 않아요. `/memory resume`으로 다시 켤 수 있어요.",
  howTo:
    "`/memory forget 1`은 하나를 영원히 지우고, `edit 1 …`은 고치고, `share 1`은 다른 사람이 볼 수 있는 곳에서도 쓰게 해요. 나머지는 `/memory help`에 있어요.",
  rule: (most) => `${most}개가 차면, 새것이 올 때 가장 오래 쓰지 않은 것이 빠져요.`,
  page: (page, pages) => `${pages}쪽 중 ${page}쪽.`,
  waiting: (fact) => `결정을 기다려요: ${fact}`,
  isPaused: "기억이 멈춰 있어요. 먼저 `/memory resume`을 써 주세요.",
  alreadyKnown: "이미 알고 있어요.",
  noNumber: (which) => `여기에 “${which}”번은 없어요. \`/memory\`에서 번호를 볼 수 있어요.`,
  tooLong: (most) => `너무 길어요. 사실 하나는 ${most}자까지, 한 문장으로 써 주세요.`,
  forgotten: (fact) => `영원히 잊었어요: ${fact}`,
  forgottenSilently: "영원히 잊었어요.",
  forgottenAll: (facts) => `사실 ${facts}개를 영원히 잊었어요.`,
  sureAll: (facts) =>
    `사실 ${facts}개와 그 이력을 모두 영원히 지워요. \`/memory forget all yes\`라고 쓰면 지울게요.`,
  nowPaused: "멈췄어요. `/memory resume`을 쓸 때까지 새로 배우지도, 아는 것을 쓰지도 않을게요.",
  nowResumed: "다시 사실을 배우고 쓸게요.",
  nowShared: (fact) => `이제 함께 써요: “${fact}” 다른 사람이 볼 수 있는 곳에서도 쓸 수 있어요.`,
  nowUnshared: (fact) => `이제 다이렉트 메시지에서만 써요: “${fact}”`,
  kept: (fact) => `기억했어요: ${fact}`,
  dropped: "기억하지 않았어요.",
  notWaiting: "이제 정할 것이 없어요.",
  undone: (fact) => `되돌렸어요: “${fact}”를 지웠어요.`,
  undoneTo: (fact) => `되돌렸어요. 다시: ${fact}`,
  nothingToUndo: "되돌릴 것이 없어요.",
  notInChannel: "여기는 다른 사람도 볼 수 있어요. 다이렉트 메시지로 물어봐 주세요.",
  noHistory: "아직 바뀐 것이 없어요.",
  historyTitle: "**이전에 알던 것**",
  replacedBy: (before, now, at) => `${before} → ${now} (${day("ko", at)})`,
  removed: (fact, at) => `${fact} → 잊음 (${day("ko", at)}), 하루 뒤에 영원히 사라져요`,
  historyNote: "여기 있는 것은 쓰지 않아요. 사실을 영원히 잊으면 그 이력도 지워져요.",
  whyNone: "여기서 드린 마지막 답변에는 제가 기억하는 것을 쓰지 않았어요.",
  whyNoAnswer: "여기서는 아직 답한 적이 없어요.",
  whyTitle: "여기서 드린 마지막 답변에는 이것들이 들어갔어요:",
  whyGone: (facts) => `그사이에 잊었거나 여기서 쓸 수 없게 된 것이 ${facts}개 더 있어요.`,
  exported: (facts, instructions) =>
    `사실 ${count(facts)}개와 지시 ${count(instructions)}개, 그리고 바뀌기 전의 내용이에요.`,

  instructionsUsage:
    "`/instructions add …`, `edit 2 …`, `on 2`, `off 2`, `remove 2` 중 하나로 쓰거나, 보려면 `/instructions`라고 써 주세요.",
  noInstructions:
    "어떻게 말할지 아직 알려 주신 것이 없어요. 예를 들면:\n- `/instructions add 짧게 답해 줘`\n- `/instructions add in channels: 잡담은 빼 줘`\n- `/instructions add when Korean is involved: 해요체`\n- `/instructions add with Tutor: 더 어려운 질문을 해 줘`",
  instructionsTitle: "**원하는 답변 방식**",
  isOff: "꺼짐",
  instructionsNote:
    "본인의 질문에만 적용돼요. `/instructions off 1`은 하나를 끄고, `edit 1 …`은 고치고, `remove 1`은 지워요.",
  strictNote: "형식이 중요한 페르소나는 자기 이름이 들어간 것(`with …:`)만 따라요.",
  instructionAdded: (number, rule) => `${number}번: ${rule}`,
  instructionEdited: (number, rule) => `이제 ${number}번: ${rule}`,
  instructionOn: (rule) => `켰어요: ${rule}`,
  instructionOff: (rule) => `껐어요: ${rule}`,
  instructionRemoved: (rule) => `지웠어요: ${rule}`,
  noInstruction: (which) => `“${which}”번은 없어요. \`/instructions\`에서 번호를 볼 수 있어요.`,
  tooManyInstructions: (most, letters) =>
    `너무 많아요. 지시는 ${most}개까지, 모두 합쳐 ${amount("ko", letters)}자까지예요. 하나를 지우거나 줄여 주세요.`,

  linkCode: (code, minutes) =>
    `코드는 \`${code}\`예요. ${minutes}분 안에 다른 계정에서 저에게 다이렉트 메시지로 \`/link ${code}\`를 보내 주세요. 그런 다음 여기로 돌아와 “입력했어요”를 누르거나 \`/link confirm\`이라고 써 주세요.\n\n연결된 계정은 제가 기억하는 것과 지시를 함께 써요. 대화와 예산은 따로예요.`,
  linkClaimed:
    "한 단계 남았어요. 코드를 받은 계정에서 확인해 주세요(거기서 `/link confirm`). 그때까지는 아무것도 연결되지 않아요.",
  linkWhose: (name, platform) =>
    `${platform}의 ${name} 님이 코드를 입력했어요. 본인인가요? 연결하면 그 계정에서도 제가 기억하는 것을 보고 고칠 수 있어요.`,
  linkNotYet: "아직 아무도 코드를 입력하지 않았거나 너무 오래된 코드예요. `/link`로 새로 만들 수 있어요.",
  linked: (name, platform) =>
    `${platform}의 ${name} 계정과 연결했어요. 사실과 지시를 함께 써요. 대화와 예산은 따로예요. \`/unlink\`로 끊을 수 있어요.`,
  linkRefused: "연결하지 않았어요. 그 코드는 이제 쓸 수 없어요.",
  linkUnknown:
    "코드가 틀렸거나, 이미 썼거나, 너무 오래됐거나, 이 계정의 코드예요. 다른 계정에서 `/link`로 새로 만들 수 있어요.",
  linkAlready: "이 계정은 이미 연결되어 있어요. 먼저 `/unlink`를 써 주세요.",
  linkTries: "틀린 코드가 너무 많아요. 한 시간 뒤에 다시 해 주세요.",
  linkInPrivate: "코드는 혼자만 봐야 해요. 다이렉트 메시지로 부탁해 주세요.",
  linkList: (accounts) =>
    `연결된 계정: ${listed("ko", accounts)}. \`/unlink\`를 쓰면 이 계정의 연결을 끊어요.`,
  account: (name, platform) => `${platform}의 ${name === "" ? "계정" : name}`,
  unlinked:
    "이 계정은 다시 따로예요. 이 계정에서 배운 것도 따로 떨어졌고, 다른 계정에서 배운 것은 그쪽에 남아 있어요.",
  notLinked: "이 계정은 연결되어 있지 않아요.",
  forgetLinked:
    "이 계정의 것만 지우고, 그러면 연결도 끊겨요. 다른 계정에서 배운 것은 그쪽에 남으니, 거기서도 `/forget me`라고 써 주세요.",
};

const sensitiveNames: Record<Sensitive, string> = {
  health: "건강",
  credentials: "계정과 비밀번호",
  money: "돈",
  identity: "신분증",
};

const secretNames: Record<Secret, string> = {
  password: "비밀번호",
  key: "키와 토큰",
  card: "카드 번호",
};

const count = (value: number): string => amount("ko", value);
