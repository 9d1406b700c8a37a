import { expect, test } from "vitest";
import { secretIn, sensitiveIn } from "../../src/memory/sensitive.ts";
import { confusion, labelled } from "./labelled.ts";

const judge = (text: string): string => (secretIn(text) ? "secret" : (sensitiveIn(text) ?? "plain"));

function measure(fixture: string) {
  const rows = labelled(fixture).map(([, wanted = "", text = ""]) => ({
    wanted,
    of: text,
    given: judge(text),
  }));
  const plain = rows.filter(({ wanted }) => wanted === "plain");
  const missed = rows.filter(({ wanted, given }) => wanted !== "plain" && given === "plain").length;
  const falseAlarms = plain.filter(({ given }) => given !== "plain").length;
  const { wrong } = confusion(rows);
  console.info(
    `${fixture}: ${missed} of ${rows.length - plain.length} missed, ${falseAlarms} of ${plain.length} false alarms`,
    wrong,
  );
  return { wrong, missed, falseAlarms };
}

test("what is sensitive or secret is told from what is not, in five languages", () => {
  expect(measure("sensitive.tsv").wrong).toEqual([]);
});

test("and so it is, nearly, in sentences that the patterns were not made from", () => {
  const { missed, falseAlarms } = measure("sensitive-unseen.tsv");
  expect(missed).toBeLessThanOrEqual(3);
  expect(falseAlarms).toBeLessThanOrEqual(1);
});

test.each([
  ["4111 1111 1111 1111", "card"],
  ["4111 1111 1111 1112", undefined],
  ["my number is 5555555555554444", "card"],
  ["ghp_abcdefghijklmnopqrstuvwxyz0123456789", "key"],
  ["-----BEGIN RSA PRIVATE KEY-----", "key"],
  ["The password is forgotten", undefined],
  ["My password is too long to type", undefined],
  ["password = letmein", "password"],
  ["Mi contraseña es muy larga", undefined],
])("%s: %s", (text, secret) => {
  expect(secretIn(text)).toBe(secret);
});
