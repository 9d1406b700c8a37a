import { amount, listed } from "../format.ts";
import type { Words } from "../words.ts";

export const fileWords: Words["files"] = {
  getting: (name) => `${name} 받는 중`,
  readingPicture: "이미지 읽는 중",
  readingPictures: (number, of) => `이미지 ${of}개 중 ${number}번째 읽는 중`,
  transcript: (picture, of) => (of === 1 ? "이미지에서 읽은 글:" : `${picture}번째 이미지에서 읽은 글:`),
  frames: (name, shown, of) =>
    shown === 1
      ? `${name} 파일은 움직이는 이미지라서 첫 장면만 봐요.`
      : `${name} 파일은 움직이는 이미지라서 ${of}개 장면 중 ${shown}개를 봐요.`,
  still: (name) => `${name}은(는) 움직이는 파일이라 정지 화면 한 장만 볼 수 있어요. 소리는 듣지 못해요.`,
  movingDrawing: "움직이는 그림이라 재생할 수 없어요. 화면을 캡처해서 보내 주세요.",
  correctedTranscript: (picture, of) =>
    of === 1 ? "고쳐 주신 대로, 이미지의 글:" : `고쳐 주신 대로, ${picture}번째 이미지의 글:`,
  hardToRead: (lines, of) =>
    of === 1
      ? "읽기 어려웠어요. 확인해 주세요."
      : `${lines.join(", ")}번째 줄은 읽기 어려웠어요. 확인해 주세요.`,
  readsOtherwise: (line, of, text) =>
    of === 1 ? `모델은 이렇게 읽었어요: ${text}` : `${line}번째 줄을 모델은 이렇게 읽었어요: ${text}`,
  fix: "고치기",
  howToFix: (lines, isNext) =>
    `${isNext ? "바로 다음 메시지로 올바른 글을 여기에 보내 주시면" : "이 메시지에 올바른 글로 답장해 주시면"} 다시 답할게요. ${lines === 1 ? "" : "`2: …`처럼 한 줄만 보내도 돼요. "}제가 읽은 글:`,
  cantFix: "그 이미지의 글이 더는 없어요. 이미지를 다시 보내 주세요.",
  unread: (picture, reason) => `${picture}번째 이미지를 읽지 못했어요. ${reason}`,
  noText: (picture) => `${picture}번째 이미지에서 글을 찾지 못했어요.`,
  blindModel: "답하는 모델이 이미지를 볼 수 없어서, 제가 이미지에서 읽은 글을 대신 보냈어요.",
  blindModels: (models) =>
    `이미지를 볼 수 없는 모델(${listed("ko", models)})에는 제가 이미지에서 읽은 글을 보냈어요.`,
  readDifferently: ({ picture, of, line, lines }, read, written) =>
    `${of === 1 ? "이미지" : `${picture}번째 이미지`}${lines === 1 ? "" : ` ${line}번째 줄`}에서 저는 “${read}”로 읽었는데, 모델은 “${written}”로 썼어요.`,
  unseen: (name, reason) => `${name} 파일은 쓰지 못했어요. ${reason}`,

  tooLarge: (megabytes) => `${megabytes}MB보다 커요.`,
  tooLargeToSend: (platform, megabytes) =>
    `보내려는 파일이 ${megabytes} MB보다 커요. ${platform}에서 제가 보낼 수 있는 한도예요.`,
  tooLong: (characters) => `${amount("ko", characters)}자가 넘어요. 필요한 부분만 보내 주세요.`,
  about: (name, note) => `${name}: ${note}`,
  gone: (platform) => `이제 ${platform}에 없어요.`,
  serverFails: (platform, status) => `${platform} 파일 서버가 ${status} 오류로 답해요. 다시 보내 주세요.`,
  serverAway: (platform) => `${platform} 파일 서버에 연결되지 않아요. 다시 보내 주세요.`,
  keptElsewhere: (platform) => `${platform}에 저장된 파일이 아니라서 읽을 수 없어요. 여기에 올려 주세요.`,
  notAllowed: (platform, scope) =>
    `${platform}에서 읽을 권한을 주지 않았어요. 관리자가 ${platform} 앱에 ${scope} 권한을 추가하고 다시 설치하면 돼요.`,
  noAnswer: (platform) => `지금은 ${platform}에서 파일을 받을 수 없어요. 다시 보내 주세요.`,

  locked: "비밀번호로 잠겨 있어요. 비밀번호 없이 다시 보내 주세요.",
  copyProtected: "복사 방지가 걸려 있어서 읽을 수 없어요.",
  damaged: (kind) => `손상되었거나 잘려서 ${kind} 파일로 읽을 수 없어요.`,
  program: "이름이 무엇이든 실제로는 프로그램이라서 열지 않았어요.",
  media: "소리나 영상 파일은 아직 다루지 못해요.",
  cantOpen: (format) => `${format} 파일은 열 수 없어요. 안에 있는 것을 따로 보내거나 ZIP으로 보내 주세요.`,
  cantRead: (format) => `${format} 파일은 읽을 수 없어요. XLSX나 PDF로 저장해서 다시 보내 주세요.`,
  oldOffice: "예전 DOC, XLS, PPT 형식이에요. DOCX, XLSX, PPTX로 저장해서 다시 보내 주세요.",
  bomb: (megabytes) => `압축을 풀면 ${megabytes}MB가 넘어서 풀지 않았어요.`,
  noWords: "글을 찾지 못했어요.",
  readingPage: (page, of) => `${of}쪽 중 ${page}쪽 읽는 중`,
  pagesLeftOut: (read, of) => `모두 ${of}쪽인데, 앞의 ${read}쪽만 읽었어요.`,
  partsLeftOut: (read, of) => `모두 ${of}개 부분인데, 앞의 ${read}개만 읽었어요.`,
  rowsLeftOut: (sheet, read, of) =>
    `${sheet === "" ? "모두" : `${sheet} 시트는`} ${amount("ko", of)}행인데, 앞의 ${amount("ko", read)}행만 읽었어요.`,
  textLeftOut: (characters) => `앞의 ${amount("ko", characters)}자만 읽고 나머지는 뺐어요.`,
  pagesByOcr: (read, of) =>
    read === of
      ? `${of}쪽이 이미지라서 OCR로 글을 읽었어요. 틀린 글자가 있을 수 있어요.`
      : `${of}쪽이 이미지인데, 그중 ${read}쪽만 OCR로 읽었어요.`,
  onlyListed: (listed, of) =>
    listed === of
      ? "압축 파일이라서 안에 무엇이 있는지만 보여요. 읽을 파일은 따로 보내 주세요."
      : `압축 파일에 ${amount("ko", of)}개가 들어 있고, 앞의 ${amount("ko", listed)}개 이름만 보여요. 읽을 파일은 따로 보내 주세요.`,
  neither: "문서와 글, 이미지를 읽을 수 있는데, 어느 것도 아니에요.",
  empty: "비어 있어요.",
  tookTooLong: (seconds) => `${seconds}초가 넘게 걸려서 그만뒀어요.`,
  tookTooMuch: (megabytes) => `메모리가 ${megabytes}MB 넘게 필요해서 그만뒀어요.`,
  gaveTooMuch: (megabytes) => `글이 ${megabytes}MB가 넘어요.`,
  brokeReader: "읽는 프로그램이 읽다가 멈췄어요. 파일이 손상된 것 같아요.",

  pictureFileTooLarge: (megabytes, most) =>
    `파일이 ${megabytes}MB예요. ${most}MB까지만 받을 수 있어요. 더 작게 줄여서 보내 주세요.`,
  pictureTooLarge: (width, height, megapixels) =>
    `이미지가 너무 커요(${width} x ${height}픽셀, 최대 ${megapixels}메가픽셀). 더 작게 줄여서 보내 주세요.`,
  pictureDamaged: "이미지가 손상되었거나 잘렸어요. 다시 보내 주세요.",
  pictureUnknown: (kinds) => `제가 열 수 있는 이미지가 아니에요. 열 수 있는 형식: ${listed("ko", kinds)}.`,
  pictureKind: (kind) =>
    `${kind} 파일은 이미지로 열지 못해요. PNG나 JPEG로 보내 주세요. 화면을 캡처한 것도 괜찮아요.`,
  pictureTooSlow: (seconds) =>
    `글을 읽는 데 ${seconds}초가 넘게 걸려서 그만뒀어요. 글이 있는 부분만 보내 주세요.`,
  damagedLanguageData: (language, repair) =>
    `\`${language}\`를 읽는 데 쓰는 데이터가 손상됐어요. 관리자가 \`${repair}\`를 실행하면 고칠 수 있어요.`,
  noLanguageData: (language, install) =>
    `\`${language}\` 언어로 된 이미지를 읽으려면 데이터가 필요해요. 관리자가 \`${install}\`를 실행하거나 \`ocr.languages\`에서 빼 주세요.`,
};
