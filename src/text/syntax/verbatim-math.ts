import { endsLine, isSpace } from "./extension.ts";
import type { Code, Construct, Effects, State, SyntaxExtension, TokenizeContext } from "./extension.ts";

const dollar = 36;
const backslash = 92;
const backtick = 96;
/** The longest formula within a line, in characters: what is longer is text with a stray mark in it. */
const longest = 2000;
/** What may follow the backslash, and what ends it: `\(` … `\)`, `\[` … `\]`. */
const brackets: ReadonlyMap<Code, Code> = new Map([
  [40, 41],
  [91, 93],
]);

/** Formulas (`$x$`, `$$x$$`, `\(x\)`, `\[x\]`) stay the text they are: nothing in them is emphasis, an escape or a list. */
export function verbatimMath(): SyntaxExtension {
  return {
    flow: { [dollar]: display, [backslash]: display },
    text: { [dollar]: betweenDollars, [backslash]: betweenBrackets },
  };
}

/** `$x$`, with no space just inside the dollars and no digit after them, as "$5 to $10" is money; or `$$x$$`. No code within. */
const betweenDollars: Construct = {
  name: "mathDollars",
  previous: (code) => code !== dollar,
  tokenize(effects, ok, nok) {
    const take = eater(effects);
    let double = false;
    let last: Code = dollar;
    let left = longest;

    const start: State = (code) => {
      effects.enter("data");
      return take(code, opened);
    };
    const opened: State = (code) => {
      if (code !== dollar) return isSpace(code) ? nok(code) : inside(code);
      double = true;
      return take(code, inside);
    };
    const inside: State = (code) => {
      if (code === null || code === backtick || left-- === 0) return nok(code);
      const closes = code === dollar && (double || !isSpace(last));
      last = code;
      if (closes) return take(code, closing);
      return take(code, code === backslash ? escaped : inside);
    };
    const escaped: State = (code) => (endsLine(code) ? inside(code) : take(code, inside));
    const closing: State = (code) => {
      if (double) return code === dollar ? take(code, close) : inside(code);
      const digit = code !== null && code >= 48 && code <= 57;
      return digit ? inside(code) : close(code);
    };
    const close: State = (code) => {
      effects.exit("data");
      return ok(code);
    };
    return start;
  },
};

const betweenBrackets: Construct = {
  name: "mathBrackets",
  tokenize(effects, ok, nok) {
    const take = eater(effects);
    let closer: Code = null;
    let left = longest;

    const start: State = (code) => {
      effects.enter("data");
      return take(code, opened);
    };
    const opened: State = (code) => {
      closer = brackets.get(code) ?? null;
      return closer === null ? nok(code) : take(code, inside);
    };
    const inside: State = (code) => {
      if (code === null || left-- === 0) return nok(code);
      return take(code, code === backslash ? escaped : inside);
    };
    const escaped: State = (code) => {
      if (endsLine(code)) return inside(code);
      return take(code, code === closer ? close : inside);
    };
    const close: State = (code) => {
      effects.exit("data");
      return ok(code);
    };
    return start;
  },
};

/** `$$` or `\[` alone on a line, up to the line that closes it, or an empty one: a paragraph of its own. */
const display: Construct = {
  name: "mathDisplay",
  concrete: true,
  tokenize(effects, ok, nok) {
    const interrupts = this.interrupt;
    let closer: Code = null;
    let last: Code = null;
    let closed = false;

    const start: State = (code) => {
      effects.enter("paragraph");
      effects.enter("data");
      effects.consume(code);
      last = code;
      return opened;
    };
    const opened: State = (code) => {
      closer = last === dollar ? dollar : (brackets.get(code) ?? null);
      if (last === dollar ? code !== dollar : closer !== 93) return nok(code);
      effects.consume(code);
      return opening;
    };
    const opening: State = (code) => {
      if (code === null || !isSpace(code)) return nok(code);
      if (endsLine(code)) return interrupts ? ok(code) : lineEnd(code);
      effects.consume(code);
      return opening;
    };
    const lineEnd: State = (code) => {
      effects.exit("data");
      if (closed || code === null) return end(code);
      return effects.check({ tokenize: nextLine, partial: true }, goOn, end)(code);
    };
    const goOn: State = (code) => {
      effects.enter("lineEnding");
      effects.consume(code);
      effects.exit("lineEnding");
      effects.enter("data");
      last = null;
      return line;
    };
    const line: State = (code) => {
      if (endsLine(code)) return lineEnd(code);
      closed ||= code === closer && last === (closer === dollar ? dollar : backslash);
      last = code;
      effects.consume(code);
      return line;
    };
    const end: State = (code) => {
      effects.exit("paragraph");
      return ok(code);
    };
    return start;
  },
};

/** Whether the next line belongs to the same containers and is not empty. */
function nextLine(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
  const start: State = (code) => {
    effects.enter("lineEnding");
    effects.consume(code);
    effects.exit("lineEnding");
    return first;
  };
  const first: State = (code) =>
    endsLine(code) || this.parser.lazy[this.now().line] === true ? nok(code) : ok(code);
  return start;
}

/** Consumes one character and goes on; a line ending gets a token of its own, as micromark wants it. */
function eater(effects: Effects): (code: Code, next: State) => State {
  return (code, next) => {
    if (!endsLine(code)) {
      effects.consume(code);
      return next;
    }
    effects.exit("data");
    effects.enter("lineEnding");
    effects.consume(code);
    effects.exit("lineEnding");
    return (following) => {
      effects.enter("data");
      return next(following);
    };
  };
}
