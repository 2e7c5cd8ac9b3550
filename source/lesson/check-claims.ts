// Checks claims in the prose of a narration that its own run can refute: more packets of a kind than the run has, a state that no run
// enters, another timer than the event's, a reset without an RST.

import {entriesOf, entryAt} from '../account/entries.ts';
import {packetOf, segmentOf} from '../account/packet.ts';
import type {Trace} from '../sim/trace.ts';
import type {TimerName} from '../stack/tcp/effect.ts';
import {hasFlag, type TcpFlagName} from '../wire/tcp.ts';
import {claimSentences} from '../words/catalogue/lesson-check.ts';
import {lexicon} from '../words/catalogue/lexicon.ts';
import {textsOf} from './beat-texts.ts';
import {
  declared,
  found,
  lies,
  numberSaid,
  patternOf,
  proseOf,
  type Written,
  writtenIn,
} from './check-wording.ts';
import type {Beat} from './lesson.ts';
import {type Problem, problemWith} from './problem.ts';

type Word = keyof typeof lexicon;

const packetsOf = ({packetCount}: Trace): readonly number[] =>
  Array.from({length: packetCount}, (_, index) => index + 1);

const flagged =
  (flag: TcpFlagName) =>
  (trace: Trace): number =>
    packetsOf(trace).filter((id) => {
      const segment = segmentOf(packetOf(trace, id));
      return segment !== undefined && hasFlag(segment, flag);
    }).length;

const probing: readonly TimerName[] = ['persist', 'keep-alive', 'TLP'];

/** Counts for nouns of the lexicon, such as probes, how many of them a run has. */
const counted: readonly (readonly [Word, (trace: Trace) => number])[] = [
  [
    'probes',
    (trace) =>
      [...entriesOf(trace, 'timer')].filter(({op, name}) => op === 'fire' && probing.includes(name)).length,
  ],
  ['retransmissions', (trace) => packetsOf(trace).filter((id) => packetOf(trace, id).retransmission).length],
  ['SYNs', flagged('SYN')],
  ['FINs', flagged('FIN')],
  ['RSTs', flagged('RST')],
  ['packets', ({packetCount}) => packetCount],
];

const timers: readonly (readonly [Word, TimerName])[] = [
  ['timerRTO', 'RTO'],
  ['timerPersist', 'persist'],
  ['timerKeepAlive', 'keep-alive'],
  ['timerDelayedAck', 'delayed-ACK'],
  ['timerTimeWait', '2MSL'],
];

const states =
  /\b(?:SYN-SENT|SYN-RECEIVED|ESTABLISHED|FIN-WAIT-1|FIN-WAIT-2|CLOSE-WAIT|CLOSING|LAST-ACK|TIME-WAIT)\b/g;

type Claimed = {
  readonly trace: Trace;
  readonly event: number;
  readonly constants: readonly string[];
};

/** Finds counts that are larger than what the whole run has: “17 probes” where one is sent. */
const tooMany = (prose: string, language: Written, {trace, constants}: Claimed): readonly Problem[] => {
  const known = [...found(patternOf('named', language), prose), ...declared(constants, prose)];
  return counted.flatMap(([noun, count]) => {
    const between = lexicon.between[language];
    const pattern = new RegExp(
      `(${lexicon.numerals[language]})${between}(?:${lexicon[noun][language]})`,
      'giu',
    );
    return [...prose.matchAll(pattern)].flatMap(({0: said, 1: number = '', index}) => {
      const value = numberSaid(number, language);
      const span = {from: index, to: index + number.length, said: number};
      if (!(value > count(trace)) || lies(span, known)) return [];
      return [problemWith(claimSentences.tooMany, {said, has: count(trace)})];
    });
  });
};

/** Returns all TCP states that connections of a run are in at any time. */
export const enteredIn = (trace: Trace): readonly string[] =>
  [...entriesOf(trace, 'state')].flatMap(({from = 'CLOSED', to}) => [from, to]);

/** Returns a problem for each TCP state that a narration names and that no connection enters in any run of the lesson. */
export const statesNot = (
  beat: Beat,
  entered: ReadonlySet<string>,
  constants: readonly string[],
): readonly Problem[] => {
  if (beat.kind !== 'narration') return [];
  const named = textsOf(beat).flatMap((text) =>
    writtenIn(text).flatMap((language) => {
      const prose = proseOf(text, language);
      const known = declared(constants, prose);
      return found(states, prose).flatMap((span) => (lies(span, known) ? [] : [span.said]));
    }),
  );
  return [...new Set(named)]
    .filter((state) => !entered.has(state))
    .map((state) => problemWith(claimSentences.noState, {state}));
};

/** Returns a problem for a text about the firing of a timer that names another timer but not this one. */
const otherTimer = (prose: string, language: Written, {trace, event}: Claimed): readonly Problem[] => {
  const entry = event > 0 ? entryAt(trace, event) : undefined;
  if (entry?.kind !== 'timer' || entry.op !== 'fire') return [];
  const named = timers.filter(([word]) => patternOf(word, language).test(prose)).map(([, name]) => name);
  const [other] = named;
  return other === undefined || named.includes(entry.name)
    ? []
    : [problemWith(claimSentences.otherTimer, {timer: entry.name, other})];
};

const notReset = (prose: string, language: Written, {trace}: Claimed): readonly Problem[] => {
  const [span] = found(patternOf('reset', language), prose);
  return span === undefined || flagged('RST')(trace) > 0
    ? []
    : [problemWith(claimSentences.notReset, {said: span.said})];
};

/** Returns the claims in a narration's texts that its own run refutes, where it is told at this event. */
export const refuted = (beat: Beat, claimed: Claimed): readonly Problem[] => {
  if (beat.kind !== 'narration') return [];
  const problems = textsOf(beat).flatMap((text) =>
    writtenIn(text).flatMap((language) => {
      const prose = proseOf(text, language);
      return [
        ...tooMany(prose, language, claimed),
        ...otherTimer(prose, language, claimed),
        ...notReset(prose, language, claimed),
      ];
    }),
  );
  const seen = new Map(problems.map((problem) => [problem.message.en, problem]));
  return [...seen.values()];
};
