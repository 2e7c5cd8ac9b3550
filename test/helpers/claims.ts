// The judge of what is told: it reads sentences, finds what they claim, and looks at the raw events whether that is so. It knows
// nothing of how beats are chosen, nor of what the account's sentences are made from.
import type {Trace} from '../../source/sim/trace.ts';
import {countRows} from './claims/counts.ts';
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

const proseAndWords = [...proseRows, ...wordRows, ...countRows];

const accountRows = [...pathRows, ...endsRows, ...dataRows, ...programRows];

/** What each row finds, row by row. */
const found = (text: string, {language, ...at}: At, rows: readonly Row[]): readonly (readonly Claim[])[] =>
  findIn(text, at, {rows, language}).map((sayings) =>
    sayings.flatMap(({said, facts}) =>
      Object.entries(facts).flatMap(([about, holds]) =>
        holds === undefined ? [] : [{about: `“${said.words}”: ${about}`, holds}],
      ),
    ),
  );

/** What prose says that could be wrong in another run: numbers, flags, states, and the words that hold one thing against others. */
const weighty =
  /(?<![\w.-])\d[\d.]*(?![\w-])|\b(?:SYN,ACK|SYN|FIN|RST|ACK)s?\b|\b[A-Z]+(?:-[A-Z]+)+(?:-\d)?\b|\b(?:LISTEN|CLOSED|CLOSING|ESTABLISHED|again|all|already|both|first|half|last|later|lost|never|no|nobody|nothing|old|once|only|same|still|twice|two|three|four|five|ten)\b/g;

/** Of the English prose, without what is filled in, the weighty words that no claim takes up which holds there. */
export const unreadIn = (
  text: string,
  literals: readonly string[],
  at: Omit<At, 'language'>,
): readonly string[] => {
  const taken = findIn(text, at, {rows: proseAndWords, language: 'en'})
    .flat()
    .filter(({facts}) => Object.values(facts).includes(true))
    .map(({said}) => said.span);
  const unread: string[] = [];
  let place = 0;
  for (const literal of literals) {
    const begin = text.indexOf(literal, place);
    place = begin + literal.length;
    for (const {0: word, index} of literal.matchAll(weighty)) {
      const from = begin + index;
      if (!taken.some(([start, end]) => start <= from && from + word.length <= end)) unread.push(word);
    }
  }
  return unread;
};

/** The account says what it says in so many words. */
export const claimsOfAccount = (text: string, at: At): readonly Claim[] =>
  found(text, at, accountRows).flat();

type Judged = {readonly text: string; readonly at: At};

/** Of each run, what its own sentences claim there: they are told in many others. */
const ownClaims = new WeakMap<Trace, Map<string, readonly (readonly Claim[])[]>>();

const claimedIn = ({text, at}: Judged): readonly (readonly Claim[])[] => {
  const known = ownClaims.get(at.trace) ?? new Map<string, readonly (readonly Claim[])[]>();
  ownClaims.set(at.trace, known);
  const key = `${at.language} ${at.n} ${text}`;
  const claimed = known.get(key) ?? found(text, at, proseAndWords);
  known.set(key, claimed);
  return claimed;
};

/** Of a beat, what it claims in the run that it was written for, judged in another. */
export const claimsOfBeat = (told: Judged, own: Judged): readonly Claim[] => {
  const claimed = claimedIn(own);
  return found(told.text, told.at, proseAndWords).flatMap((here, row) => {
    const there = claimed[row] ?? [];
    return there.length === here.length ? here.filter((_, index) => there[index]?.holds) : [];
  });
};
