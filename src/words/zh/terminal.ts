import type { Words } from "../words.ts";

export const terminalWords: Words["terminal"] = {
  welcome: (persona, earlier) =>
    [
      `“${persona}”在听。`,
      ...(earlier > 0 ? [`我们接着之前的对话（已有 ${earlier} 个问题），用 /new 可以重新开始。`] : []),
      "/help 列出命令，/image 和 /file 添加附件，/quit 离开。",
    ].join(""),
  keys: "以 \\ 结尾的一行会接到下一行；按 Ctrl-C 停止回答。",
  attached: (file) => `${file} 会和你的下一条消息一起发出。`,
  noPath: "缺少文件路径，请写明是哪个文件。",
  notThere: (path) => `没有 ${path} 这个文件。`,
  notFile: (path) => `${path} 不是文件。`,
};
