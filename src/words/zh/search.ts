import type { Words } from "../words.ts";

export const searchWords: Words["search"] = {
  usage: "问题",
  summary: "先搜索网络，再根据找到的内容回答",
  howTo:
    "写 `/search 你的问题`：我会先搜索网络，再根据找到的内容回答，并附上来源。会搜索的角色在需要时也会自己搜索。",
  failed: (backend, reason) => `${backend}：${reason}`,
  noneWorked: (reasons) => `现在无法搜索（${reasons.join("；")}）。`,
  noBackend: "我没有可用的搜索方式：管理员可以在 parlance.yaml 的 `search.backends` 里填写。",
  foundNothing: (backend) => `我用 ${backend} 搜索过，什么也没找到。`,
  unreachable: "无法连接",
  status: (status) =>
    status === 401 || status === 403
      ? `它不接受密钥（${status}）`
      : status === 402 || status === 429
        ? `目前额度已用完（${status}）`
        : `它返回错误 ${status}`,
  noPrice: "不知道搜索一次要多少钱，所以在有美元预算时不能用它",
  unreadable: "它的回复我看不懂",
  tooSlow: (seconds) => `${seconds} 秒内没有回复`,
  turnedAway: "它拒绝了我的请求",
  didNot: "你要求先搜索，但模型没有搜索就回答了。",
};
