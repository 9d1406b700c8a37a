import { amount } from "../format.ts";
import type { Words } from "../words.ts";

const units = { page: "页", sheet: "个工作表", slide: "张幻灯片", chapter: "章", part: "个部分" } as const;

export const readingWords: Words["reading"] = {
  opening: "正在查阅文件",
  embedding: (name, percent) => `正在细读 ${name}（${percent}%）`,

  whole: (name, tokens) =>
    `${name} 会整份随问题发送：在上下文里期间，每个问题约 ${amount("zh", tokens)} 个 token。`,
  indexed: (name, { tokens, each }) =>
    `${name} 太长，不能整份发送（约 ${amount("zh", tokens)} 个 token）。我会按每个问题查找合适的段落：每次最多 ${amount("zh", each)} 个 token，另加模型自己继续读的部分。`,
  cut: (name, letters) => `${name} 超出了我能保存的长度：我只保留了开头的 ${amount("zh", letters)} 个字。`,
  // Where nothing came of it.
  kept: () => "你发的文件还在这里，不用再发一次。",

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

  read: {
    usage: "[next | where | chapter 3 | all | stop | 文件编号 | 网址 | 文字]",
    summary: "一章一章地一起读一本书或一篇论文，不剧透",
  },
  readHow:
    "把书或论文和 `/read` 一起发给我；如果文件已经在这里（`/files`），写 `/read 1`。之后 `/read next` 读下一章，`/read where` 告诉你读到哪里，`/read chapter 3` 去那一章，`/read all` 取消书签的限制，`/read stop` 结束阅读。",
  nothingToRead: "这里没有可以一起读的内容。`/read` 会告诉你怎么做。",
  begun: (name, { chapters, tokens }) =>
    `我们一起读 ${name}：共 ${amount("zh", chapters)} 章，约 ${amount("zh", tokens)} 个 token。书签之后的内容我不会用，\`/read next\` 读下一章。`,
  hidden: "一起读的时候，我看不到之前说过的话：里面可能有后面的内容。",
  askChapter: (label) => `请为我概括 ${label}，后面的内容一个字也不要提。然后就这一部分问我两个问题。`,
  askBeginning: "请为我概括开头部分，后面的内容一个字也不要提。然后就这一部分问我两个问题。",
  next: "下一章",
  where: (title, { label, chapter, chapters, percent }) =>
    `**${title}**：${label}（第 ${chapter} 章，共 ${chapters} 章），已读 ${percent} %。`,
  bounded: "它之后的内容我不会用。`/read all` 可以取消。",
  open: "全部内容都可以说。`/read chapter 3` 会重新放上书签。",
  lastChapter: (title) => `这是 ${title} 的最后一章。现在可以问我全书的内容。`,
  noChapter: (which, chapters) => `没有“${which}”这一章：一共 ${chapters} 章。`,
  readingStopped: (title) => `我们不再读 ${title} 了。文件还在（\`/files\`），全部内容都可以说。`,
  notReading: "这里没有在一起读的内容。`/read` 会告诉你怎么做。",
  pasted: "粘贴的文字",
};
