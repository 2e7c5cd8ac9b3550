// Compares two runs in sentences: in what the packets differ, why a packet is in only one run, and what follows from the difference.

import {entriesOf, entryAt} from '../../account/entries.ts';
import {fateOf} from '../../account/fates.ts';
import {packetOf} from '../../account/packet.ts';
import {theHost} from '../../lesson/host-names.ts';
import {type Language, spaced} from '../../lesson/text.ts';
import {type Comparison, differingRows} from '../../sim/compare.ts';
import type {PacketRow} from '../../sim/compare-packets.ts';
import {type Difference, eventDifferences} from '../../sim/event-difference.ts';
import {parseFault} from '../../sim/fault-text.ts';
import type {EventOf, Trace} from '../../sim/trace.ts';
import {
  compareFates,
  compareFirst,
  compareTexts,
  compareWords,
  packetName,
} from '../../words/catalogue/compare.ts';
import {inEvery} from '../../words/catalogue/language.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {formatTime} from '../../words/format.ts';
import {sentence} from '../../words/spoken-text.ts';
import {terminal} from '../../words/written.ts';
import type {SceneInput} from '../scene-input.ts';
import {reasonsAbove} from '../why/carried-reasons.ts';
import {
  type CompareTold,
  compareFacts,
  lateness,
  numbered,
  packetWords,
  summaryWords,
  type Wording,
} from './compare-facts.ts';
import {followsFrom, stateText} from './compare-follows.ts';
import {differingOptions} from './compare-options.ts';

type Send = EventOf<'send'>;

/** Options for the wording of sentences; `rule` looks up the rule by which a host decided something. */
export type Saying = Wording & {readonly rule: SceneInput['rule']};

export const sendOf = (trace: Trace, id: number): Send | undefined => {
  const event = entryAt(trace, packetOf(trace, id).sendEvent);
  return event.kind === 'send' ? event : undefined;
};

/** Returns a phrase on what happens to a packet, such as “is lost” or “arrives at 150 ms”. */
const fatePhrase = (trace: Trace, {faults, packet}: Send, language: Language): string => {
  const fate = fateOf(trace, packetOf(trace, packet));
  const [fault] = faults
    .map((text) => parseFault(text))
    .flatMap((parsed) => (parsed.ok ? [parsed.value] : []));
  if (!fate) return compareFates.underway[language];
  if (fate.what === 'lost' && fault?.kind !== 'corrupt') return compareFates.lost[language];
  if (fault?.kind === 'edit') return compareFates.edit[language](fault);
  if (fault && fault.kind !== 'delay' && fault.kind !== 'drop') return compareFates[fault.kind][language];
  // True if a packet has arrived but its receiver discards it.
  const isDiscarded = [...entriesOf(trace, 'drop')].some(
    (drop) => drop.packet === packet && drop.reason === 'discarded',
  );
  return compareFates[isDiscarded ? 'discarded' : 'arrives'][language]({time: formatTime(fate.atUs)});
};

/**
 * Returns the field that best explains how two packets differ; undefined if no field differs. Lengths, octets of fields that have parts,
 * and lower layers come last, because they follow from other fields.
 */
const tellingField = (a: Send, b: Send): Difference | undefined => {
  const fields = eventDifferences(a, b).filter(({field}) => field.includes('.'));
  const hasParts = (whole: string): boolean => fields.some(({field}) => field.startsWith(`${whole}.`));
  // A number of up to ten digits, such as a window size, is a count and not octets in hex: no number in a header has more than 32 bits.
  const isCount = (value: string): boolean => /^(?:0|[1-9]\d{0,9})$/.test(value);
  const isOctets = (value: string): boolean => /^(?:[0-9a-f]{2})+$/.test(value);
  const follows = ({field, left, right}: Difference): boolean => {
    if (/^(?:frame|eth|ip|ipv6)\.|len(?:gth)?$|\.(?:nop|eol)$/.test(field)) return true;
    const values = [left ?? [], right ?? []].flat();
    const isLong = values.join('').length >= 10 && !values.every(isCount);
    return isOctets(values.join('')) && (isLong || hasParts(field));
  };
  return fields.find((each) => !follows(each)) ?? fields[0];
};

/**
 * Returns a sentence if only one of two corresponding packets has a right checksum, because that difference matters most; otherwise
 * undefined.
 */
const checksumWords = (
  packet: string,
  [a, b]: readonly [Send, Send],
  language: Language,
): string | undefined => {
  const status = eventDifferences(a, b).find(({field}) => field.endsWith('.checksum.status'));
  const pair = `${status?.left} ${status?.right}`;
  if (pair !== '1 0' && pair !== '0 1') return undefined;
  return compareFirst.checksum[language]({packet, right: pair === '1 0' ? 'A' : 'B'});
};

/** Returns a sentence on how two packets differ that correspond to each other in two runs. */
const inBoth = ({left, right}: Comparison, [a, b]: readonly [Send, Send], wording: Wording): string => {
  const {language} = wording;
  const packet = packetWords(left, a, wording);
  if (summaryWords(left, a, language) !== summaryWords(right, b, language)) {
    const [host, other] = [theHost(left, a.host)[language], packetWords(right, b, wording)];
    return compareFirst.instead[language]({
      host,
      packet,
      other,
      a: formatTime(a.atUs),
      b: formatTime(b.atUs),
    });
  }
  if (a.atUs !== b.atUs) {
    const when = lateness({leftUs: a.atUs, rightUs: b.atUs}, language);
    return compareFirst.leaves[language]({packet, a: formatTime(a.atUs), b: formatTime(b.atUs), when});
  }
  const options = differingOptions([numbered(left, a, wording), numbered(right, b, wording)], language);
  if (options) return compareFirst.options[language]({packet, ...options});
  const field = tellingField(a, b);
  const checksum = field?.field.includes('.checksum') ? checksumWords(packet, [a, b], language) : undefined;
  if (checksum !== undefined) return checksum;
  const said = field && [field.left, field.right].map((value) => terminal.text(value ?? '—'));
  if (field && said)
    return compareFirst.field[language]({packet, field: field.field, a: said[0] ?? '', b: said[1] ?? ''});
  const fates = {a: fatePhrase(left, a, language), b: fatePhrase(right, b, language)};
  return fates.a === fates.b
    ? compareFirst.way[language]({packet, fate: fates.a})
    : compareFirst.fate[language]({packet, ...fates});
};

const reasonOf = (trace: Trace, send: Send, {language, rule}: Saying): string | undefined => {
  const tls = reasonsAbove(trace, send).find(({by, goesOn}) => by === 'TLS' && !goesOn);
  const id = tls?.rule ?? send.because;
  const step = id === undefined ? undefined : rule(id)?.step[language];
  return step === undefined ? undefined : compareFirst.why[language]({step});
};

type Side = {readonly trace: Trace; readonly run: 'A' | 'B'};

/** Returns sentences on a packet that only one of two runs sends, or that the other run sends in another place (`elsewhere`). */
const inOne = (
  {trace, run}: Side,
  send: Send,
  {elsewhere, saying}: {elsewhere: readonly [Side, number] | undefined; saying: Saying},
): readonly string[] => {
  const {language} = saying;
  const host = theHost(trace, send.host)[language];
  const told = {run, host, time: formatTime(send.atUs), packet: packetWords(trace, send, saying)};
  const other = elsewhere && sendOf(elsewhere[0].trace, elsewhere[1]);
  if (elsewhere && other) {
    const {packet: id, atUs} = other;
    const there = {other: elsewhere[0].run, name: packetName[language]({id}), otherTime: formatTime(atUs)};
    return [compareFirst.order[language]({...told, ...there})];
  }
  const only = compareFirst.alone[language]({...told, again: send.retransmission});
  return [only, ...[reasonOf(trace, send, saying) ?? []].flat()];
};

const differenceWords = (comparison: Comparison, row: PacketRow, saying: Saying): readonly string[] => {
  const sides: readonly [Side, Side] = [
    {trace: comparison.left, run: 'A'},
    {trace: comparison.right, run: 'B'},
  ];
  const [a, b] = [row.left, row.right].map((id, side) =>
    id === undefined ? undefined : sendOf(side === 0 ? comparison.left : comparison.right, id),
  );
  if (a && b) return [inBoth(comparison, [a, b], saying)];
  const [here, there] = a ? sides : [sides[1], sides[0]];
  const send = a ?? b;
  const elsewhere = row.elsewhere === undefined ? undefined : ([there, row.elsewhere] as const);
  return send ? inOne(here, send, {elsewhere, saying}) : [];
};

/** Returns sentences for two runs with equal packets; if their TCP states differ, they tell how. */
const withoutDifference = ({left, states, first}: Comparison, language: Language): readonly string[] => {
  if (!first) return [compareTexts.same[language]];
  const row = states.find(({relation, state}) => relation !== '=' && state !== 'LISTEN');
  return [
    compareTexts.samePackets[language],
    row ? stateText(left, row, language) : compareTexts.sameStates[language],
  ];
};

/**
 * Returns sentences on the difference between two runs in row `index`: what it is, why, and what follows; with `undefined`, sentences for
 * runs with equal packets.
 */
const explanation = (comparison: Comparison, index: number | undefined, saying: Saying): string => {
  const {language} = saying;
  const row = index === undefined ? undefined : comparison.rows[index];
  const sentences = row
    ? [...differenceWords(comparison, row, saying), ...[followsFrom(comparison, row, saying) ?? []].flat()]
    : withoutDifference(comparison, language);
  return spaced(sentences.map((each) => sentence(each, language)).join(punctuation.space[language]));
};

/** Returns a text on how far both runs are equal, such as `equal up to packet 2 · first difference: packet 3, at 100 ms`. */
export const equalUpTo = (comparison: Comparison, language: Language): string => {
  const {rows, left, right} = comparison;
  const [at] = differingRows(comparison);
  const row = at === undefined ? undefined : rows[at];
  if (!row || at === undefined) return compareTexts.allEqual[language];
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

/** Returns the texts of a comparison for callers that know nothing about the two runs beyond their traces. */
export const comparisonTold = (comparison: Comparison, rule: SceneInput['rule']): CompareTold => ({
  say: (row, relative = false) =>
    inEvery((language) => explanation(comparison, row, {language, relative, rule})),
  note: inEvery((language) => equalUpTo(comparison, language)),
  facts: (language, most) => compareFacts(comparison, language, most),
});
