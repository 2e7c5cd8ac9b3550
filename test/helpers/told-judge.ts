// What is told in runs whose path went wrong, by whom, and what of it is false: judged by the raw events alone.
import type {Trace} from '../../source/sim/trace.ts';
import {signed} from './all-runs.ts';
import {type Claim, claimsOfAccount, claimsOfBeat} from './claims.ts';
import {type Diverged, ownOf, type Sentence, toldOf, tracedWith} from './diverged.ts';

const languages = ['en', 'zh'] as const;

const claimsIn = (each: Diverged, sentence: Sentence, trace: Trace): readonly Claim[] =>
  languages.flatMap((language) => {
    const at = {trace, n: sentence.n, language};
    if (sentence.by === 'account') return claimsOfAccount(sentence[language], at);
    const own = ownOf(each, sentence);
    const there = own && {text: own[language], at: {trace: own.trace, n: own.n, language}};
    return there ? claimsOfBeat({text: sentence[language], at}, there) : [];
  });

export type Judged = {
  /** How many sentences, in both languages. */
  readonly lesson: number;
  readonly account: number;
  readonly claims: number;
  /** By the run's code: what about it is false. */
  readonly wrong: ReadonlyMap<string, readonly string[]>;
};

export const judged = (all: Iterable<Diverged>): Judged => {
  const told = {lesson: 0, account: 0};
  const wrong = new Map<string, string[]>();
  let count = 0;
  for (const each of all) {
    const trace = tracedWith(each);
    for (const sentence of toldOf(signed(each.lesson), each, trace)) {
      told[sentence.by] += languages.length;
      const claims = claimsIn(each, sentence, trace);
      count += claims.length;
      for (const {about, holds} of claims)
        if (!holds) wrong.set(each.code, [...(wrong.get(each.code) ?? []), `event ${sentence.n}: ${about}`]);
    }
  }
  return {...told, claims: count, wrong};
};

export const inWords = ({lesson, account, claims, wrong}: Judged): string => {
  const texts = lesson + account;
  const share = (part: number): string => `${part} (${((100 * part) / texts).toFixed(1)} %)`;
  return `of ${texts} texts lessons told ${share(lesson)}, the account ${share(account)}; ${claims} claims judged, ${(claims / texts).toFixed(1)} of each text; ${wrong.size} runs with a false one`;
};
