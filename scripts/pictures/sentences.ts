/** What stands in the pictures that reading is measured by: each a subtitle, its lines in order. */
export const subtitles: Readonly<Record<string, readonly (readonly string[])[]>> = {
  kor: [
    ["그 사람 말을 정말 믿어?"],
    ["우리가 처음 만난 날 기억나?", "비가 엄청 왔었잖아."],
    ["미안하다는 말밖에 할 수가 없네요"],
    ["형, 지금 어디야?", "빨리 병원으로 와 줘."],
    ["괜찮아, 천천히 해도 돼"],
    ["내가 책임질게. 걱정하지 마.", "넌 네 일만 잘하면 돼."],
    ["왜 아무도 나한테 말을 안 했지?"],
    ["3년 동안 한 번도 안 잊었어", "단 하루도."],
    ["문 열어! 안에 있는 거 다 알아!"],
  ],
  eng: [
    ["Did you really believe him?"],
    ["I remember the day we met.", "It was raining so hard."],
    ["There is nothing left to say."],
    ["Where are you right now?", "Get to the hospital, quick."],
    ["It's all right. Take your time."],
    ["I'll take the blame for this.", "You just do your job, okay?"],
    ["Why didn't anyone tell me?"],
    ["Not once in 3 years did I forget.", "Not for a single day."],
    ["Open up! I know you're in there!"],
  ],
  jpn: [
    ["あの人の話を本当に信じるの？"],
    ["初めて会った日を覚えてる？", "すごい雨だったよね。"],
    ["もう何も言うことはありません"],
    ["今どこにいるんだ？", "早く病院に来てくれ。"],
    ["大丈夫、ゆっくりでいいから"],
    ["責任は俺が取る。", "お前は自分の仕事をしろ。"],
    ["どうして誰も教えてくれなかったの？"],
    ["三年間、一度も忘れなかった", "たった一日も。"],
    ["ドアを開けろ！中にいるのは分かってる！"],
  ],
  chi_sim: [
    ["你真的相信他说的话吗？"],
    ["还记得我们第一次见面吗？", "那天下着大雨。"],
    ["除了对不起我什么也说不出来"],
    ["你现在在哪里？", "快点到医院来。"],
    ["没关系，慢慢来就好"],
    ["责任由我来承担。", "你做好自己的事就行。"],
    ["为什么没有人告诉我？"],
    ["三年来我从来没有忘记过", "一天都没有。"],
    ["开门！我知道你在里面！"],
  ],
  chi_tra: [
    ["你真的相信他說的話嗎？"],
    ["還記得我們第一次見面嗎？", "那天下著大雨。"],
    ["除了對不起我什麼也說不出來"],
    ["你現在在哪裡？", "快點到醫院來。"],
    ["沒關係，慢慢來就好"],
    ["責任由我來承擔。", "你做好自己的事就行。"],
    ["為什麼沒有人告訴我？"],
    ["三年來我從來沒有忘記過", "一天都沒有。"],
    ["開門！我知道你在裡面！"],
  ],
};

/** Pages, a line each. */
export const pages: Readonly<Record<string, readonly string[]>> = {
  kor: [
    "회의록 5월 3일",
    "새 검색 화면은 다음 달에 공개하기로 했다.",
    "남은 문제는 가격과 도움말, 그리고 이름이다.",
    "지금까지 쓴 비용은 1,240만 원이다.",
    "다음 회의는 화요일 오전 10시 30분에 한다.",
  ],
  eng: [
    "Release notes for March",
    "Search is twice as fast on large folders.",
    "Fixed: the window forgot its size after a restart.",
    "Known issue: printing from the preview fails.",
    "Downloads so far: 18,402 (up 7.5%).",
  ],
  jpn: [
    "お知らせ",
    "来月から営業時間が変わります。",
    "平日は午前九時から午後六時までです。",
    "土曜日と日曜日はお休みをいただきます。",
    "ご不便をおかけしますが、よろしくお願いします。",
  ],
  chi_sim: [
    "通知",
    "从下个月开始营业时间有变化。",
    "工作日上午九点到下午六点开门。",
    "星期六和星期天休息。",
    "给您带来不便，请多多谅解。",
  ],
  mixed: [
    "설정 Settings",
    "Wi-Fi 연결됨: Home_5G",
    "Bluetooth 꺼짐 (OFF)",
    "저장 공간 Storage 64 GB 중 41.5 GB 사용",
    "Error 404: 페이지를 찾을 수 없습니다",
    "버전 Version 3.2.1 업데이트 확인",
  ],
};

/** A ruled table: what, how much, and its share. */
export const table: readonly (readonly [string, string])[] = [
  ["영양성분 Nutrition", "100 g 당"],
  ["열량 Calories", "240 kcal"],
  ["나트륨 Sodium", "310 mg 16%"],
  ["탄수화물 Carbohydrate", "28 g 9%"],
  ["당류 Sugars", "12 g 12%"],
  ["지방 Fat", "9 g 17%"],
  ["단백질 Protein", "6 g 11%"],
];
