import { listed } from "../format.ts";
import type { Words } from "../words.ts";

export const accessWords: Words["access"] = {
  allow: { usage: "코드", summary: "이 코드를 받은 서버, 그룹, 사람이 쓸 수 있게 허용해요" },
  own: { usage: "코드", summary: "`parlance access owner`로 만든 코드로 소유자가 돼요" },
  allowServer: (kind, code) =>
    `먼저 관리자가 이 ${kind === "server" ? "서버" : "그룹"}에서 쓰는 것을 허용해야 해요. 코드: ${code}. ${allowBy(code)}`,
  allowPerson: (code) =>
    `아직 모르는 분이에요. 관리자가 허용해 줄 수 있어요. 코드: ${code}. ${allowBy(code)}`,
  notForYou: (id) => `저는 모두에게 열려 있지 않아요. 관리자가 쓸 수 있는 사람에 추가해 줄 수 있어요: ${id}`,
  noDirectMessages: "다이렉트 메시지에는 답하지 않아요. 채널에서 물어봐 주세요.",
  allowed: (name, place) => `허용했어요: ${name === "" ? place : `${name} (${place})`}`,
  notCode: (code) =>
    `“${code}” 코드를 모르거나 하루가 지난 코드예요. 그곳에서 저에게 말을 걸면 새 코드를 받을 수 있어요.`,
  notYours: "저를 관리하는 사람만 할 수 있어요.",
  notForAll:
    "여기 있는 모두에게 적용되는 일이라 이 채널을 관리하는 사람만 바꿀 수 있어요. 스레드나 다이렉트 메시지에서는 직접 정할 수 있어요.",
  notYourScope: "여기 있는 모두에게 적용되는 일이라 이곳을 관리하는 사람만 바꿀 수 있어요.",
  asChat: (name) => `“${name}” 이름으로 쓰셔서 누구신지 알 수 없어요. 본인 계정으로 다시 써 주세요.`,
  owned: "이제 제 소유자예요. /allow로 다른 사람도 쓸 수 있게 할 수 있어요.",
  notClaim:
    "코드가 틀렸거나, 이미 썼거나, 한 시간이 지났어요. `parlance access owner`로 새로 만들 수 있어요.",
  tooManyTries: "틀린 코드가 너무 많아요. 한 시간 뒤에 다시 해 주세요.",
  notInvited: (call) => `저는 아직 이 채널에 없어요. 먼저 초대해 주세요: ${call}`,
  mayNotWrite: (platform, rights) =>
    `${platform}에서 제가 이 채널에 글을 쓸 수 없어요. 여기에서 제 역할에 이 권한이 필요해요: ${listed("ko", rights)}`,
  onlyMentions: (platform) =>
    `${platform}에서는 저를 멘션한 메시지만 볼 수 있어요. 저를 멘션해서 다시 말해 주세요.`,
};

const allowBy = (code: string): string =>
  `관리자가 저에게 \`/allow ${code}\`를 보내거나 \`parlance access allow ${code}\`를 실행하면 돼요.`;
