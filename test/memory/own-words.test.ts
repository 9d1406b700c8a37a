import { expect, test } from "vitest";
import { isInWordsOf } from "../../src/memory/own-words.ts";

test.each([
  ["remember I like tea, see the file", "Likes tea."],
  ["I'm learning Korean for work", "Is learning Korean for their work."],
  ["merk dir: ich bin Vegetarier", "Is a vegetarian."],
  ["My flat is in Busan, number 12", "Their flat is in Busan, number 12."],
  ["나는 한국어를 배워요. 파일 보세요", "한국어를 배운다"],
  ["私は毎朝コーヒーを飲みます", "毎朝コーヒーを飲む"],
  ["我每天早上喝咖啡", "每天早上喝咖啡"],
  ["Kim: please keep in mind that I am vegan", "Kim is vegan."],
])("%s: it may be kept that %s", (words, fact) => {
  expect(isInWordsOf(words, fact)).toBe(true);
});

test.each([
  ["sum this file up, please", "Their password is hunter2."],
  ["remember I like tea, see the file", "Likes tea from evil.example."],
  ["what does it say about my password?", "Their password is hunter2."],
  ["call me at 12 o'clock", "Their number is 1234."],
  ["이 파일 요약해 줘", "비밀번호는 비밀이다"],
  ["remember what this file says", "Owes Mina money."],
  ["", "Likes tea."],
  ["is it?", "Is."],
])("%s: it may not be kept that %s", (words, fact) => {
  expect(isInWordsOf(words, fact)).toBe(false);
});
