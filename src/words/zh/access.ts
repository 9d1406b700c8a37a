import type { Words } from "../words.ts";

export const accessWords: Words["access"] = {
  allow: { usage: "代码", summary: "允许收到这个代码的服务器、群组或个人使用我" },
  own: { usage: "代码", summary: "用 `parlance access owner` 生成的代码成为所有者" },
  allowServer: (kind, code) =>
    `需要管理员先允许这个${kind === "server" ? "服务器" : "群组"}使用我。代码：${code}。${allowBy(code)}`,
  allowPerson: (code) => `我还不认识你。管理员可以允许你使用我。代码：${code}。${allowBy(code)}`,
  notForYou: (id) => `我没有对所有人开放。管理员可以把你加进可以使用我的名单：${id}`,
  noDirectMessages: "我不回答私信。请在频道里问我。",
  allowed: (name, place) => `已允许：${name === "" ? place : `${name}（${place}）`}`,
  notCode: (code) =>
    `我不认识代码“${code}”，或者它已经过了一天。在想使用我的地方给我写一条消息，就能拿到新代码。`,
  notYours: "只有管理我的人才能这样做。",
  notForAll: "这会影响这里的所有人，所以只有管理这个频道的人才能更改。在话题串或私信里，你可以自己决定。",
  notYourScope: "这会影响这里的所有人，所以只有管理这里的人才能更改。",
  asChat: (name) => `你是以“${name}”的身份发言的，我不知道你是谁。请用你自己的身份再试。`,
  owned: "你现在是我的所有者了。用 /allow 可以让其他人也使用我。",
  notClaim: "这个代码不对、已经用过，或者过了一小时。用 `parlance access owner` 可以生成新的。",
  tooManyTries: "错误的代码太多了。请一小时后再试。",
  notInvited: (call) => `我还不在这个频道里。请先邀请我：${call}`,
  mayNotWrite: (platform, rights) =>
    `${platform} 不让我在这个频道里写消息。我的身份组在这里需要这些权限：${rights.join("、")}`,
  onlyMentions: (platform) => `在 ${platform} 上我只能看到提到我的消息。请提到我，再说一次。`,
};

const allowBy = (code: string): string =>
  `管理员可以给我发 \`/allow ${code}\`，或者运行 \`parlance access allow ${code}\`。`;
