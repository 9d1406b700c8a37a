import { expect, it } from "vitest";
import { leavesTopic } from "../../src/conversation/topic.ts";
import { type TopicCase, topics } from "../fixtures/topics.ts";
import { unseenTopics } from "../fixtures/unseen-topics.ts";

interface Judged {
  readonly language: string;
  readonly question: string;
  readonly isOther: boolean;
  readonly isTold: boolean;
}

function judge(cases: readonly TopicCase[]): readonly Judged[] {
  return cases.flatMap(({ language, earlier, same, other }) => {
    const exchanges = earlier.map(([question, answer]) => ({ question, answer }));
    const judgeOne = (asked: (typeof same)[number], isOther: boolean): Judged => {
      const [question, answer] = typeof asked === "string" ? [asked, ""] : asked;
      return { language, question, isOther, isTold: leavesTopic({ question, answer }, exchanges) };
    };
    return [...same.map((each) => judgeOne(each, false)), ...other.map((each) => judgeOne(each, true))];
  });
}

function measure(name: string, cases: readonly TopicCase[]) {
  const judged = judge(cases);
  const told = judged.filter(({ isTold }) => isTold);
  const others = judged.filter(({ isOther }) => isOther);
  const wrong = told.filter(({ isOther }) => !isOther).map(({ question }) => question);
  const missed = others.filter(({ isTold }) => !isTold).map(({ question }) => question);
  const precision = 1 - wrong.length / told.length;
  const recall = 1 - missed.length / others.length;
  const figures = `${judged.length} questions, precision ${precision.toFixed(2)}, recall ${recall.toFixed(2)}`;
  console.info(`${name}: ${figures}`, { wrong, missed });
  return { precision, recall };
}

it("hardly ever takes what goes on for a new topic, and finds half of the new ones", () => {
  const { precision, recall } = measure("topics", topics);
  expect(precision).toBeGreaterThanOrEqual(0.95);
  expect(recall).toBeGreaterThanOrEqual(0.5);
});

it("does so beyond what its words were chosen by, with the answers", () => {
  const { precision, recall } = measure("unseen topics", unseenTopics);
  expect(precision).toBeGreaterThanOrEqual(0.8);
  expect(recall).toBeGreaterThanOrEqual(0.5);
});

it.each(["en", "es", "ko", "ja", "zh"])("finds some in %s", (language) => {
  const hits = judge(topics).filter((each) => each.language === language && each.isTold && each.isOther);
  expect(hits.length).toBeGreaterThan(1);
});

const cooking = topics[0]?.earlier.map(([question, answer]) => ({ question, answer })) ?? [];

it.each([
  "why?",
  "and in Spanish?",
  "go on",
  "Can you rephrase the whole answer for elementary school children, please?",
  "What about hosting twenty neighbours in our backyard next Saturday evening?",
])("takes %j for what goes on", (question) => {
  expect(leavesTopic({ question, answer: "" }, cooking)).toBe(false);
});

it("says nothing while there is no topic yet", () => {
  const question =
    "My laptop's fan runs loudly after the latest Windows update, which driver should I check?";
  expect(leavesTopic({ question, answer: "" }, cooking)).toBe(true);
  expect(leavesTopic({ question, answer: "" }, cooking.slice(0, 3))).toBe(false);
});
