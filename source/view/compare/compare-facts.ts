// Writes the table that compares two runs: when each host entered which state, and what each run cost and achieved. It also exports the
// wording that other files of the comparison use.

import {entriesOf} from '../../account/entries.ts';
import {partsText} from '../../account/notation.ts';
import {isDnsAlone} from '../../account/packet.ts';
import {sentParts} from '../../account/packet-parts.ts';
import {hostName} from '../../lesson/host-names.ts';
import type {Language, Text} from '../../lesson/text.ts';
import type {Comparison} from '../../sim/compare.ts';
import type {StateRow} from '../../sim/compare-hosts.ts';
import {relativeNumbers} from '../../sim/relative.ts';
import type {EventOf, Trace} from '../../sim/trace.ts';
import {seqAdd, seqDiff} from '../../wire/seq.ts';
import type {TcpOption} from '../../wire/tcp-options.ts';
import {
  compareRemarks,
  compareTexts,
  compareWords,
  outcomeTexts,
  packetName,
} from '../../words/catalogue/compare.ts';
import {type CompareFact, factOf} from '../../words/compare.ts';
import {formatTime} from '../../words/format.ts';
import {eyeHands} from '../../words/hands.ts';
import {httpFacts} from './compare-http.ts';

/**
 * The texts of a comparison of two runs. The screen shows them; a caller that knows more about the runs, such as a replay, passes its own.
 */
export type CompareTold = {
  /**
   * Returns sentences on how the runs differ in a row of packets; `row` is undefined if they do not differ. `relative`: sequence numbers
   * are relative, as in the ladders.
   */
  readonly say: (row: number | undefined, relative?: boolean) => Text;
  readonly note: Text;
  /** Returns the first rows of the table that compares the results of both runs, at most `most`. */
  readonly facts: (language: Language, most: number) => readonly CompareFact[];
};

/** The language of texts; with `relative`, they write TCP's sequence numbers relative to the connection's initial ones. */
export type Wording = {readonly language: Language; readonly relative: boolean};

const fromIsn = (option: TcpOption, by: number): TcpOption =>
  option.kind === 'sack'
    ? {
        ...option,
        blocks: option.blocks.map(({left, right}) => ({left: seqAdd(left, by), right: seqAdd(right, by)})),
      }
    : option;

/**
 * Returns the event of a sent segment with sequence numbers relative to the connection's initial ones. If `relative` is false or the
 * initial ones are unknown, returns the event unchanged.
 */
export const numbered = (
  trace: Trace,
  event: EventOf<'send'>,
  {relative}: Pick<Wording, 'relative'>,
): EventOf<'send'> => {
  const {frame, packet} = event;
  const numbers = relative ? relativeNumbers(trace, packet) : undefined;
  const ip = frame?.payload.kind === 'ip' ? frame.payload.packet : undefined;
  if (!frame || !numbers || ip?.transport?.kind !== 'tcp') return event;
  const {segment} = ip.transport;
  const acked = seqDiff(numbers.ack, segment.ack);
  const options = segment.options.map((option) => fromIsn(option, acked));
  const transport = {...ip.transport, segment: {...segment, ...numbers, options}};
  return {...event, frame: {...frame, payload: {kind: 'ip', packet: {...ip, transport}}}};
};

export const summaryWords = (trace: Trace, event: EventOf<'send'>, language: Language): string =>
  partsText(sentParts(trace, event), eyeHands[language]);

export const packetWords = (trace: Trace, event: EventOf<'send'>, wording: Wording): string => {
  const {language} = wording;
  const name = packetName[language]({id: event.packet});
  const summary = summaryWords(trace, numbered(trace, event, wording), language);
  return summary === '' ? name : compareWords.packet[language]({name, summary});
};

export const lateness = (
  {leftUs = 0, rightUs = 0}: Pick<StateRow, 'leftUs' | 'rightUs'>,
  language: Language,
): string => {
  const byUs = rightUs - leftUs;
  if (byUs === 0) return '';
  const remark = compareRemarks[byUs > 0 ? 'later' : 'earlier'];
  return remark[language]({time: formatTime(Math.abs(byUs))});
};

/** Returns the result and the time of the last name lookup that a program made in a run; undefined if there was none. */
const lastResult = (trace: Trace): {readonly result: string; readonly atUs: number} | undefined => {
  let last: {result: string; atUs: number} | undefined;
  for (const {action, answer, atUs} of entriesOf(trace, 'answer'))
    if (action.call === 'resolve') last = {result: answer.result, atUs};
  return last;
};

/** Returns the table row that compares the results of two runs' last name lookups; undefined unless both runs have nothing but DNS. */
const resultFact = ({left, right}: Comparison, language: Language): CompareFact | undefined => {
  const [a, b] = [lastResult(left), lastResult(right)];
  if (!a || !b || !isDnsAlone(left) || !isDnsAlone(right)) return undefined;
  const text = ({result, atUs}: typeof a): string =>
    result === 'ok' ? formatTime(atUs) : compareWords.result[language]({result, time: formatTime(atUs)});
  const same = a.atUs === b.atUs && a.result === b.result;
  const remark = lateness({leftUs: a.atUs, rightUs: b.atUs}, language);
  return factOf(compareTexts.result[language], [text(a), text(b)], same, remark);
};

const stateFact = (trace: Trace, row: StateRow, language: Language): CompareFact => {
  const time = (us: number | undefined): string => (us === undefined ? '—' : formatTime(us));
  const remarks: {readonly [relation in StateRow['relation']]: string} = {
    '=': '',
    '≠': lateness(row, language),
    '+': compareTexts.onlyB[language],
    '−': compareTexts.onlyA[language],
  };
  const {relation} = row;
  return {
    name: `${hostName(trace, row.host)[language]} ${row.state}`,
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
  return factOf(name, [String(a), String(b)], a === b, countRemark(counts, language));
};

const sum = (counts: {readonly [host: string]: number}): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

/**
 * Returns the changes of TCP state that the comparison's table shows: each host's change to ESTABLISHED, and the last state of each
 * connection.
 */
const milestones = ({states}: Comparison): readonly StateRow[] => {
  const last = new Map(states.map((row) => [`${row.host} ${row.connection}`, row]));
  const ends = new Set(last.values());
  return states.filter((row) => row.state === 'ESTABLISHED' || (ends.has(row) && row.state !== 'LISTEN'));
};

/**
 * Returns at most `most` rows of the table that compares two runs: first the rows on states (differing ones before equal ones), then what
 * both runs cost and achieved.
 */
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
    resultFact(comparison, language) ??
      factOf(
        compareTexts.connection[language],
        [outcomeTexts[a.outcome][language], outcomeTexts[b.outcome][language]],
        a.outcome === b.outcome,
      ),
  ].slice(0, Math.max(0, most));
  const room = most - totals.length;
  const rows = milestones(comparison);
  const wanted = new Set(
    [...rows]
      .sort((x, y) => Number(x.relation === '=') - Number(y.relation === '='))
      .slice(0, Math.max(0, room)),
  );
  return [
    ...rows.filter((row) => wanted.has(row)).map((row) => stateFact(comparison.left, row, language)),
    ...totals,
  ];
};
