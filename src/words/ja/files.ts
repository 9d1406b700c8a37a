import { amount, listed } from "../format.ts";
import type { Words } from "../words.ts";

export const fileWords: Words["files"] = {
  getting: (name) => `${name}を取得中`,
  readingPicture: "画像を読み取り中",
  readingPictures: (number, of) => `画像${of}枚のうち${number}枚目を読み取り中`,
  transcript: (picture, of) =>
    of === 1 ? "画像から読み取った文字：" : `${picture}枚目の画像から読み取った文字：`,
  frames: (name, shown, of) =>
    shown === 1
      ? `${name}は動く画像なので、最初のコマだけを見ます。`
      : `${name}は動く画像なので、${of}コマのうち${shown}コマを見ます。`,
  still: (name) => `${name}は動くので、静止画1枚だけを見ます。音は聞けません。`,
  movingDrawing: "動くイラストなので再生できません。スクリーンショットを送ってください。",
  correctedTranscript: (picture, of) =>
    of === 1 ? "直していただいた画像の文字です：" : `直していただいた${picture}枚目の文字です：`,
  hardToRead: (lines, of) =>
    of === 1
      ? "読み取りにくい文字です。ご確認ください。"
      : `${lines.join("、")}行目は読み取りにくいです。ご確認ください。`,
  readsOtherwise: (line, of, text) =>
    of === 1 ? `モデルの読み取り：${text}` : `${line}行目のモデルの読み取り：${text}`,
  fix: "直す",
  howToFix: (lines, isNext) =>
    `${isNext ? "正しい文字を次のメッセージとしてここに送ってください" : "正しい文字をこのメッセージに返信してください"}。答え直します。${lines === 1 ? "" : "`2: …`のように1行だけでもかまいません。"}読み取った文字：`,
  cantFix: "その画像の文字はもう残っていません。もう一度送ってください。",
  unread: (picture, reason) => `${picture}枚目の画像を読み取れませんでした。${reason}`,
  noText: (picture) => `${picture}枚目の画像に文字は見つかりませんでした。`,
  blindModel: "答えるモデルは画像を見られないので、画像から読み取った文字を渡します。",
  blindModels: (models) =>
    `画像を見られないモデル（${listed("ja", models)}）には、画像から読み取った文字を渡します。`,
  readDifferently: ({ picture, of, line, lines }, read, written) =>
    `${of === 1 ? "画像" : `${picture}枚目の画像`}${lines === 1 ? "" : `の${line}行目`}は、私は「${read}」と読みましたが、モデルは「${written}」と書いています。`,
  unseen: (name, reason) => `${name}は使えませんでした。${reason}`,

  tooLarge: (megabytes) => `${megabytes} MBを超えています。`,
  tooLargeToSend: (platform, megabytes) =>
    `送ろうとしたファイルが${megabytes} MBを超えています。${platform}で私が送れるのはそこまでです。`,
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

  locked: "パスワードがかかっています。パスワードなしで、もう一度送ってください。",
  copyProtected: "コピー防止がかかっているので読めません。",
  damaged: (kind) => `壊れているか途中で切れているため、${kind}として読めません。`,
  program: "名前は違っていても中身はプログラムなので、開きませんでした。",
  media: "音声や動画はまだ扱えません。",
  cantOpen: (format) => `${format}ファイルは開けません。中身を個別に送るか、ZIPで送ってください。`,
  cantRead: (format) => `${format}ファイルは読めません。XLSXかPDFで保存して、もう一度送ってください。`,
  oldOffice: "古いDOC、XLS、PPTの形式です。DOCX、XLSX、PPTXのどれかで保存して、もう一度送ってください。",
  bomb: (megabytes) => `展開すると${megabytes} MBを超えるので、展開しませんでした。`,
  noWords: "文字は見つかりませんでした。",
  readingPage: (page, of) => `${of}ページのうち${page}ページ目を読み取り中`,
  pagesLeftOut: (read, of) => `全${of}ページのうち、最初の${read}ページを読みました。`,
  partsLeftOut: (read, of) => `全${of}個のうち、最初の${read}個を読みました。`,
  rowsLeftOut: (sheet, read, of) =>
    `${sheet === "" ? "全部で" : `シート${sheet}は`}${amount("ja", of)}行あります。最初の${amount("ja", read)}行を読みました。`,
  textLeftOut: (characters) => `最初の${amount("ja", characters)}文字を読み、残りは省きました。`,
  pagesByOcr: (read, of) =>
    read === of
      ? `${of}ページが画像だったので、OCRで文字を読み取りました。間違いがあるかもしれません。`
      : `${of}ページが画像で、そのうち${read}ページをOCRで読み取りました。残りは省きました。`,
  onlyListed: (listed, of) =>
    listed === of
      ? "圧縮ファイルなので、中に何があるかだけが見えます。読んでほしいものは個別に送ってください。"
      : `圧縮ファイルに${amount("ja", of)}個のファイルがあり、最初の${amount("ja", listed)}個の名前が見えます。読んでほしいものは個別に送ってください。`,
  neither: "読めるのは文書と文章と画像だけで、これはどれでもありません。",
  empty: "空です。",
  tookTooLong: (seconds) => `${seconds}秒以上かかったのでやめました。`,
  tookTooMuch: (megabytes) => `${megabytes} MBを超えるメモリーが必要なのでやめました。`,
  gaveTooMuch: (megabytes) => `文字が${megabytes} MBを超えています。`,
  brokeReader: "読み取るプログラムが途中で止まりました。ファイルが壊れているかもしれません。",

  pictureFileTooLarge: (megabytes, most) =>
    `ファイルが${megabytes} MBあります。受け取れるのは${most} MBまでです。小さくして送ってください。`,
  pictureTooLarge: (width, height, megapixels) =>
    `画像が大きすぎます（${width} x ${height}ピクセル、最大${megapixels}メガピクセル）。小さくして送ってください。`,
  pictureDamaged: "画像が壊れているか、途中で切れています。もう一度送ってください。",
  pictureUnknown: (kinds) => `開ける画像ではありません。開けるのは${listed("ja", kinds)}です。`,
  pictureKind: (kind) =>
    `${kind}は画像として開けません。PNGかJPEGで送ってください。スクリーンショットでもかまいません。`,
  pictureTooSlow: (seconds) =>
    `文字の読み取りに${seconds}秒以上かかったのでやめました。文字のある部分だけを送ってください。`,
  damagedLanguageData: (language, repair) =>
    `\`${language}\`を読み取るためのデータが壊れています。管理者が\`${repair}\`を実行すると直せます。`,
  noLanguageData: (language, install) =>
    `言語\`${language}\`の画像を読み取るにはデータが必要です。管理者が\`${install}\`を実行するか、\`ocr.languages\`から外してください。`,
};
