import { amount } from "../format.ts";
import type { Words } from "../words.ts";

const units = { page: "页", sheet: "个工作表", slide: "张幻灯片", chapter: "章", part: "个部分" } as const;

export const readingWords: Words["reading"] = {
  opening: "正在查阅文件",

  whole: (name, tokens) =>
    `${name} 会整份随问题发送：在上下文里期间，每个问题约 ${amount("zh", tokens)} 个 token。`,
  indexed: (name, { tokens, each }) =>
    `${name} 太长，不能整份发送（约 ${amount("zh", tokens)} 个 token）。我会按每个问题查找合适的段落：每次最多 ${amount("zh", each)} 个 token，另加模型自己继续读的部分。`,
  cut: (name, letters) => `${name} 超出了我能保存的长度：我只保留了开头的 ${amount("zh", letters)} 个字。`,

  files: {
    usage: "[drop 编号]",
    summary: "这个对话里的文件：大小、用法和花费",
  },
  noFiles: "这里没有文件。发给我一个，它会一直留在这个对话里，直到 `/new`。",
  filesTitle: "**这个对话里的文件**",
  size: (unit, count) => `${amount("zh", count)} ${units[unit]}`,
  tokens: (tokens) => `约 ${amount("zh", tokens)} 个 token`,
  usedWhole: "每个问题都带上全文",
  usedInPart: "每个问题带上合适的段落",
  filesNote: "它们会留到 `/new`。`/files drop 1` 会彻底删掉其中一个。",
  drop: (number) => `删掉 ${number}`,
  dropped: (name) => `已删掉：${name}。它的内容已经不在这里了，我回答过的话还在。`,
  noFile: (which) => `这里没有文件“${which}”。\`/files\` 会列出编号。`,
  notYourFile: "只有发送它的人或管理这个频道的人才能删掉它。",
};
