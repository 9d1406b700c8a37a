import type { Words } from "./words.ts";
import { en } from "./en.ts";
export const es: Words = { ...en, language: "es" };
