/** How people write where a rule of theirs holds, in the languages that the bot speaks. */
export interface ScopeWords {
  readonly channels: RegExp;
  readonly directMessages: RegExp;
  /** Groups `name`. */
  readonly persona: RegExp;
  /** Groups `name`: of a language, when the scope is about nothing else: `when I write Korean`, not `when I learn Korean`. */
  readonly language: RegExp;
}

export const scopeWords: readonly ScopeWords[] = [
  {
    channels: /^in (?:a |the )?(?:channels?|groups?|public|servers?)$/iu,
    directMessages: /^in (?:a |the )?(?:dms?|direct messages?|private)$/iu,
    persona: /^with (?:the )?(?:persona )?(?<name>.+)$/iu,
    language:
      /^(?:when(?:ever)? |if |in )(?:(?:i )?(?:write|speak|ask|use|writing|speaking|using)(?: in)? )?(?<name>\p{L}+)(?: (?:is involved|is used|comes up|text))?$/iu,
  },
  {
    channels: /^(?:채널|그룹|서버|단체방|공개된 곳)에서는?$/u,
    directMessages: /^(?:dm|디엠|개인 메시지|다이렉트 메시지|쪽지|일대일)에서는?$/iu,
    persona: /^페르소나 (?<name>.+?)(?:와|과|하고|에게|한테|일 때)?는?$/u,
    language:
      /^(?<name>\p{L}+?어)(?:로|를|가|일)?(?: ?(?:(?:쓸|말할|물을|물어볼|나올) ?때는?|쓰면|말하면|물으면|나오면|때는?|이면))$/u,
  },
  {
    channels: /^(?:チャンネル|グループ|サーバー|みんなの前)では?$/u,
    directMessages: /^(?:dm|ダイレクトメッセージ|個別チャット|個人チャット)では?$/iu,
    persona: /^ペルソナ ?(?<name>.+?)(?:では|には|のときは?|と話すときは?)?$/u,
    language:
      /^(?<name>\p{L}+?語)(?:で|を|が)?(?:(?:書く|話す|聞く|使う|出てくる|出る|の)?(?:とき|時|場合)は?|なら|では)$/u,
  },
  {
    channels: /^在?(?:频道|群组|群|群聊|服务器)(?:里|中|里面|内)?$/u,
    directMessages: /^在?(?:私信|私聊|单聊)(?:里|中|时|里面)?$/u,
    persona: /^(?:和|跟|对|用)?角色 ?(?<name>.+?)(?:聊天时|时)?$/u,
    language:
      /^(?:当我?|我)?(?:用|写|说|出现|涉及|是)?(?<name>\p{L}*?(?:语|文))(?:的)?(?:时候|时|提问时|出现时)$/u,
  },
  {
    channels: /^en (?:un |el |los )?(?:canal(?:es)?|grupos?|público|servidor(?:es)?)$/iu,
    directMessages: /^(?:en |por )?(?:un |el |los )?(?:mds?|mensajes? directos?|privado)$/iu,
    persona: /^con (?:la persona )?(?<name>.+)$/iu,
    language:
      /^(?:cuando |si |en )(?:(?:yo )?(?:escrib[oa]|habl[oe]|pregunt[oe]|us[oe]|aparezca|salga|haya)(?: en| algo en)? )?(?:el )?(?<name>\p{L}+)$/iu,
  },
];

/** A language whose writing tells it. */
export interface WrittenLanguage {
  readonly code: string;
  /** What people call it, in lower case. */
  readonly names: readonly string[];
  readonly writing: RegExp;
}

const writing = (script: string): RegExp => new RegExp(`\\p{Script=${script}}`, "u");

export const writtenLanguages: readonly WrittenLanguage[] = [
  {
    code: "ko",
    names: ["ko", "korean", "hangul", "한국어", "韓国語", "韩语", "韩文", "coreano"],
    writing: writing("Hangul"),
  },
  {
    code: "ja",
    names: ["ja", "japanese", "일본어", "日本語", "日语", "日文", "japonés"],
    writing: /[\p{Script=Hiragana}\p{Script=Katakana}]/u,
  },
  {
    code: "zh",
    names: ["zh", "chinese", "mandarin", "중국어", "中国語", "中文", "汉语", "漢語", "chino"],
    writing: writing("Han"),
  },
  {
    code: "ru",
    names: ["ru", "russian", "русский", "러시아어", "ロシア語", "俄语", "俄文", "ruso"],
    writing: writing("Cyrillic"),
  },
  {
    code: "ar",
    names: ["ar", "arabic", "العربية", "아랍어", "アラビア語", "阿拉伯语", "阿拉伯文", "árabe"],
    writing: writing("Arabic"),
  },
  {
    code: "th",
    names: ["th", "thai", "ไทย", "태국어", "タイ語", "泰语", "泰文", "tailandés"],
    writing: writing("Thai"),
  },
  {
    code: "el",
    names: ["el", "greek", "ελληνικά", "그리스어", "ギリシャ語", "ギリシア語", "希腊语", "希腊文", "griego"],
    writing: writing("Greek"),
  },
  {
    code: "he",
    names: ["he", "hebrew", "עברית", "히브리어", "ヘブライ語", "希伯来语", "希伯来文", "hebreo"],
    writing: writing("Hebrew"),
  },
];
