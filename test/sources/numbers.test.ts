import { describe, expect, test } from "vitest";
import { contradictions } from "../../src/sources/numbers.ts";

const page = `# Eiffel Tower
Height: 330 m (1,083 ft)
Visitors: 5,884,000
| Floors | 3 |
| Lifts | 8 |
**Steps**: 1,665
Weight = 10,100 t
Price: $29.40
Opened: 31 March 1889
Bond: 12 %
Bond: 14 %
주소: 파리
인구: 938만
The tower stands on four pillars and has 20,000 bulbs.`;

const checked = (answer: string): readonly string[] =>
  contradictions(answer, [page]).map(({ label, said, read }) => `${label}: ${said} for ${read}`);

describe("a number that what was read gives otherwise is told", () => {
  test.each([
    ["Its height is 312 m.", ["Height: 312 m for 330 m"]],
    ["The tower has a height of 300 metres [1].", ["Height: 300 metres for 330 m"]],
    ["There are 5 lifts.", ["Lifts: 5 for 8"]],
    ["- Floors: 4\n- Lifts: 8", ["Floors: 4 for 3"]],
    ["Visitors last year: 7.2 million.", ["Visitors: 7.2 million for 5,884,000"]],
    ["Climbing takes 1,792 steps.", ["Steps: 1,792 for 1,665"]],
    ["The price is $35 for adults.", ["Price: $35 for $29.40"]],
    ["서울 인구: 838만", ["인구: 838만 for 938만"]],
  ])("%s", (answer, told) => {
    expect(checked(answer)).toEqual(told);
  });
});

describe("and nothing else is", () => {
  test.each([
    ["Its height is 330 m."],
    ["Its height is 330 metres, or 1,083 ft."],
    ["About 5.9 million visitors came."],
    ["Some 6 million visitors come."],
    ["Visitors: 5.88 million"],
    ["In 2023 it had more visitors than before."],
    ["The height is 330 m, of which 24 m are the antenna."],
    ["It has 3 floors and 8 lifts."],
    ["The price was $12 in 1999, when visitors paid in francs, and the price rose to $29.40."],
    ["The bond pays 13 %."],
    ["Height matters: 2 of 3 people say so."],
    ["A tower of 100 m would be small."],
    ["It opened in 1889."],
    ["`Height: 300 m` is what the file says."],
    ["The steps of the method are: 1. read, 2. write."],
    ["It took 8 lifts 40 years."],
    ["Weight: about 10.1 thousand t"],
    ["Its height grew by 6 m in 2022 to 330 m."],
    ["20,000 bulbs light it."],
    ["인구는 약 938만 명이다."],
  ])("%s", (answer) => {
    expect(checked(answer)).toEqual([]);
  });
});
