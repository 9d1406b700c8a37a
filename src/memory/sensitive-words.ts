import type { Sensitive } from "./sensitive.ts";

/** The words of what is secret or sensitive, in the languages that the bot speaks. */

const latinPassword =
  "password|passphrase|passcode|pass ?word|pwd|pin(?: code| number)?|contraseña|clave(?: de acceso)?|código pin";
const densePassword = "비밀번호|비번|암호|패스워드|密码|密碼|口令|パスワード|暗証番号";

/** What may follow `the password is` without being one. */
const noPassword =
  "(?:not|never|always|often|too|very|the|a|an|my|in|on|kept|saved|stored|forgotten|lost|long|old|new|weak|strong|secure|hard|easy|written|managed|no|nunca|siempre|muy|la|el|una?|mi|larga|débil|segura|difícil|fácil|guardada)\\b";

/** A password with its name. */
export const passwordIs: readonly RegExp[] = [
  new RegExp(
    String.raw`\b(?:${latinPassword})\b[^.!?\n]{0,25}?(?:\s(?:is|es|was)\s+|\s*[:=]\s*)["'“«]?(?!${noPassword})[^\s"'”»]{3,}`,
    "iu",
  ),
  new RegExp(
    String.raw`(?:${densePassword})[^\n]{0,12}?(?:는|은|가|이|:|=|是|為|は|が)\s*["'“「]?[\x21-\x7e]{3,}`,
    "u",
  ),
  new RegExp(
    String.raw`(?<![^\s"'”])(?=[^\s"'”]*\d)[^\s"'”]+["'”]? (?:is|es) (?:my|the|their|his|her|mi|su|la) (?:\w+ ){0,2}(?:${latinPassword})\b`,
    "iu",
  ),
];

/** It is spoken of, without it. */
export const passwordWords: RegExp = new RegExp(
  String.raw`\b(?:password|passphrase|passcode|contraseñas?|log-?in (?:name|is)|user ?name (?:is|for)|seed phrase|recovery (?:code|phrase)|2fa|nombre de usuario)\b|${densePassword}|아이디는|계정 정보|用户名|帳號|账号是|ログインid|ユーザー名`,
  "u",
);

const health = [
  String.raw`\b(?:diagnos\w+|disease|illness|disorder|syndrome|cancer|tumou?r|leuk(?:a)?emia|diabet\w+|asthma\w*|epilep\w+|hiv|aids|hepatitis|depress(?:ion|ed)|anxiety|bipolar|schizophreni\w+|adhd|autis\w+|ptsd|ocd|anorexi\w+|bulimi\w+|addict\w*|alcoholic|sober|rehab|therap(?:y|ist)|psychiatr\w+|psychologist|medication|antidepressants?|insulin|chemo\w*|surgery|pregnan\w+|miscarriage|abortion|infertil\w+|menopause|allerg\w+|intoleran(?:t|ce)|co?eliac|disab(?:led|ility)|wheelchair|blood (?:pressure|type|sugar)|migraines?|chronic|insomnia|suicid\w+|std|herpes|stroke|heart attack|arthritis|dementia|alzheimer\w*|parkinson\w*)\b`,
  String.raw`\b(?:enfermedad|enferm[oa]|diagnostic\w+|cáncer|diabétic[oa]|diabetes|asmátic[oa]|asma|epilepsia|vih|sida|depresión|ansiedad|bipolar|esquizofrenia|tdah|autismo|autista|terapia|psiquiatra|psicólog[oa]|medicación|medicamentos?|antidepresivos?|insulina|quimioterapia|operaron|cirugía|embarazada|aborto|infertilidad|alérgic[oa]|alergia|celíac[oa]|intolerante|discapacidad|silla de ruedas|tensión alta|hipertens\w+|migrañas?|insomnio|artritis|demencia|infarto)\b`,
  "우울증|불안장애|공황|조울증|당뇨|고혈압|저혈압|암에 걸|암 진단|[위폐간]암|유방암|대장암|천식|간질|뇌전증|에이즈|간염|임신|유산했|낙태|불임|알레르기|알러지|장애[가인]|휠체어|정신과|심리 ?상담|치료[를받]|항우울제|인슐린|수술|진단|질환|질병|편두통|불면증|치매|관절염|adhd|자폐|복용|투석",
  "抑郁|憂鬱|忧郁症|焦虑症|焦慮症|躁郁|糖尿病|高血压|高血壓|癌|肿瘤|腫瘤|哮喘|氣喘|癫痫|癲癇|艾滋|愛滋|肝炎|怀孕|懷孕|流产|流產|堕胎|墮胎|不孕|过敏|過敏|残疾|殘疾|轮椅|輪椅|精神科|心理医生|心理醫生|心理治疗|诊断|診斷|确诊|確診|胰岛素|胰島素|手术|手術|化疗|化療|偏头痛|偏頭痛|失眠|痴呆|失智|关节炎|關節炎|自闭症|自閉症|服药|吃药治|乳糖不耐",
  "うつ病|鬱病|不安障害|双極性|糖尿病|高血圧|がん(?!ば)|ガン治療|癌|喘息|てんかん|エイズ|肝炎|妊娠|流産|中絶|不妊|アレルギー|障害があ|障がい|車椅子|精神科|心療内科|カウンセリング|診断|インスリン|手術|抗がん剤|片頭痛|偏頭痛|不眠症|認知症|関節炎|発達障害|自閉症|持病|服薬|通院",
].join("|");

const money = [
  String.raw`\b(?:salary|wages?|income|earns?|net worth|savings|debts?|in debt|owes?|loans?|mortgage|bankrupt\w*|credit (?:score|card)|bank account|account number|routing number|iban|pension|inherit(?:ed|ance)|alimony|unemployment benefits?|tax(?:es)? (?:return|debt)|rent is)\b`,
  String.raw`\b(?:salario|sueldo|ingresos|gan(?:a|o) \d+|patrimonio|ahorros|deudas?|deb(?:e|o) (?:dinero|\d+)|préstamo|hipoteca|bancarrota|cuenta bancaria|número de cuenta|tarjeta de crédito|pensión|herencia|herencias)\b`,
  "연봉|월급|소득|수입이|저축|빚|대출|파산|신용 ?점수|신용 ?등급|신용카드|계좌|통장|연금|상속|재산|전세금",
  "工资|工資|薪水|薪资|薪資|年薪|月薪|收入|存款|欠款|欠债|欠債|[还還]欠|欠[^，。]{0,6}[元块塊钱錢]|债务|債務|负债|負債|贷款|貸款|房贷|房貸|破产|破產|信用卡|信用分|银行账|銀行帳|养老金|退休金|遗产|遺產",
  "給料|年収|月収|収入|貯金|貯蓄|借金|負債|ローン|破産|信用スコア|クレジットカード|口座|年金|遺産|相続|資産",
].join("|");

/** In the order they are looked for. */
export const asked: readonly (readonly [Sensitive, RegExp])[] = [
  ["health", new RegExp(health, "u")],
  ["money", new RegExp(money, "u")],
];
