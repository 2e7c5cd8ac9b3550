// What is told in runs whose path went wrong, by whom, and what of it is false: judged by the raw events alone. What the account tells is
// judged by its facts, what lessons tell by what their sentences claim.
import type {Trace} from '../../source/sim/trace.ts';
import {signed} from './all-runs.ts';
import {claimsOfTold} from './claims/told-account.ts';
import {type At, type Claim, claimsOfBeat} from './claims.ts';
import {accountOf, type Diverged, ownOf, type Sentence, toldOf, tracedWith} from './diverged.ts';

const languages = ['en', 'zh'] as const;

type Read = {
  readonly claims: readonly Claim[];
  /** Claims that hold one thing against others, of which the judge mistakes one in ten thousand. */
  readonly wide: readonly Claim[];
};

const readIn = (each: Diverged, sentence: Sentence, at: At): Read => {
  const {language} = at;
  const own = ownOf(each, sentence);
  if (!own) return {claims: [], wide: []};
  const told = {text: sentence[language], at};
  const there = {text: own[language], at: {trace: own.trace, n: own.n, language}};
  return {claims: claimsOfBeat(told, there), wide: claimsOfBeat(told, there, 'wide')};
};

/** Returns what each message of the account claims in a run. */
const accountRead = (each: Diverged, trace: Trace) =>
  accountOf(signed(each.lesson), each, trace).map((told) => ({
    n: told.n,
    claims: Object.entries(claimsOfTold(trace, told)).flatMap(([about, holds]) =>
      holds === undefined ? [] : [{about: `${told.says}: ${about}`, holds}],
    ),
  }));

export type Judged = {
  /** The number of sentences that lessons tell, in both languages. */
  readonly lesson: number;
  /** The number of messages that the account tells. */
  readonly account: number;
  readonly claims: number;
  /** What is false, by the code of the run. */
  readonly wrong: ReadonlyMap<string, readonly string[]>;
  /** What looks false where a sentence is read wide, and may be so. */
  readonly doubtful: ReadonlyMap<string, readonly string[]>;
  /** Sentences of the account that are longer than one reads at once, by the code of the run. */
  readonly long: ReadonlyMap<string, readonly string[]>;
};

/** Characters of five rows of a page that is 80 columns wide. */
const longest = {en: 360, zh: 170};

export const judged = (all: Iterable<Diverged>): Judged => {
  const told = {lesson: 0, account: 0};
  const wrong = new Map<string, string[]>();
  const doubtful = new Map<string, string[]>();
  const long = new Map<string, string[]>();
  const note = (list: Map<string, string[]>, code: string, what: string) =>
    list.set(code, [...(list.get(code) ?? []), what]);
  let count = 0;
  for (const each of all) {
    const trace = tracedWith(each);
    const blame = (list: typeof wrong, n: number, read: readonly Claim[]): void => {
      for (const {about, holds} of read) if (!holds) note(list, each.code, `event ${n}: ${about}`);
    };
    for (const {n, claims} of accountRead(each, trace)) {
      told.account += 1;
      count += claims.length;
      blame(wrong, n, claims);
    }
    for (const sentence of toldOf(signed(each.lesson), each, trace))
      for (const language of languages) {
        if (sentence.by === 'account') {
          if (sentence[language].length > longest[language]) note(long, each.code, sentence[language]);
          continue;
        }
        told.lesson += 1;
        const {claims, wide} = readIn(each, sentence, {trace, n: sentence.n, language});
        count += claims.length;
        blame(wrong, sentence.n, claims);
        blame(doubtful, sentence.n, wide);
      }
  }
  return {...told, claims: count, wrong, doubtful, long};
};

const listed = (about: ReadonlyMap<string, readonly string[]>): string =>
  [...about].map(([code, texts]) => `\n  ${code}: ${texts.join('; ')}`).join('');

export const inWords = ({lesson, account, claims, wrong, doubtful, long}: Judged): string => {
  const texts = lesson + account;
  const share = (part: number): string => `${part} (${((100 * part) / texts).toFixed(1)} %)`;
  return [
    `of ${texts} sentences of lessons and messages of the account lessons told ${share(lesson)}, the account ${share(account)}`,
    `${claims} claims judged, ${(claims / texts).toFixed(1)} of each`,
    `${wrong.size} runs with a false one`,
    `${doubtful.size} where one may be${listed(doubtful)}`,
    `${long.size} with one that is long${listed(long)}`,
  ].join('; ');
};
