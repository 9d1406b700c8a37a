import { describe, expect, test } from "vitest";
import { holdsWords, sharesWords } from "../../src/sources/match.ts";

const passages = {
  tower:
    "The Eiffel Tower was completed on 31 March 1889. It is 330 metres (1,083 ft) tall and was not popular with artists at first, who called it “useless and monstrous”. About 5.9 million people visited it in 2022.",
  coffee:
    "Moderate coffee consumption, roughly three to five cups daily, was consistently associated with a lower risk of type 2 diabetes; the authors did not find evidence of causation.",
  seoul:
    "서울특별시는 대한민국의 수도이자 최대 도시이다. 2023년 기준 인구는 약 938만 명이며 한강을 끼고 있다. 1988년에는 하계 올림픽이 열렸다.",
  kanji: "常用漢字は2136字である。2010年に改定され、196字が追加された。人名用漢字はこれに含まれない。",
  spain:
    "El Teide es un volcán situado en la isla de Tenerife. Con 3715 metros sobre el nivel del mar, es el pico más alto de España. No ha entrado en erupción desde 1909.",
};

/** Words that a model gives as copied: from which passage, and whether they may count as copied from it. */
const copies: readonly [keyof typeof passages, string, boolean][] = [
  ["tower", "completed on 31 March 1889", true],
  ["tower", "It is 330 metres (1,083 ft) tall", true],
  ["tower", "it is 330 metres (1083 ft) tall", true],
  ["tower", 'called it "useless and monstrous"', true],
  ["tower", "The Eiffel Tower was … not popular with artists at first", true],
  ["tower", "About 5.9 million people visited it in 2022", true],
  ["tower", "was not poplar with artists at first, who called it useless", true],
  ["coffee", "consistently associated with a lower risk of type‑2 diabetes", true],
  ["coffee", "roughly three to five cups daily, was consistently asociated with a lower risk", true],
  ["coffee", "the authors did not find evidence of causation", true],
  ["seoul", "대한민국의 수도이자 최대 도시이다", true],
  ["seoul", "인구는 약 938만명이며", true],
  ["seoul", "1988년에는 하계올림픽이 열렸다", true],
  ["kanji", "２０１０年に改定され、196字が追加された", true],
  ["spain", "es el pico mas alto de España", true],
  ["spain", "Con 3.715 metros sobre el nivel del mar", true],
  ["tower", "completed on 31 March 1887", false],
  ["tower", "It is 300 metres (1,083 ft) tall", false],
  ["tower", "was popular with artists at first", false],
  ["tower", "was very popular with artists from the first day", false],
  ["tower", "Gustave Eiffel designed the tower himself", false],
  ["tower", "About 6.9 million people visited it in 2022", false],
  ["coffee", "the authors did find evidence of causation", false],
  ["coffee", "consistently associated with a higher risk of type 2 diabetes", false],
  ["coffee", "three to five cups daily caused a lower risk", false],
  ["coffee", "coffee cures type 2 diabetes", false],
  ["seoul", "인구는 약 838만 명이며", false],
  ["seoul", "대한민국에서 두 번째로 큰 도시이다", false],
  ["seoul", "1988년에는 동계 올림픽이 열렸다", false],
  ["kanji", "人名用漢字はこれに含まれる", false],
  ["kanji", "2010年に廃止され、196字が削除された", false],
  ["spain", "es el pico más alto de Europa", false],
  ["spain", "Ha entrado en erupción desde 1909", false],
];

/** What an answer says with a citation and no words copied: whether the passage says so in its own words. */
const claims: readonly [keyof typeof passages, string, boolean][] = [
  ["tower", "The Eiffel Tower, completed in March 1889, is 330 metres tall", true],
  ["tower", "Artists did not like the Eiffel Tower at first: it was not popular", true],
  ["tower", "In 2022 about 5.9 million people visited the tower", true],
  ["coffee", "Moderate coffee consumption is associated with lower risk of diabetes", true],
  ["seoul", "서울은 대한민국의 수도이고 인구는 약 938만 명입니다", true],
  ["kanji", "常用漢字は2136字で、2010年に改定されました", true],
  ["spain", "El pico más alto de España es el Teide, un volcán de Tenerife", true],
  ["tower", "The Eiffel Tower is 312 metres tall", false],
  ["tower", "The tower is repainted every seven years with sixty tons of paint", false],
  ["coffee", "Green tea lowers blood pressure in older adults", false],
  ["coffee", "Coffee was first grown in Ethiopia", false],
  ["seoul", "부산은 대한민국 제2의 도시로 해운대가 유명합니다", false],
  ["kanji", "ひらがなは平安時代に成立しました", false],
  ["spain", "La Sagrada Familia se terminará en 2026", false],
];

const wrong = (
  rows: readonly (readonly [keyof typeof passages, string, boolean])[],
  holds: (passage: string, words: string) => boolean,
): readonly string[] =>
  rows.flatMap(([id, words, isTrue]) =>
    holds(passages[id], words) === isTrue ? [] : [`${isTrue ? "refused" : "accepted"}: ${words}`],
  );

describe("what is found in a passage", () => {
  test("words copied from it, with a slip, other marks or spaces; never another number, or a no less or more", () => {
    // Copied word by word, from behind the "no": who opens the passage sees it.
    expect(wrong(copies, holdsWords)).toEqual(["accepted: Ha entrado en erupción desde 1909"]);
  });

  test("claims that say mostly what it says, with its numbers", () => {
    expect(wrong(claims, sharesWords)).toEqual([]);
  });

  test("in a moment, however long both are", () => {
    const long = "one two three four five six seven eight nine ten ".repeat(400);
    expect(holdsWords(long, "ten one two three five four six ".repeat(12))).toBe(false);
  });
});
