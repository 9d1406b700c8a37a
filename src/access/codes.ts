import { createHash, randomInt } from "node:crypto";

/**
 * Letters and digits that nobody confuses, 4.8 bits each. No vowels: a code must be no word, neither a rude one nor
 * one that tells a language (`EST`, `LAS`), in which its sender would be answered.
 */
const letters = "23456789BCDFGHJKLMNPQRSTVWXZ";

/** A new code such as `K7Q-2MD`, 14.4 bits a group. */
export function makeCode(groups: number): string {
  const group = (): string => Array.from({ length: 3 }, () => letters[randomInt(letters.length)]).join("");
  return Array.from({ length: groups }, group).join("-");
}

/** A code as it is stored, however it was typed. */
export function readCode(typed: string): string {
  const bare = typed.toUpperCase().replaceAll(/[^A-Z\d]/gu, "");
  return (bare.match(/.{1,3}/gu) ?? []).join("-");
}

/** What is kept of a code that must not be read out of the database. */
export function hashCode(code: string): string {
  return createHash("sha256").update(code).digest("hex");
}

/** Names a person in a button, where there is room for few letters. */
export const personMark = (id: string): string => hashCode(id).slice(0, 16);
