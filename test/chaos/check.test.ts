import { describe, expect, test } from "vitest";
import { type Asked, type Evidence, faultsOf, judge, type Shown } from "../../scripts/chaos/check.ts";
import { answerTo, piecesOf, type Question, read, write } from "../../scripts/chaos/questions.ts";
import { english as words } from "../../src/words/words.ts";

const question = (sequence: number, more: Partial<Asked> = {}): Asked => ({
  id: `Qabcdefg${sequence}`,
  version: 1,
  pieces: 3,
  platform: "slack",
  place: "slack dm Kim",
  line: "slack dm Kim",
  sequence,
  ...more,
});

const receipt = "Chaos · chaos/chat · 20 in, 10 out";

const shows = (text: string, buttons: readonly string[] = ["Again"]): Shown => ({ text, buttons });

/** The whole answer to questions, as one message. */
const whole = (...questions: readonly Asked[]): Shown => shows(`${answerTo(questions)}\n${receipt}`);

function verdictOn(asked: readonly Asked[], shown: readonly Shown[], more: Partial<Evidence> = {}) {
  return judge({
    asked,
    shown: new Map([["slack dm Kim", shown]]),
    secrets: new Map(),
    requests: [],
    cut: new Set(),
    ...more,
  });
}

const first = question(1);
const second = question(2);

describe("a question", () => {
  test.each<Question>([
    { id: "Qabcdefgh", version: 2, pieces: 5 },
    { id: "Q12345678", version: 1, pieces: 40, tool: true, fault: "cut" },
    { id: "Q12345678", version: 1, pieces: 2, tool: true, pictures: 3 },
  ])("is read as it was written", (asked) => {
    expect(read(`Kim: ${write(asked)} ${write({ ...asked, id: "Qother123", secret: "S1" })}`)).toEqual([
      asked,
      { ...asked, id: "Qother123" },
    ]);
  });

  test("has pieces like no other's", () => {
    const pieces = [first, second, { ...first, version: 2 }].flatMap(piecesOf);
    expect(new Set(pieces).size).toBe(pieces.length);
  });
});

describe("a run is judged", () => {
  test("good when each question has one complete answer, also where messages were joined or an answer has several", () => {
    const [one = "", ...rest] = piecesOf(second);
    const parts = [shows(one, []), shows(`${rest.join("\n\n")}\n${receipt}`)];
    const third = question(3);
    const verdict = verdictOn(
      [first, second, third, question(4)],
      [whole(first), ...parts, whole(third, question(4))],
    );
    expect(verdict.answered).toBe(4);
    expect(faultsOf(verdict)).toEqual([]);
  });

  test("bad when an answer is missing, or a piece of it", () => {
    const verdict = verdictOn(
      [first, second],
      [shows(`${piecesOf(first).slice(0, 2).join("\n")}\n${receipt}`)],
    );
    expect(verdict.answered).toBe(0);
    expect(verdict.lost).toHaveLength(2);
    expect(verdict.lost[0]).toContain("2 of 3 pieces");
  });

  test("bad when an answer stands twice", () => {
    expect(verdictOn([first], [whole(first), whole(first)]).doubled).toHaveLength(1);
  });

  test("bad when a person's answers are out of order, or an answer's pieces", () => {
    expect(verdictOn([first, second], [whole(second), whole(first)]).disordered).toHaveLength(1);
    const reversed = shows(`${piecesOf(first).toReversed().join("\n")}\n${receipt}`);
    expect(verdictOn([first], [reversed]).disordered).toHaveLength(1);
  });

  test("good when an answer says that another model gave it", () => {
    const notice = "chaos/chat was busy; chaos/spare answered.";
    const text = `Chaos\n\n${answerTo([first])}\n${notice}\nchaos/spare · 20 in, 10 out`;
    expect(faultsOf(verdictOn([first], [shows(text)]))).toEqual([]);
  });

  test("good when answers of different people cross", () => {
    const other = { ...second, sequence: 1, line: "slack dm Mina" };
    expect(faultsOf(verdictOn([first, other], [whole(other), whole(first)]))).toEqual([]);
  });

  test.each([
    ["a part of an answer beside the whole", [shows(`${piecesOf(first)[0]}`), whole(first)]],
    ["a piece that breaks off", [shows("Qabcdefg1v1 1of3 amber bir"), whole(first)]],
    ["an old version", [whole(first), shows(answerTo([{ ...first, version: 0 }]))]],
    ["an answer without its receipt", [shows(answerTo([first]))]],
    ["an answer that is still being written", [shows(`${answerTo([first])}\n${receipt}`, ["Stop"])]],
    ["a sentence that promises an answer", [whole(first), shows(words.ahead(2))]],
    ["a sentence that goes on in a moment", [whole(first), shows(words.restarting)]],
    ["an apology that nobody had reason for", [whole(first), shows(words.unexpected("1"))]],
  ])("bad when there is %s", (_, shown) => {
    expect(verdictOn([first], shown).fragments).toHaveLength(1);
  });

  test("bad when a secret is read or told elsewhere", () => {
    const secrets = new Map([["S123", "slack channel"]]);
    expect(verdictOn([], [shows("S123")], { secrets }).leaks).toHaveLength(1);
    const requests = [{ place: "slack dm Kim", secrets: ["S123"] }];
    expect(verdictOn([], [], { secrets, requests }).leaks).toHaveLength(1);
    const own = [{ place: "slack channel", secrets: ["S123"] }];
    expect(verdictOn([], [], { secrets, requests: own }).leaks).toEqual([]);
  });

  test("good when the model broke off and its person was told, and only then", () => {
    const text = `${piecesOf(first).slice(0, 2).join("\n")}\n${words.brokenOff}`;
    const verdict = verdictOn([first], [shows(text)], { cut: new Set([first.id]) });
    expect(verdict.told).toHaveLength(1);
    expect(faultsOf(verdict)).toEqual([]);
    expect(faultsOf(verdictOn([first], [shows(text)]))).toHaveLength(2);
  });
});
