import type { Variables } from "../yaml/variables.ts";

/** The language of whoever sits at this machine, as a BCP 47 tag; undefined where the environment names none. */
export function localeFrom(variables: Variables): string | undefined {
  const written = variables["LC_ALL"] || variables["LC_MESSAGES"] || variables["LANG"] || "";
  const locale = written.replace(/[.@].*$/u, "").replaceAll("_", "-");
  return /^[a-z]{2,3}(?:-|$)/iu.test(locale) ? locale : undefined;
}
