/** Judges what people see at the end of a run: pure, so that it can be shown to fail. */
import type { ModelRequestNote } from "./model.ts";
import { piecesOf, type Question } from "./questions.ts";
import { english as words } from "../../src/words/words.ts";

/** A question with what is promised of its answer. */
export interface Asked extends Question {
  readonly platform: string;
  /** Who may read it: a direct message, a channel, a thread. */
  readonly place: string;
  /** Answers of one line stand in the order of their questions: a person's in one conversation. */
  readonly line: string;
  /** The question's place in its line. */
  readonly sequence: number;
}

/** A message of the bot's as a person sees it. */
export interface Shown {
  readonly text: string;
  readonly buttons: readonly string[];
}

/** All that is there to judge by. */
export interface Evidence {
  readonly asked: readonly Asked[];
  /** By place, in the order in which they stand. */
  readonly shown: ReadonlyMap<string, readonly Shown[]>;
  /** By secret, the place it belongs to. */
  readonly secrets: ReadonlyMap<string, string>;
  readonly requests: readonly ModelRequestNote[];
  /** The questions whose answer the model's server broke off. */
  readonly cut: ReadonlySet<string>;
}

/** What was found; of the lists, each entry names a question or a place, and says what is wrong. */
export interface Verdict {
  readonly answered: number;
  /** Told in a sentence that there is no answer, where the model's server gave reason for it. */
  readonly told: readonly string[];
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  readonly disordered: readonly string[];
  readonly fragments: readonly string[];
  readonly leaks: readonly string[];
}

/** What must not be found. */
export const faultsOf = ({ lost, doubled, disordered, fragments, leaks }: Verdict): readonly string[] => [
  ...lost.map((each) => `lost: ${each}`),
  ...doubled.map((each) => `doubled: ${each}`),
  ...disordered.map((each) => `out of order: ${each}`),
  ...fragments.map((each) => `fragment: ${each}`),
  ...leaks.map((each) => `leak: ${each}`),
];

/** Where the pieces of a question's answer stand: for each, the positions at which it is read. */
interface Standing {
  readonly question: Asked;
  readonly at: readonly (readonly number[])[];
}

/** Judges one platform's questions, or all of them. */
export function judge(evidence: Evidence): Verdict {
  const { asked } = evidence;
  const standings = asked.map((question) => standingOf(question, evidence.shown.get(question.place) ?? []));
  const complete = standings.filter(({ at }) => at.every((positions) => positions.length > 0));
  const missing = standings.filter((standing) => !complete.includes(standing));
  const told = missing.filter(({ question }) => evidence.cut.has(question.id));
  return {
    answered: complete.length,
    told: told.map(({ question }) => nameOf(question)),
    lost: missing
      .filter((standing) => !told.includes(standing))
      .map(({ question, at }) => {
        const seen = at.filter((positions) => positions.length > 0).length;
        return `${nameOf(question)}, ${seen} of ${at.length} pieces seen`;
      }),
    doubled: complete
      .filter(({ at }) => at.every((positions) => positions.length > 1))
      .map(({ question }) => nameOf(question)),
    disordered: disorder(complete),
    fragments: [...repeatedPieces(complete), ...fragmentsIn(evidence)],
    leaks: leaksIn(evidence),
  };
}

/** Whether the complete answer to a question stands in a place. */
export const isAnswered = (question: Asked, shown: readonly Shown[]): boolean =>
  standingOf(question, shown).at.every((positions) => positions.length > 0);

const nameOf = ({ id, version, place, sequence }: Asked): string =>
  `${id}v${version} (${place}, number ${sequence})`;

/** Positions count through the letters of all messages of the place. */
function standingOf(question: Asked, shown: readonly Shown[]): Standing {
  const all = shown.map(({ text }) => flat(text)).join("\n");
  return { question, at: piecesOf(question).map((piece) => positionsOf(piece, all)) };
}

function positionsOf(piece: string, text: string): readonly number[] {
  const found: number[] = [];
  for (let at = text.indexOf(piece); at >= 0; at = text.indexOf(piece, at + 1)) found.push(at);
  return found;
}

/** Where lines break is the platform's business. */
const flat = (text: string): string => text.replaceAll(/\s+/gu, " ");

function disorder(complete: readonly Standing[]): readonly string[] {
  const found: string[] = [];
  for (const { question, at } of complete) {
    const firsts = at.map(([first = 0]) => first);
    if (firsts.some((position, index) => position < (firsts[index - 1] ?? -1)))
      found.push(`the pieces of ${nameOf(question)}`);
  }
  for (const line of Map.groupBy(complete, ({ question }) => question.line).values()) {
    const sorted = line.toSorted((one, other) => one.question.sequence - other.question.sequence);
    for (const [index, standing] of sorted.entries()) {
      const before = sorted[index - 1];
      if (before && startOf(standing) < startOf(before))
        found.push(`${nameOf(standing.question)} stands before ${nameOf(before.question)}`);
    }
  }
  return found;
}

const startOf = ({ at }: Standing): number => at[0]?.[0] ?? 0;

/** Part of an answer that stands beside its complete form. */
const repeatedPieces = (complete: readonly Standing[]): readonly string[] =>
  complete
    .filter(
      ({ at }) =>
        at.some((positions) => positions.length > 1) && at.some((positions) => positions.length === 1),
    )
    .map(({ question }) => `a part of ${nameOf(question)} stands twice`);

const receipt = /(?:Chaos · )?chaos\/\w+(?: · [\d.,]+[kM]? in, [\d.,]+[kM]? out)?(?: · \$[\d.]+)?/gu;

/** Sentences that an answer may carry, or that stand in its place for a reason. */
const notices: readonly RegExp[] = [
  /The oldest (?:exchange has|\d+ exchanges have) left my view to make room\./gu,
  /This conversation fills about \d+ % of what I can keep in view; when it is full, the oldest exchanges leave\./gu,
  /Remembered: Likes tea\./gu,
  /chaos\/\w+ (?:was busy|was overloaded|could not be reached|failed); chaos\/\w+ answered\./gu,
];

/** What is left of the bot's messages when complete answers, receipts and known sentences are taken out. */
function fragmentsIn({ asked, shown, cut }: Evidence): readonly string[] {
  const found: string[] = [];
  for (const [place, messages] of shown) {
    const mine = asked.filter((question) => question.place === place);
    const pieces = new Set(mine.flatMap(piecesOf));
    const broken = mine.some(({ id }) => cut.has(id)) ? [words.brokenOff] : [];
    for (const [index, { text, buttons }] of messages.entries()) {
      const rest = restOf(flat(text), pieces, broken);
      if (rest !== "") found.push(`in ${place}: “${rest.slice(0, 200)}”`);
      else if (buttons.includes("Stop")) found.push(`in ${place}: an answer that can still be stopped`);
      else if (endsWithoutReceipt(messages.slice(index), mine, broken))
        found.push(`in ${place}: an answer without its receipt: “${flat(text).slice(-120)}”`);
    }
  }
  return found;
}

function restOf(text: string, pieces: ReadonlySet<string>, others: readonly string[]): string {
  let rest = text.replaceAll(/Q[a-z0-9]{8}v\d+ \d+of\d+ [a-z ]+\./gu, (piece) =>
    pieces.has(piece) ? "" : piece,
  );
  for (const notice of [...notices, receipt]) rest = rest.replaceAll(notice, "");
  for (const other of others) rest = rest.replaceAll(other, "");
  return rest.replace(/^\s*Chaos\b/u, "").trim();
}

/** An answer's last piece has its receipt in the same message or, where an answer has several, in one of the next. */
function endsWithoutReceipt(
  [first, ...next]: readonly Shown[],
  asked: readonly Asked[],
  others: readonly string[],
): boolean {
  const text = flat(first?.text ?? "").trim();
  const isEnd = asked.some((question) => text.endsWith(piecesOf(question).at(-1) ?? ""));
  const ends = (each: Shown): boolean =>
    each.text.search(receipt) >= 0 || others.some((other) => each.text.includes(other));
  return isEnd && !next.slice(0, 3).some(ends);
}

function leaksIn({ shown, secrets, requests }: Evidence): readonly string[] {
  const found: string[] = [];
  for (const [place, messages] of shown)
    for (const { text } of messages)
      for (const [secret, home] of secrets)
        if (home !== place && text.includes(secret)) found.push(`${home}'s ${secret} is read in ${place}`);
  for (const { place, secrets: told } of requests)
    for (const secret of told) {
      const home = secrets.get(secret);
      if (home !== place) found.push(`${home}'s ${secret} was told to the model for ${place}`);
    }
  return found;
}
