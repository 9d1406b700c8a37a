/** Words, in the languages that the bot speaks, by which two facts can be told to contradict each other. */

const not = new Set("not never no nunca jamás 안 못 不 没 沒".split(" "));

export const isNegation = (word: string): boolean => not.has(word);

/** Whether words ask for one answer at a time: home, name, age, birthday, work, mother tongue, time zone, a favourite of a kind. */
export const asksForOne = (words: readonly string[]): boolean =>
  spaced.test(` ${words.join(" ")} `) || dense.test(words.join(""));

const spaced = new RegExp(
  [
    // English
    String.raw` (?:lives?|living|reside[sd]?|based) (?:in|at|near) `,
    String.raw` (?:name|called|nickname|age|years? old|birthday|born|timezone|time zone|boss|employer|job|profession) `,
    String.raw` (?:works?|working|employed) (?:at|for|as|in) | (?:native|first) language | mother tongue | favou?rite \p{L}+ `,
    // Spanish
    String.raw` (?:vive|vivo|reside|resido) | (?:llama|llamo|nombre|años|cumpleaños|nació|nací|edad) `,
    String.raw` (?:trabaja|trabajo) (?:en|como|de|para) | (?:lengua|idioma) (?:materna|materno|nativo) | zona horaria | \p{L}+ favorit[oa] `,
    // Korean
    " (?:산다|삽니다|사는|살아요?|살고|살다|살고 있다|거주한다|거주해요?) | (?:이름|나이|생일|직업|모국어|시간대)(?:은|는|이|가)? ",
    " (?:살|세)(?:이다|입니다|이에요|이야|예요)? |태어났| (?:일한다|일해요?|일하고|일합니다|근무한다|근무해요?|다닌다|다녀요?) | (?:가장|제일) 좋아하는 \\S",
  ].join("|"),
  "u",
);

/** Of languages that put no spaces between words. */
const dense = new RegExp(
  [
    // Chinese
    "住在|居住|名字|叫|姓名|岁|歲|生日|出生|工作|上班|任职|任職|职业|職業|母语|母語|时区|時區|最喜[欢歡].",
    // Japanese
    "住んで|住む|住ま|在住|名前|歳|誕生日|生まれ|働い|働く|勤め|勤務|母国語|タイムゾーン|(?:一番|最も)好きな.",
  ].join("|"),
  "u",
);
