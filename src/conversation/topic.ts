/** One question and its answer, as text alone. */
export interface Exchange {
  readonly question: string;
  readonly answer: string;
}

/** Further back than this, nobody remembers what it was about. */
const mostExchanges = 6;
/** A topic is not one before it has been talked about for so long. */
const fewestExchanges = 4;
/** As much as a question must say to be judged, in words. */
const leastWeight = 6;
/** What a pair of letters counts for: a Chinese word is one or two of them, a Korean one more. */
const weights = { hangul: 0.5, other: 0.8 } as const;
/** Of so many terms one may have been said before by chance. */
const termsPerChance = 16;
/** The share of an answer's terms that may have been said before, where it is about something else. */
const mostAnswered = 0.08;

/**
 * Whether an exchange leaves what the last ones were about. By words alone, and careful: a question that could follow on
 * from them does, also where only its answer speaks of the same; and where there was no one topic, nothing leaves it.
 */
export function leavesTopic({ question, answer }: Exchange, earlier: readonly Exchange[]): boolean {
  const recent = earlier.slice(-mostExchanges);
  if (recent.length < fewestExchanges) return false;
  return (
    isJudged(question) && isApart(question, recent) && isAnsweredApart(answer, recent) && isOneTopic(recent)
  );
}

/** An answer says more than its question, and what it is about more plainly. */
function isAnsweredApart(answer: string, recent: readonly Exchange[]): boolean {
  const terms = termsOf(answer);
  return terms.intersection(saidIn(recent)).size <= terms.size * mostAnswered;
}

function isJudged(question: string): boolean {
  return !followsOn(question) && weightOf(termsOf(question)) >= leastWeight;
}

function isApart(question: string, recent: readonly Exchange[]): boolean {
  const terms = termsOf(question);
  return terms.intersection(saidIn(recent)).size <= Math.floor(terms.size / termsPerChance);
}

const textOf = ({ question, answer }: Exchange): string => `${question}\n${answer}`;

const saidIn = (exchanges: readonly Exchange[]): Set<string> => termsOf(exchanges.map(textOf).join("\n"));

/** None of the last questions left what was said before it, and something held them together. */
function isOneTopic(recent: readonly Exchange[]): boolean {
  const followers = recent
    .slice(1)
    .map((exchange, index) => ({ exchange, before: recent.slice(0, index + 1) }));
  const isLeft = followers
    .slice(-3)
    .some(({ exchange: { question }, before }) => isJudged(question) && isApart(question, before));
  return !isLeft && followers.some(({ exchange, before }) => isLinked(exchange, before));
}

function isLinked(exchange: Exchange, before: readonly Exchange[]): boolean {
  return followsOn(exchange.question) || termsOf(textOf(exchange)).intersection(saidIn(before)).size > 0;
}

const weightOf = (terms: ReadonlySet<string>): number =>
  [...terms].reduce((sum, term) => sum + weightOfTerm(term), 0);

function weightOfTerm(term: string): number {
  if (/\p{Script=Hangul}/u.test(term)) return weights.hangul;
  return /[\p{Script=Han}\p{Script=Katakana}]/u.test(term) ? weights.other : 1;
}

/** Words that point to what was said: with one of them a question is understood from what stands before it. */
const pointers = [
  /\b(?:it|its|this|these|those|they|them|their|he|she|him|her|same|instead|again|above|previous|former|latter|earlier|also|too|else|another|other|you (?:said|mentioned|wrote)|your (?:answer|example|list|last)|continue|go on|shorter|longer|faster|slower|cheaper|easier|simpler|harder|rephrase)\b/iu,
  /^(?:and|or|but|so|then|why|how come|what about|how about|what if|that|ok(?:ay)?|yes|no|thanks|thank you)\b/iu,
  /\b(?:that|there)[?.!,]|\b(?:of|about|like|with|for|than|after|before) that\b|\bthat(?:'s| one| way| case)\b/iu,
  /(?<![\p{L}])(?:eso|esto|esos|estos|esas|estas|ese|esa|este|esta|ello|ellos|ellas|lo mismo|mismo|misma|también|tampoco|además|otra vez|otro|otra|otros|otras|anterior|arriba|dijiste|allí|ahí|entonces|continúa|sigue)(?![\p{L}])/iu,
  /^[¿¡]?(?:y|o|pero|por qué|sí|no|vale|gracias)(?![\p{L}])/iu,
  /(?<![\p{L}])(?:그|그거|그게|그건|그걸|그것|그럼|그러면|그런|그렇|그래|그리고|그런데|근데|이거|이게|이건|이걸|이것|이런|저거|저건|거기|여기|아까|방금|위에|앞에|또|다시|다른|더|왜|계속|말고|대신|번역)/u,
  /それ|これ|あれ|その|この|あの|そこ|ここ|そう|こう|同じ|他に|ほか|別の|もう|さっき|先ほど|上の|また|じゃあ|では、|続け|続き|訳して|なぜ|どうして|代わり|もっと/u,
  /它|这|那|他们|她们|同样|一样|还有|还是|还能|再|另外|其他|别的|刚才|上面|前面|继续|也|呢|为什么|换成|翻译|更/u,
] as const;

const followsOn = (question: string): boolean =>
  pointers.some((pointer) => pointer.test(question.trim().normalize("NFKC")));

/** What a text is about: the beginnings of its words without those that stand in any text, and pairs of East Asian letters. */
function termsOf(text: string): Set<string> {
  const plain = text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/https?:\/\/\S+/gu, " ");
  const isJapanese = /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(plain);
  const terms = new Set<string>();
  for (const [run] of plain.matchAll(/[\p{Script=Katakana}ー]+|\p{Script=Han}+|\p{Script=Hangul}+/gu))
    for (const pair of pairsOf(run, isJapanese)) terms.add(pair);
  const spelled = plain.replaceAll(
    /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}ー]+/gu,
    " ",
  );
  for (const [word] of spelled.matchAll(/[\p{L}\p{M}]{3,}/gu)) if (!common.has(word)) terms.add(stemOf(word));
  return terms;
}

/** Enough to tell a word in whatever form it stands. */
const stemOf = (word: string): string => (word.length > 3 ? word.replace(/s$/u, "") : word).slice(0, 5);

function pairsOf(run: string, isJapanese: boolean): readonly string[] {
  // What is written between content words in Chinese.
  const pieces = isJapanese
    ? [run]
    : run.split(
        /[的了是我你他她们吗吧啊在有和与或就都很不没要会能可以怎么什哪请给把被让从到对用个些想做好]+/u,
      );
  return pieces.flatMap((piece) => {
    const letters = Array.from(piece);
    const pairs = letters.slice(1).map((letter, index) => `${letters[index]}${letter}`);
    if (letters.length === 1 && /\p{Script=Han}/u.test(piece)) return [piece];
    return pairs.filter((pair) => !common.has(pair));
  });
}

/** Words, and pairs of letters, that say nothing of what a text is about. */
const common = new Set(
  `the and for are was were has have had not but you your can could would should will shall may might must does did
  what when where which who whom whose why how with without from into onto over under about between through during before after
  than then there here some any all each every most more less much many few very just only even still ever never
  one two three first second last next new old good better best bad nice great big small long short high low right left
  make makes made making get gets got getting give gives take takes use uses used using need needs want wants like likes
  help please tell show explain write find know think say see look try keep let put come going able way ways thing things
  time times day days today now people person someone something anything really quite maybe often usually always
  difference between work works working start started good recommend suggest idea ideas example examples question
  don doesn didn isn aren wasn won can't it's i'm i've i'd let's
  los las una unos unas del con por para que qué como cómo cuál cuáles cuando cuándo donde dónde quien quién porque
  pero más menos muy sin sobre entre hasta desde hay ser son está están estoy estar tengo tiene tienen hacer hago hace
  puedo puede pueden podría debo debe deben quiero quiere necesito necesita algo algún alguna algunos algunas todo todos
  toda todas cada bien bueno buena mejor mejores mucho mucha muchos poco nada nunca siempre ahora hoy día días vez veces
  uso usar sirve recomiendas recomienda explica explícame dime dame ayuda ayúdame favor gracias cosa cosas manera forma
  니다 습니 세요 해요 하세 주세 어떻 떻게 어요 에서 으로 하는 하고 한다 합니 입니 인가 가요 나요 까요 있는 있나 있어 있을
  없는 좋은 좋을 좋아 무엇 뭐가 는데 지만 려면 해야 하면 에게 부터 까지 이나 것이 것은 것을 할까 을까 는지 싶은 싶어 은데
  이에 예요 이요 추천 천해 알려 려주 설명 명해 해줘 줘요 어떤 무슨 언제 어디 뭔가 정도 같은 같이 처음 음부 방법 하나 는게
  方法 教え 説明 必要 場合 時間 一番 最近 今日 自分 何か 時候 需要 问题 知道 应该 如何 推荐 介绍 比较 时间 今天 最近 告诉`.split(
    /\s+/u,
  ),
);
