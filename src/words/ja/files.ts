import { amount } from "../format.ts";
import type { Words } from "../words.ts";

export const fileWords: Words["files"] = {
  getting: (name) => `${name}を取得中`,
  readingPicture: "画像を読み取り中",
  readingPictures: (number, of) => `画像${of}枚のうち${number}枚目を読み取り中`,
  transcript: (picture, of) =>
    of === 1 ? "画像から読み取った文字：" : `${picture}枚目の画像から読み取った文字：`,
  unread: (picture, reason) => `${picture}枚目の画像を読み取れませんでした。${reason}`,
  noText: (picture) => `${picture}枚目の画像に文字は見つかりませんでした。`,
  blindModel: "答えるモデルは画像を見られないので、画像から読み取った文字を渡します。",
  unseen: (name, reason) => `${name}は使えませんでした。${reason}`,

  tooLarge: (megabytes) => `${megabytes} MBを超えています。`,
  tooLong: (characters) => `${amount("ja", characters)}文字を超えています。必要な部分だけを送ってください。`,
  about: (name, note) => `${name}：${note}`,
  gone: (platform) => `もう${platform}にありません。`,
  serverFails: (platform, status) =>
    `${platform}のファイルサーバーがエラー${status}を返しました。もう一度送ってください。`,
  serverAway: (platform) => `${platform}のファイルサーバーにつながりません。もう一度送ってください。`,
  keptElsewhere: (platform) =>
    `${platform}に保存されたファイルではないので読めません。ここにアップロードしてください。`,
  notAllowed: (platform, scope) =>
    `${platform}で読む権限がありません。管理者が${platform}アプリにスコープ${scope}を追加して、もう一度インストールしてください。`,
  noAnswer: (platform) => `今は${platform}から受け取れません。もう一度送ってください。`,

  noPdf: "PDFはまだ読めません。必要な部分をメッセージに貼り付けてください。",
  neither: "読めるのは文書と文章と画像だけで、これはどれでもありません。",
  empty: "空です。",
  tookTooLong: (seconds) => `${seconds}秒以上かかったのでやめました。`,
  tookTooMuch: (megabytes) => `${megabytes} MBを超えるメモリーが必要なのでやめました。`,
  gaveTooMuch: (megabytes) => `文字が${megabytes} MBを超えています。`,
  brokeReader: "読み取るプログラムが途中で止まりました。ファイルが壊れているかもしれません。",
  notPicture: "PNG、JPEG、WebP、GIFのどの画像でもありません。",

  pictureFileTooLarge: (megabytes, most) =>
    `画像ファイルが大きすぎます（${megabytes} MB、最大${most} MB）。小さくして送ってください。`,
  pictureTooLarge: (width, height, megapixels) =>
    `画像が大きすぎます（${width} x ${height}ピクセル、最大${megapixels}メガピクセル）。小さくして送ってください。`,
  pictureDamaged: "画像が壊れているか途中で切れているため、読み取れません。もう一度送ってください。",
  pictureUnknown: (kinds) => `読み取れる画像ではありません。読み取れる形式：${kinds.join("、")}`,
  pictureKind: (kind) =>
    `${kind}ファイルはまだ画像として読み取れません。PNGかJPEGで送ってください。スクリーンショットでもかまいません。`,
  pictureTooSlow: (seconds) =>
    `画像の読み取りに${seconds}秒以上かかったのでやめました。文字のある部分だけを送ってください。`,
  pictureFailed:
    "Tesseractが止まったため、画像を読み取れませんでした。続くようなら言語データが壊れています。管理者が`npm ci`をもう一度実行してください。",
  noLanguageData: (language, install) =>
    `言語\`${language}\`の画像を読み取るにはデータが必要です。管理者が\`${install}\`を実行するか、\`ocr.languages\`から外してください。`,
};
