import type { Words } from "./words.ts";
import { en } from "./en.ts";
export const ja: Words = { ...en, language: "ja" };
