import { amount, listed } from "../format.ts";
import type { Words } from "../words.ts";

export const fileWords: Words["files"] = {
  getting: (name) => `正在获取 ${name}`,
  readingPicture: "正在读图片",
  readingPictures: (number, of) => `正在读第 ${number} 张图片，共 ${of} 张`,
  transcript: (picture, of) => (of === 1 ? "我在图片里读到：" : `我在第 ${picture} 张图片里读到：`),
  frames: (name, shown, of) =>
    shown === 1 ? `${name} 是动图，我只看第一帧。` : `${name} 是动图，我看其中 ${of} 帧里的 ${shown} 帧。`,
  still: (name) => `${name} 是动态的：我只看得到其中一张静止画面，也听不到声音。`,
  movingDrawing: "它是会动的矢量图，我放不了。发一张截图就可以。",
  correctedTranscript: (picture, of) =>
    of === 1 ? "按你的更正，图片中的文字：" : `按你的更正，第 ${picture} 张图片中的文字：`,
  hardToRead: (lines, of) =>
    of === 1 ? "这段文字不太清楚，请核对一下。" : `第 ${lines.join("、")} 行不太清楚，请核对一下。`,
  readsOtherwise: (line, of, text) => (of === 1 ? `模型读作：${text}` : `第 ${line} 行，模型读作：${text}`),
  fix: "更正",
  howToFix: (lines, isNext) =>
    `${isNext ? "请把正确的文字作为下一条消息发到这里" : "请回复这条消息，写上正确的文字"}，我会重新回答。${lines === 1 ? "" : "只改一行也可以，例如 `2: …`。"}我读到的是：`,
  cantFix: "我已经没有那张图片的文字了，请再发一次。",
  unread: (picture, reason) => `第 ${picture} 张图片没能读出来。${reason}`,
  noText: (picture) => `第 ${picture} 张图片里没有找到文字。`,
  blindModel: "回答的模型看不了图片，所以我把从图片里读到的文字给了它。",
  blindModels: (models) => `${listed("zh", models)} 看不了图片，所以得到的是我从图片里读到的文字。`,
  readDifferently: ({ picture, of, line, lines }, read, written) =>
    `${of === 1 ? "图片" : `第 ${picture} 张图片`}${lines === 1 ? "" : `第 ${line} 行`}我读到的是“${read}”，模型写的是“${written}”。`,
  unseen: (name, reason) => `没有用上 ${name}：${reason}`,

  tooLarge: (megabytes) => `它超过了 ${megabytes} MB。`,
  tooLargeToSend: (platform, megabytes) =>
    `要发的文件超过了 ${megabytes} MB，这是我在${platform}上能发的上限。`,
  tooLong: (characters) => `它超过 ${amount("zh", characters)} 个字符。请只发你需要的部分。`,
  about: (name, note) => `${name}：${note}`,
  gone: (platform) => `它已经不在 ${platform} 上了。`,
  serverFails: (platform, status) => `${platform} 的文件服务器返回错误 ${status}。请再发一次。`,
  serverAway: (platform) => `连不上 ${platform} 的文件服务器。请再发一次。`,
  keptElsewhere: (platform) => `它没有存在 ${platform} 里，我读不了。请上传到这里。`,
  notAllowed: (platform, scope) =>
    `${platform} 不让我读取它。管理员可以给 ${platform} 应用加上 ${scope} 权限，然后重新安装。`,
  noAnswer: (platform) => `现在没法从 ${platform} 获取它。请再发一次。`,

  locked: "它有密码保护。请去掉密码再发一次。",
  copyProtected: "它有版权保护，我读不了。",
  damaged: (kind) => `它损坏或不完整，不能当 ${kind} 来读。`,
  program: "不管文件名怎么写，它其实是一个程序，所以我没有打开。",
  media: "它是音频或视频，我还不能处理。",
  cantOpen: (format) => `我打不开 ${format} 文件。请把里面的内容单独发，或者用 ZIP 打包。`,
  cantRead: (format) => `我读不了 ${format} 文件。请存成 XLSX 或 PDF 再发一次。`,
  oldOffice: "它是旧的 DOC、XLS 或 PPT 格式。请存成 DOCX、XLSX 或 PPTX 再发一次。",
  bomb: (megabytes) => `它解压后会超过 ${megabytes} MB，所以我没有解压。`,
  noWords: "里面没有找到文字。",
  readingPage: (page, of) => `正在读第 ${page} 页，共 ${of} 页`,
  pagesLeftOut: (read, of) => `它有 ${of} 页，我读了前 ${read} 页。`,
  partsLeftOut: (read, of) => `它有 ${of} 个部分，我读了前 ${read} 个。`,
  rowsLeftOut: (sheet, read, of) =>
    `${sheet === "" ? "它" : `工作表 ${sheet} `}有 ${amount("zh", of)} 行，我读了前 ${amount("zh", read)} 行。`,
  textLeftOut: (characters) => `我读了前 ${amount("zh", characters)} 个字符，其余的没有读。`,
  pagesByOcr: (read, of) =>
    read === of
      ? `有 ${of} 页是图片，我用 OCR 读出了文字，可能会有错字。`
      : `有 ${of} 页是图片，我用 OCR 读了其中 ${read} 页，其余的没有读。`,
  onlyListed: (listed, of) =>
    listed === of
      ? "它是压缩包，我只能看到里面有什么。想让我读哪个文件，请单独发给我。"
      : `压缩包里有 ${amount("zh", of)} 个文件，我能看到前 ${amount("zh", listed)} 个的名字。想让我读哪个，请单独发给我。`,
  neither: "我能读文档、文字和图片，但它都不是。",
  empty: "它是空的。",
  tookTooLong: (seconds) => `处理它超过了 ${seconds} 秒，我放弃了。`,
  tookTooMuch: (megabytes) => `处理它需要超过 ${megabytes} MB 内存，我放弃了。`,
  gaveTooMuch: (megabytes) => `它的文字超过 ${megabytes} MB。`,
  brokeReader: "读它的程序出错停止了。文件可能已损坏。",

  pictureFileTooLarge: (megabytes, most) => `文件有 ${megabytes} MB，最多只能 ${most} MB。请发一张小一点的。`,
  pictureTooLarge: (width, height, megapixels) =>
    `图片太大了（${width} x ${height} 像素，最多 ${megapixels} 百万像素）。请发一张小一点的。`,
  pictureDamaged: "图片损坏或不完整。请再发一次。",
  pictureUnknown: (kinds) => `这不是我能打开的图片。我能打开 ${listed("zh", kinds)}。`,
  pictureKind: (kind) => `${kind} 不能当图片打开。请发 PNG 或 JPEG，截图也可以。`,
  pictureTooSlow: (seconds) => `读文字超过了 ${seconds} 秒，我放弃了。请只发有文字的部分。`,
  damagedLanguageData: (language, repair) =>
    `用来读 \`${language}\` 的数据损坏了。请管理员运行 \`${repair}\` 修复。`,
  noLanguageData: (language, install) =>
    `要读语言为 \`${language}\` 的图片，需要它的数据。请管理员运行 \`${install}\`，或者从 \`ocr.languages\` 里去掉它。`,
};
