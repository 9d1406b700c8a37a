import type { Code, Construct, SyntaxExtension, TokenizeContext } from "./extension.ts";

const asterisk = 42;
const tilde = 126;

/**
 * Emphasis beside Chinese, Japanese and Korean text, which has no spaces around words: `**"인용"**은` is bold, although
 * CommonMark wants a space between the punctuation, the asterisks and the next word.
 */
export function cjkEmphasis(): SyntaxExtension {
  return {
    text: { [asterisk]: loosened(asterisk, "attention"), [tilde]: loosened(tilde, "strikethrough") },
  };
}

/** The standard construct of this name, but its marks also open and close where only CJK text stands against it. */
function loosened(mark: number, name: string): Construct {
  const standard = (context: TokenizeContext): Construct | undefined =>
    [context.parser.constructs.text[mark] ?? []].flat().find((construct) => construct.name === name);
  return {
    name: `cjk-${name}`,
    tokenize(effects, ok, nok) {
      const before = kindOf(this.previous);
      const loosen = (code: Code) => {
        const after = kindOf(code);
        const sequence = this.events.at(-1)?.[1];
        if (sequence && opens(before, after)) sequence._open = true;
        if (sequence && opens(after, before)) sequence._close = true;
        return ok(code);
      };
      return standard(this)?.tokenize.call(this, effects, loosen, nok) ?? nok;
    },
    resolveAll: (events, context) => standard(context)?.resolveAll?.(events, context) ?? events,
  };
}

type Kind = "space" | "punctuation" | "cjk punctuation" | "cjk" | "other";

/** Whether a mark with this outside and inside opens; the other way round, whether it closes. */
function opens(outside: Kind, inside: Kind): boolean {
  if (inside === "punctuation") return outside === "cjk" || outside === "cjk punctuation";
  return inside === "cjk punctuation";
}

/** Half a surrogate pair counts as CJK: it is a rare ideograph or an emoji, and neither has spaces around it. */
function kindOf(code: Code): Kind {
  if (code === null || code < 0) return "space";
  const character = String.fromCharCode(code);
  if (/\s/u.test(character)) return "space";
  if (/[\u3000-\u303f\uff00-\uff65]/u.test(character) && /[\p{P}\p{S}]/u.test(character))
    return "cjk punctuation";
  if (/[\p{P}\p{S}]/u.test(character)) return "punctuation";
  if (
    /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\ud800-\udfff]/u.test(
      character,
    )
  )
    return "cjk";
  return "other";
}
