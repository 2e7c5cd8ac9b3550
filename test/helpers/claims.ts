// The judge of what lessons tell: it reads their sentences, finds what they claim, and looks at the raw events whether that is so. It knows
// nothing of how beats are chosen. What the account tells is judged by its facts (claims/told-rows.ts).
import type {Trace} from '../../source/sim/trace.ts';
import {countRows} from './claims/counts.ts';
import {courseRows} from './claims/course.ts';
import {deedRows} from './claims/deeds.ts';
import {generalIn} from './claims/general.ts';
import {likeRows} from './claims/likes.ts';
import {lookupRows} from './claims/lookups.ts';
import {oftenRows} from './claims/often.ts';
import {proseRows} from './claims/prose.ts';
import {type Found, findIn} from './claims/said.ts';
import {topicRows} from './claims/topics.ts';
import {wordRows} from './claims/words.ts';

export type Claim = {
  /** The words, and what about them is claimed. */
  readonly about: string;
  readonly holds: boolean;
};

export type At = {readonly trace: Trace; readonly n: number; readonly language: 'en' | 'zh'};

/** What prose says that could be wrong in another run: numbers, flags, states, and the words that hold one thing against others. */
const weighty =
  /(?<![\w.-])\d+(?= (?:[\w-]+ )?(?:SYNs|ACKs|FINs|segments|packets|datagrams|round trips|responses|requests|retransmissions|tries|probes|queries|questions)\b)|\b(?:SYN,ACK|SYN|FIN|RST|ACK)s?\b|\b[A-Z]+(?:-[A-Z]+)+(?:-\d)?\b|\b(?:LISTEN|CLOSED|CLOSING|ESTABLISHED|again|all|already|both|first|half|last|later|lost|losses|never|no|nobody|nothing|same|still|twice|two|three|four|five|ten)\b|\bonly(?= (?:now|then|it|one|because)\b)|(?<=\b[Tt]he )only\b/g;

/** Names and constants: RFCs and their sections, versions, codes, layers, items of a list; and words that hold nothing against anything. */
const named =
  /(?<=^|[.!?] )(?:SYN|ACK|FIN|RST|PSH|URG)(?=: [a-z])|\bRST resets\b|\bIPv6 first\b|\blast 0\b|\b(?:RFC|BCP|STD) \d+|§§?[\d.]+(?:, [\d.]+)*|\b(?:HTTP|TLS|IPv|Linux|OSI|Ethernet|UDP|MUST|SHLD|FIN-WAIT|SHA|AES|P)[-/ ]?v?\d[\d.]*|\b(?:[Rr]eason|[Ss]tep|[Dd]efence|[Cc]odes?|[Tt]ypes?|[Ll]ayers?|bits?|case|Figure|option|[Pp]ages?|[Rr]un|Version) \d[\d.]*(?:(?:,| and| or| to) \d[\d.]*)*|\d+-bit|\d+MSL|\d+(?:\.\d+)+|(?:原因|代码|类型|第|步骤|版本) ?\d[\d.]*(?: ?[和到、至] ?\d+)*|\b(?:no longer|no more|[Ff]our-tuple|first of all|at first|no matter|all (?:other|later|lengths)|has it all|all the same|[Nn]o doubt|all along|once|[Aa]t last|at all|in all|above all|for all(?! later)|says lost|lost service|each for SYN and FIN|no program reads|(?:two|three|four|five) counts|two (?:addresses and two )?ports|two families|(?:at|all) the same|the same as|is the same|last time|last minute|first (?:run|digit|line|try|place|hole|visit|byte|\d+ bytes|change|hello|piece)|no (?:harm|need|use|fresh share|field|third party|trace|part)|in no RFC|half-(?:open|closed|connection|finished)|(?:public|private|own) half|(?:two|three|four|five|ten) (?:(?:upper|lower|whole|full) )?(?:octets|bits|digits|words|letters|days|hours|minutes|seconds|ways|things|layers|halves|ends|bounds|variations|ports|randoms|groups|rules|shares|programs|pairs|steps|roles)|(?:third|fourth) party|up again|nobody wants|without TCP|needs no LISTEN|(?:for|to) nobody|D-SACK|T-TCP|SYN-RECV|(?:[A-Z]+_[A-Z]+|CLOSE) (?:is|are) [A-Z]+(?:-[A-Z]+)*)\b|四元组|都(?:市|会)/g;

const withoutNames = (text: string): string => text.replaceAll(named, (words) => ' '.repeat(words.length));

/**
 * `wide`: what holds one thing against others is read, too (not in names), of which about one in a hundred is mistaken. `whole`: and
 * who does what.
 */
type Reading = 'sure' | 'wide' | 'whole';

type Judged = {
  readonly text: string;
  readonly at: At;
  /** What of it the author wrote, without what is filled in. */
  readonly literals?: readonly string[];
};

/** Who does what in sentences that speak of no run is not what happens in this one. */
const ofThisRun = (text: string, literals: readonly string[]): string =>
  generalIn(text, literals).reduce(
    (rest, [start, end]) => `${rest.slice(0, start)}${' '.repeat(end - start)}${rest.slice(end)}`,
    text,
  );

/** Row by row. */
const readProse = (
  {text, literals = [], at: {language, ...at}}: Judged,
  reading: Reading,
): readonly (readonly Found[])[] => [
  ...findIn(text, at, {rows: [...proseRows, ...wordRows, ...countRows], language}),
  ...(reading === 'sure' ? [] : findIn(withoutNames(text), at, {rows: likeRows, language})),
  ...(reading === 'sure'
    ? []
    : findIn(text, at, {rows: [...oftenRows, ...courseRows, ...deedRows, ...lookupRows], language})),
  ...(reading === 'whole'
    ? findIn(withoutNames(ofThisRun(text, literals)), at, {rows: topicRows, language})
    : []),
];

const claimsIn = (read: readonly Found[]): readonly Claim[] =>
  read.flatMap(({said, facts}) =>
    Object.entries(facts).flatMap(([about, holds]) =>
      holds === undefined ? [] : [{about: `“${said.words}”: ${about}`, holds}],
    ),
  );

/** What somebody does, or what happens to a packet. */
const doing =
  /\b(?:acknowledges|answers|arrives|asks|closes|comes|deletes|delivers|drops|enters|forgets|gets|hands|hears|learns|leaves|opens|reads|receives|refuses|repeats|resets|sends|stops|tells|throws|waits|writes)\b/g;

/** Of the English prose, without what is filled in, the words of a kind that no claim takes up which holds there. */
export const unreadIn = (
  text: string,
  literals: readonly string[],
  at: Omit<At, 'language'>,
): {readonly weighty: readonly string[]; readonly doing: readonly string[]} => {
  const taken = readProse({text, literals, at: {...at, language: 'en'}}, 'whole')
    .flat()
    .filter(({facts}) => Object.values(facts).includes(true))
    .map(({said}) => said.span);
  const general = generalIn(text, literals);
  const unread = (kind: RegExp): readonly string[] => {
    const words: string[] = [];
    let place = 0;
    for (const literal of literals) {
      const begin = text.indexOf(literal, place);
      place = begin + literal.length;
      for (const {0: word, index} of withoutNames(literal).matchAll(kind)) {
        const from = begin + index;
        const isIn = ([start, end]: readonly [number, number]): boolean =>
          start <= from && from + word.length <= end;
        if (!taken.some(isIn) && !general.some(isIn)) words.push(word);
      }
    }
    return words;
  };
  return {weighty: unread(weighty), doing: unread(doing)};
};

/** Of each run, what its own sentences claim there: they are told in many others. */
const ownClaims = new WeakMap<Trace, Map<string, readonly (readonly Claim[])[]>>();

const claimedIn = (own: Judged, reading: Reading): readonly (readonly Claim[])[] => {
  const {text, at} = own;
  const known = ownClaims.get(at.trace) ?? new Map<string, readonly (readonly Claim[])[]>();
  ownClaims.set(at.trace, known);
  const key = `${at.language} ${at.n} ${reading} ${text}`;
  const claimed = known.get(key) ?? readProse(own, reading).map(claimsIn);
  known.set(key, claimed);
  return claimed;
};

/** Of a beat, what it claims in the run that it was written for, judged in another. */
export const claimsOfBeat = (told: Judged, own: Judged, reading: Reading = 'sure'): readonly Claim[] => {
  const claimed = claimedIn(own, reading);
  return readProse(told, reading).flatMap((read, row) => {
    const here = claimsIn(read);
    const there = claimed[row] ?? [];
    return there.length === here.length ? here.filter((_, index) => there[index]?.holds) : [];
  });
};
