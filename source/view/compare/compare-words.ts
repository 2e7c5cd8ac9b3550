// Two runs in sentences: how they first part, what comes of it, and the table of what each came to.

import {isDnsAlone, packetOf} from '../../account/packet.ts';
import {summaryOf} from '../../account/summary.ts';
import {type Language, spaced, type Text} from '../../lesson/text.ts';
import type {Comparison, FirstDifference} from '../../sim/compare.ts';
import type {StateRow} from '../../sim/compare-hosts.ts';
import {parseFault} from '../../sim/fault-text.ts';
import type {TraceEvent} from '../../sim/trace.ts';
import {oncePer} from '../../wire/once-per.ts';
import {appEventText} from '../../words/app-text.ts';
import {
  compareEvents,
  compareFates,
  compareFirst,
  compareRemarks,
  compareTexts,
  compareThen,
  compareWords,
  outcomeTexts,
  packetName,
} from '../../words/catalogue/compare.ts';
import {inEvery} from '../../words/catalogue/language.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import type {CompareFact} from '../../words/compare.ts';
import {formatTime} from '../../words/format.ts';
import {sentence} from '../../words/spoken-text.ts';
import {tlsStepText} from '../../words/tls-text.ts';
import {terminal} from '../../words/written.ts';
import {displayName} from '../ladder/scene-hosts.ts';
import {dnsExplanation} from './compare-dns.ts';
import {httpExplanation, httpFacts} from './compare-http.ts';

type SendEvent = Extract<TraceEvent, {kind: 'send'}>;

/** What the path does to a packet: “is lost”, “arrives at 150 ms”. */
const fatePhrase = ({lost, faults, dueUs}: SendEvent, language: Language): string => {
  if (lost) return compareFates.lost[language];
  const [fault] = faults
    .map((text) => parseFault(text))
    .flatMap((parsed) => (parsed.ok ? [parsed.value] : []));
  if (!fault || fault.kind === 'delay' || fault.kind === 'drop')
    return compareFates.arrives[language]({time: formatTime(dueUs)});
  return fault.kind === 'edit' ? compareFates.edit[language](fault) : compareFates[fault.kind][language];
};

const packetWords = (event: SendEvent, language: Language): string => {
  const name = event.packet > 0 ? packetName[language]({id: event.packet}) : 'ARP';
  if (!event.frame) return name;
  return compareWords.packet[language]({name, summary: terminal.text(summaryOf(event.frame))});
};

const eventWords = (event: TraceEvent | undefined, language: Language): string => {
  if (!event) return compareEvents.nothing[language];
  const host = displayName(event.host, language);
  const packet = 'packet' in event ? packetName[language]({id: event.packet}) : '';
  switch (event.kind) {
    case 'call':
      return compareEvents.call[language]({host, call: event.call});
    case 'signal':
      if (event.signal === 'eof') return compareEvents.eof[language]({host});
      return compareEvents.signal[language]({host, signal: event.signal});
    case 'send':
      return compareEvents.send[language]({host, packet: packetWords(event, language)});
    case 'arrive':
      return compareEvents.arrive[language]({host, packet});
    case 'drop':
      // It has arrived; whoever got it has no use for it.
      if (event.reason === 'discarded') return compareEvents.discarded[language]({host, packet});
      return compareEvents.lost[language]({packet});
    case 'state':
      return compareEvents.state[language]({host, state: event.to});
    case 'timer':
      return compareEvents.timer[event.op][language]({host, name: event.name});
    case 'tls':
      return compareEvents.tls[language]({host, what: tlsStepText(event.what, language)});
    case 'note':
    case 'answer':
    case 'app-timer':
      return compareEvents.told[language]({host, what: appEventText(event, language) ?? event.kind});
    case 'deliver':
      return compareEvents.deliver[language]({host, bytes: event.bytes});
  }
};

/** The same packet, sent in both runs. */
const sendWords = (
  [left, right]: readonly [SendEvent, SendEvent],
  {what}: FirstDifference,
  language: Language,
): string => {
  const packet = packetWords(left, language);
  const differing = what.find(({field}) => field.includes('.'));
  if (differing) {
    const [a, b] = [differing.left, differing.right].map((value) => terminal.text(value ?? '—'));
    return compareFirst.field[language]({packet, field: differing.field, a: a ?? '', b: b ?? ''});
  }
  if (left.atUs !== right.atUs)
    return compareFirst.leaves[language]({packet, a: formatTime(left.atUs), b: formatTime(right.atUs)});
  return compareFirst.fate[language]({packet, a: fatePhrase(left, language), b: fatePhrase(right, language)});
};

/** “Packet 3 (…) arrives at 150 ms in A; in B it is lost.” */
const firstSentence = ({first}: Comparison, language: Language): string => {
  if (!first) return compareTexts.same[language];
  const {left, right} = first;
  if (left?.kind === 'send' && right?.kind === 'send' && left.packet === right.packet)
    return sentence(sendWords([left, right], first, language), language);
  const [a, b] = [eventWords(left, language), eventWords(right, language)];
  if (left && right && left.atUs !== right.atUs)
    return compareFirst.apart[language]({a, b, aTime: formatTime(left.atUs), bTime: formatTime(right.atUs)});
  const time = formatTime(left?.atUs ?? right?.atUs ?? 0);
  return a === b
    ? compareFirst.content[language]({time, what: a})
    : compareFirst.other[language]({time, a, b});
};

const lateness = (
  {leftUs = 0, rightUs = 0}: Pick<StateRow, 'leftUs' | 'rightUs'>,
  language: Language,
): string => {
  const byUs = rightUs - leftUs;
  if (byUs === 0) return '';
  const remark = compareRemarks[byUs > 0 ? 'later' : 'earlier'];
  return remark[language]({time: formatTime(Math.abs(byUs))});
};

/** The first state of a host that is not the same in both runs. */
const consequence = ({states}: Comparison, language: Language): string => {
  const row = states.find(({relation, state}) => relation !== '=' && state !== 'LISTEN');
  if (!row) return compareTexts.sameStates[language];
  const {relation, state} = row;
  const host = displayName(row.host, language);
  const said =
    relation === '+'
      ? compareThen.onlyB[language]({host, state})
      : relation === '−'
        ? compareThen.never[language]({host, state})
        : compareThen.moved[language]({host, state, when: lateness(row, language)});
  return sentence(said, language);
};

/** Two sentences: what differs first, and what comes of it. */
export const explanation = (comparison: Comparison, language: Language): string => {
  const alone = isDnsAlone(comparison.left) && isDnsAlone(comparison.right);
  const told = alone ? dnsExplanation(comparison, language) : httpExplanation(comparison, language);
  const sentences = told ?? [
    firstSentence(comparison, language),
    ...(comparison.first ? [consequence(comparison, language)] : []),
  ];
  return spaced(sentences.join(punctuation.space[language]));
};

/** `equal up to packet 2 · first difference: packet 3, at 100 ms` */
export const equalUpTo = ({rows, left, right}: Comparison, language: Language): string => {
  const at = rows.findIndex(({relation}) => relation !== '=');
  const row = rows[at];
  if (!row) return compareTexts.allEqual[language];
  const [trace, id] = row.left === undefined ? [right, row.right ?? 1] : [left, row.left];
  const packet = packetName[language]({id});
  const rest = compareWords.firstDifference[language]({
    packet,
    time: formatTime(packetOf(trace, id).sentUs),
  });
  const equal = rows[at - 1]?.left;
  if (equal === undefined) return rest;
  return compareWords.equalUpTo[language]({packet: packetName[language]({id: equal}), rest});
};

const stateFact = (row: StateRow, language: Language): CompareFact => {
  const time = (us: number | undefined): string => (us === undefined ? '—' : formatTime(us));
  const remarks: {readonly [relation in StateRow['relation']]: string} = {
    '=': '',
    '≠': lateness(row, language),
    '+': compareTexts.onlyB[language],
    '−': compareTexts.onlyA[language],
  };
  const {relation} = row;
  return {
    name: `${displayName(row.host, language)} ${row.state}`,
    left: time(row.leftUs),
    right: time(row.rightUs),
    relation,
    remark: remarks[relation],
  };
};

const countRemark = ([a, b]: readonly [number, number], language: Language): string =>
  a === b ? '' : compareRemarks[b > a ? 'more' : 'fewer'][language]({count: Math.abs(b - a)});

const countFact = (name: string, counts: readonly [number, number], language: Language): CompareFact => {
  const [a, b] = counts;
  const remark = countRemark(counts, language);
  return {name, left: String(a), right: String(b), relation: a === b ? '=' : '≠', remark};
};

const sum = (counts: {readonly [host: string]: number}): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

/** A host's way in a table: when it was open, and where it ended in either run. */
const milestones = ({states}: Comparison): readonly StateRow[] => {
  const last = new Map(states.map((row) => [`${row.host} ${row.connection}`, row]));
  const ends = new Set(last.values());
  return states.filter((row) => row.state === 'ESTABLISHED' || (ends.has(row) && row.state !== 'LISTEN'));
};

/** At most `most` rows: states first, those that differ before those that don't; then what both runs come to. */
export const compareFacts = (
  comparison: Comparison,
  language: Language,
  most: number,
): readonly CompareFact[] => {
  const [a, b] = comparison.summary;
  const delivered: readonly [number, number] = [sum(a.deliveredBytes), sum(b.deliveredBytes)];
  const totals = [
    ...httpFacts(comparison, language, {
      count: (counts) => countRemark(counts, language),
      time: ([leftUs, rightUs]) => lateness({leftUs, rightUs}, language),
    }),
    countFact(compareTexts.packets[language], [a.packets, b.packets], language),
    ...(delivered[0] === delivered[1]
      ? []
      : [countFact(compareTexts.delivered[language], delivered, language)]),
    {
      name: compareTexts.connection[language],
      left: outcomeTexts[a.outcome][language],
      right: outcomeTexts[b.outcome][language],
      relation: a.outcome === b.outcome ? ('=' as const) : ('≠' as const),
      remark: '',
    },
  ].slice(0, Math.max(0, most));
  const room = most - totals.length;
  const rows = milestones(comparison);
  const wanted = new Set(
    [...rows]
      .sort((x, y) => Number(x.relation === '=') - Number(y.relation === '='))
      .slice(0, Math.max(0, room)),
  );
  return [...rows.filter((row) => wanted.has(row)).map((row) => stateFact(row, language)), ...totals];
};

/** What is said of two runs; somebody who knows more than their comparison shows has words of his own. */
export type CompareTold = {
  readonly say: Text;
  readonly note: Text;
  /** So many at most. */
  readonly facts: (language: Language, most: number) => readonly CompareFact[];
};

/** What follows from the comparison itself. */
export const comparisonTold = oncePer(
  (comparison: Comparison): CompareTold => ({
    say: inEvery((language) => explanation(comparison, language)),
    note: inEvery((language) => equalUpTo(comparison, language)),
    facts: (language, most) => compareFacts(comparison, language, most),
  }),
);
