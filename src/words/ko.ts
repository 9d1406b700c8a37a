import type { Words } from "./words.ts";
import { en } from "./en.ts";
export const ko: Words = { ...en, language: "ko" };
