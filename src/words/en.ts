import { general } from "./en/general.ts";

/** Every sentence the bot itself says, in English: the other languages say the same. */
export const en = {
  ...general,
};
