// The judge of what is told: it reads sentences, finds what they claim, and looks at the raw events whether that is so. It knows
// nothing of how beats are chosen, nor of what the account's sentences are made from.
import type {Trace} from '../../source/sim/trace.ts';
import {dataRows} from './claims/data.ts';
import {endsRows} from './claims/ends.ts';
import {pathRows} from './claims/path.ts';
import {programRows} from './claims/programs.ts';
import {proseRows} from './claims/prose.ts';
import {findIn, type Row} from './claims/said.ts';
import {wordRows} from './claims/words.ts';

export type Claim = {
  /** The words, and what about them is claimed. */
  readonly about: string;
  readonly holds: boolean;
};

type At = {readonly trace: Trace; readonly n: number; readonly language: 'en' | 'zh'};

const proseAndWords = [...proseRows, ...wordRows];

const accountRows = [...pathRows, ...endsRows, ...dataRows, ...programRows];

const claims = (text: string, {language, ...at}: At, rows: readonly Row[]): readonly Claim[] =>
  findIn(text, at, {rows, language}).flatMap(({row, said}) =>
    Object.entries(row.facts(said)).flatMap(([about, holds]) =>
      holds === undefined ? [] : [{about: `“${said.words}”: ${about}`, holds}],
    ),
  );

/** The account says what it says in so many words. */
export const claimsOfAccount = (text: string, at: At): readonly Claim[] => claims(text, at, accountRows);

/** Of a beat, what it claims in the run that it was written for, judged in another. */
export const claimsOfBeat = (
  told: {readonly text: string; readonly at: At},
  own: {readonly text: string; readonly at: At},
): readonly Claim[] => {
  return proseAndWords.flatMap((each) => {
    const claimed = claims(own.text, own.at, [each]);
    const here = claims(told.text, told.at, [each]);
    return claimed.length === here.length ? here.filter((_, index) => claimed[index]?.holds) : [];
  });
};
