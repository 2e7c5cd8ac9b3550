// What is told in runs whose path went wrong, by whom, and what of it is false: judged by the raw events alone.
import {signed} from './all-runs.ts';
import {type At, type Claim, claimsOfAccount, claimsOfBeat} from './claims.ts';
import {type Diverged, ownOf, type Sentence, toldOf, tracedWith} from './diverged.ts';

const languages = ['en', 'zh'] as const;

const claimsIn = (each: Diverged, sentence: Sentence, at: At): readonly Claim[] => {
  const {language} = at;
  if (sentence.by === 'account') return claimsOfAccount(sentence[language], at);
  const own = ownOf(each, sentence);
  const there = own && {text: own[language], at: {trace: own.trace, n: own.n, language}};
  return there ? claimsOfBeat({text: sentence[language], at}, there, 'wide') : [];
};

export type Judged = {
  /** How many sentences, in both languages. */
  readonly lesson: number;
  readonly account: number;
  readonly claims: number;
  /** By the run's code: what about it is false. */
  readonly wrong: ReadonlyMap<string, readonly string[]>;
  /** What the account says of which nothing was read, by the run's code. */
  readonly unread: ReadonlyMap<string, readonly string[]>;
};

export const judged = (all: Iterable<Diverged>): Judged => {
  const told = {lesson: 0, account: 0};
  const wrong = new Map<string, string[]>();
  const unread = new Map<string, string[]>();
  const note = (list: Map<string, string[]>, code: string, what: string) =>
    list.set(code, [...(list.get(code) ?? []), what]);
  let count = 0;
  for (const each of all) {
    const trace = tracedWith(each);
    for (const sentence of toldOf(signed(each.lesson), each, trace)) {
      told[sentence.by] += languages.length;
      for (const language of languages) {
        const claims = claimsIn(each, sentence, {trace, n: sentence.n, language});
        count += claims.length;
        if (sentence.by === 'account' && claims.length === 0) note(unread, each.code, sentence[language]);
        for (const {about, holds} of claims)
          if (!holds) note(wrong, each.code, `event ${sentence.n}: ${about}`);
      }
    }
  }
  return {...told, claims: count, wrong, unread};
};

export const inWords = ({lesson, account, claims, wrong}: Judged): string => {
  const texts = lesson + account;
  const share = (part: number): string => `${part} (${((100 * part) / texts).toFixed(1)} %)`;
  return `of ${texts} texts lessons told ${share(lesson)}, the account ${share(account)}; ${claims} claims judged, ${(claims / texts).toFixed(1)} of each text; ${wrong.size} runs with a false one`;
};
