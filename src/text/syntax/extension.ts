import type { gfm } from "micromark-extension-gfm";

/** What micromark takes to know more syntax. */
export type SyntaxExtension = ReturnType<typeof gfm>;

type Constructs = NonNullable<NonNullable<SyntaxExtension["text"]>[number]>;

/** One piece of syntax: how it is recognised, and what is made of it. */
export type Construct = Extract<Constructs, { tokenize: unknown }>;

export type Tokenizer = Construct["tokenize"];
export type TokenizeContext = ThisParameterType<Tokenizer>;
export type Effects = Parameters<Tokenizer>[0];
export type State = Parameters<Tokenizer>[1];

/** A character, or what micromark has in place of one: null at the end, negative for line endings and tabs. */
export type Code = Parameters<State>[0];

export const endsLine = (code: Code): boolean => code === null || code < -2;

export const isSpace = (code: Code): boolean => code === null || code < 0 || code === 32;
