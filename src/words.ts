/** English, where it is not known who reads it. */
export { english as words } from "./words/words.ts";
