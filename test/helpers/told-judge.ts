// What is told in runs whose path went wrong, by whom, and what of it is false: judged by the raw events alone.
import {signed} from './all-runs.ts';
import {type At, type Claim, claimsOfAccount, claimsOfBeat} from './claims.ts';
import {type Diverged, ownOf, type Sentence, toldOf, tracedWith} from './diverged.ts';

const languages = ['en', 'zh'] as const;

type Read = {
  readonly claims: readonly Claim[];
  /** What holds one thing against others, too: of that the judge mistakes one in ten thousand. */
  readonly wide: readonly Claim[];
};

const readIn = (each: Diverged, sentence: Sentence, at: At): Read => {
  const {language} = at;
  if (sentence.by === 'account') return {claims: claimsOfAccount(sentence[language], at), wide: []};
  const own = ownOf(each, sentence);
  if (!own) return {claims: [], wide: []};
  const told = {text: sentence[language], at};
  const there = {text: own[language], at: {trace: own.trace, n: own.n, language}};
  return {claims: claimsOfBeat(told, there), wide: claimsOfBeat(told, there, 'wide')};
};

export type Judged = {
  /** How many sentences, in both languages. */
  readonly lesson: number;
  readonly account: number;
  readonly claims: number;
  /** By the run's code: what about it is false. */
  readonly wrong: ReadonlyMap<string, readonly string[]>;
  /** What about it looks false where it is read wide, and may be so. */
  readonly doubtful: ReadonlyMap<string, readonly string[]>;
  /** What the account says of which nothing was read, by the run's code. */
  readonly unread: ReadonlyMap<string, readonly string[]>;
  /** What the account says at one time and is longer than one reads at once, by the run's code. */
  readonly long: ReadonlyMap<string, readonly string[]>;
};

/** Characters: five rows of a page that is 80 columns wide. */
const longest = {en: 360, zh: 170};

export const judged = (all: Iterable<Diverged>): Judged => {
  const told = {lesson: 0, account: 0};
  const wrong = new Map<string, string[]>();
  const doubtful = new Map<string, string[]>();
  const unread = new Map<string, string[]>();
  const long = new Map<string, string[]>();
  const note = (list: Map<string, string[]>, code: string, what: string) =>
    list.set(code, [...(list.get(code) ?? []), what]);
  let count = 0;
  for (const each of all) {
    const trace = tracedWith(each);
    for (const sentence of toldOf(signed(each.lesson), each, trace)) {
      told[sentence.by] += languages.length;
      for (const language of languages) {
        const {claims, wide} = readIn(each, sentence, {trace, n: sentence.n, language});
        count += claims.length;
        const isLong = sentence.by === 'account' && sentence[language].length > longest[language];
        if (isLong) note(long, each.code, sentence[language]);
        if (sentence.by === 'account' && claims.length === 0) note(unread, each.code, sentence[language]);
        const blame = (list: typeof wrong, read: readonly Claim[]): void => {
          for (const {about, holds} of read)
            if (!holds) note(list, each.code, `event ${sentence.n}: ${about}`);
        };
        blame(wrong, claims);
        blame(doubtful, wide);
      }
    }
  }
  return {...told, claims: count, wrong, doubtful, unread, long};
};

const listed = (about: ReadonlyMap<string, readonly string[]>): string =>
  [...about].map(([code, texts]) => `\n  ${code}: ${texts.join('; ')}`).join('');

export const inWords = ({lesson, account, claims, wrong, doubtful, unread, long}: Judged): string => {
  const texts = lesson + account;
  const share = (part: number): string => `${part} (${((100 * part) / texts).toFixed(1)} %)`;
  return [
    `of ${texts} texts lessons told ${share(lesson)}, the account ${share(account)}`,
    `${claims} claims judged, ${(claims / texts).toFixed(1)} of each text`,
    `${wrong.size} runs with a false one`,
    `${doubtful.size} where one may be${listed(doubtful)}`,
    `${unread.size} with one that nobody read${listed(unread)}`,
    `${long.size} with one that is long${listed(long)}`,
  ].join('; ');
};
