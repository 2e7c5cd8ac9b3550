// Answers *Why?* for a header field: what it means, from where its sender has the value, and why the packet was sent.
import {entryAt} from '../../account/entries.ts';
import {packetOf, segmentOf} from '../../account/packet.ts';
import {who} from '../../lesson/host-names.ts';
import {unknownEnd} from '../../observe/frame-ends.ts';
import {flagNames, hasFlag} from '../../wire/tcp.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {whyField} from '../../words/catalogue/why.ts';
import {computedText, helpOf, unreadText} from '../bytes/field-help.ts';
import {allRows, type InspectorRow, pathTo, rowTree} from '../bytes/inspector-rows.ts';
import {rowName, rowParts} from '../bytes/inspector-value.ts';
import {shownPacket} from '../bytes/shown.ts';
import {variablesAt} from '../endpoints/end-variables.ts';
import type {Asked, Source, Wording} from '../fields/entry.ts';
import {tunnel} from '../fields/internet.ts';
import {carried} from '../fields/ports.ts';
import {entryOf} from '../fields/registry.ts';
import {announcedText} from '../fields/window.ts';
import {unicodeGlyphs} from '../glyphs.ts';
import type {Subject} from '../subject.ts';
import {answersTo} from '../time/waypoints.ts';
import type {View} from '../view.ts';
import {fieldArithmetic} from './arithmetic.ts';
import {quotedIn} from './captured-reason.ts';
import {type FormulaScope, inColumns, tokensOf} from './formula.ts';
import {causeOfSending, nothingToTell, scopeOf, type Why, whyOf} from './scene-why.ts';

/**
 * Returns the TCP variables of the sender's end before and after it sent a packet, for the formulas of a header field; in a capture, as far
 * as earlier packets show them.
 */
const senderScope = (view: View, id: number): FormulaScope => {
  const {trace, playback} = view.input;
  const packet = packetOf(trace, id);
  const {sendEvent, from} = packet;
  const relative = playback.relative;
  if (!trace.connectionPackets)
    return {...scopeOf(view, entryAt(trace, sendEvent)), segment: segmentOf(packet), relative};
  const selection = {...playback.selection, packet: id};
  const variables = variablesAt({...view, input: {...view.input, playback: {...playback, selection}}});
  return {
    before: variables(sendEvent - 1, from),
    after: variables(sendEvent, from),
    segment: segmentOf(packet),
    hidden: answersTo(view.hidden),
    relative,
  };
};

const rowNamed = (rows: readonly InspectorRow[], name: string): InspectorRow | undefined =>
  allRows(rows).find(({field}) => field?.name === name);

/**
 * The number of octets that a length formula subtracts for the fixed part of a header: 20 if the rest is options (TCP, IP), 8 if it is data
 * (UDP).
 */
const rests: {readonly [token: string]: number} = {options: 20, data: 8};

/**
 * Returns two lines, names above numbers, of the sum that gives a length field its value; empty if there is none (as in fragments and inner
 * headers), or if a question asks for a number in it.
 */
const sumOf = ({view, packet, row, field}: Asked): readonly string[] => {
  const {sums = []} = entryOf(field.name);
  const rows = rowTree(packet);
  if (sums.length === 0 || rowNamed(rows, field.name) !== row) return [];
  const asked = answersTo(view.hidden);
  const numberOf = (name: string): string => rowNamed(rows, name)?.field?.value ?? name;
  for (const sum of sums) {
    const tokens = tokensOf(sum);
    const values = tokens.map((token) => {
      const fixed = rests[token];
      return fixed === undefined ? numberOf(token) : String(Number(numberOf(tokens[0] ?? '')) - fixed);
    });
    const [whole = Number.NaN, first = 0, ...others] = values.filter((_, at) => at % 2 === 0).map(Number);
    const sign = tokens.includes('−') ? -1 : 1;
    if (whole !== others.reduce((all, part) => all + sign * part, first)) continue;
    const isHidden = tokens.some((token) => packet.hidden.has(token));
    return isHidden || values.some((value) => asked.includes(value)) ? [] : inColumns(tokens, values, '  ');
  }
  return [];
};

/** The parts that every answer to *Why?* for a header field has. */
type Answer = Pick<Why, 'heading'> & {
  readonly name: string;
  readonly meaning: string;
  readonly clause: string;
};

const meant = ({language}: Asked, {name, meaning}: Answer): readonly string[] =>
  meaning === '' ? [] : [`${name}${punctuation.colon[language]}${meaning}`];

const toldBy = (from: Source | undefined, asked: Asked): readonly string[] => [from?.(asked) ?? []].flat();

/** Returns the answer to *Why?* for a header field without the rule that sent the packet, because that rule did not decide the field. */
const undecided = (asked: Asked, answer: Answer, own: readonly string[]): Why => ({
  ...nothingToTell(asked.view),
  heading: answer.heading,
  event: asked.record.sendEvent,
  paragraphs: [...meant(asked, answer), ...own],
  rule: answer.clause === '' ? undefined : answer.clause,
  previous: causeOfSending(asked.view, asked.record.sendEvent),
});

/** Explains a header field only by who fills it in, because nothing else is known about its value. */
const made: Source = ({language, record, row, layer, first}) => {
  if (row.end === row.start) return computedText(layer, language);
  return record.from === unknownEnd ? whyField.unread[language] : whyField.made[language]({host: first});
};

/**
 * Returns the answer to *Why?* for a header field that no rule decides when the packet is sent: where the value comes from, or who fills it
 * in.
 */
const madeAnswer = (asked: Asked, answer: Answer, own: readonly string[]): Why => {
  const unread = unreadText(asked.row, asked.language, true);
  const lines = sumOf(asked);
  const sources = [tunnel, () => own, carried, ...(unread === undefined ? [made] : [])];
  const told = sources.map((source) => toldBy(source, asked)).find((paragraphs) => paragraphs.length > 0);
  return {
    ...undecided(asked, answer, [...(unread === undefined ? [] : [unread]), ...(told ?? [])]),
    formulas: lines.length === 0 ? [] : [lines],
  };
};

/** Matches the names of DNS flags fields with more than one bit. */
const isNumber = /^dns\.flags\.(opcode|rcode)$/;

const bitsSet = ({children}: InspectorRow): readonly InspectorRow[] =>
  children.filter(({field}) => field?.value === '1' && !isNumber.test(field.name));

/**
 * Returns the clauses that define a flags field (of TCP or DNS) and those of its bits that are 1, because later bits have RFCs of their
 * own.
 */
const flagClauses = ({row, packet}: Asked, clause: string, wording: Wording): string => {
  const clauses = bitsSet(row).map((each) => helpOf(each, packet, wording).clause);
  return [...new Set([clause, ...clauses])].join(punctuation.semicolon[wording.language]);
};

/** Returns sentences on the meaning of each bit of a flags field that is 1, and on what else there is to say about the field. */
const besideTexts = (asked: Asked, wording: Wording): readonly string[] => {
  const {row, packet, field} = asked;
  const {language, relative} = wording;
  const set = (field.name === 'tcp.flags' || field.name === 'dns.flags' ? bitsSet(row) : []).map((each) => {
    const {meaning} = helpOf(each, packet, wording);
    const bit = rowName(each, packet, relative);
    return field.name === 'tcp.flags' ? meaning : `${bit}${punctuation.colon[language]}${meaning}`;
  });
  return [...set, ...toldBy(entryOf(field.name).beside, asked)];
};

/**
 * Matches the names of TCP fields that the formulas of the rule of sending do not explain, because the symbols there mean fields of the
 * received segment.
 */
const isOwnNumber = /^tcp\.(seq|ack|len|window)/;

/**
 * Returns the answer to *Why?* for a header field that the rule of sending, or the sender's TCP variables, decided. It has no effect (`>`),
 * because a field causes nothing, whatever its packet does.
 */
const decidedAnswer = (asked: Asked, answer: Answer, wording: Wording): Why => {
  const {view, record, row, field, language, host} = asked;
  const {laws = [], lawsOfSyn = laws, told} = entryOf(field.name);
  const scope = senderScope(view, record.id);
  const sum = sumOf(asked);
  const beside = besideTexts(asked, wording);
  const isOfSyn = scope.segment !== undefined && hasFlag(scope.segment, 'SYN');
  const numbers = beside.length === 0 ? fieldArithmetic(isOfSyn ? lawsOfSyn : laws, scope) : [];
  const lines = sum.length > 0 ? sum : numbers;
  const own = told?.(view, record.id, scope);
  // The rule by which a captured segment was sent does not explain the window field in it.
  const announced = own && announcedText(view, record.id, scope);
  const of = whyOf(view, record.sendEvent, {carried: !field.name.startsWith('tcp.'), times: false});
  const why =
    announced === undefined ? of : {...nothingToTell(view), event: of.event, paragraphs: [announced]};
  const variable =
    tokensOf(lines[0] ?? '')
      .at(-1)
      ?.toUpperCase() ?? '';
  const computed = sum.length === 0 ? [] : [computedText(row.layer, language)];
  const held = numbers.length === 0 ? computed : [whyField.own[language]({variable, host})];
  const source = own ? [own.held ?? []].flat() : held;
  const ruled = isOwnNumber.test(field.name) ? [] : why.formulas;
  const meaning = meant(asked, {...answer, meaning: own?.meaning ?? answer.meaning});
  const clauses = [...new Set([answer.clause, own?.clause ?? '', why.rule ?? ''])].filter(
    (each) => each !== '',
  );
  return {
    ...why,
    heading: answer.heading,
    // A paragraph is left out if it repeats an earlier one, as with timestamps in a capture.
    paragraphs: [...new Set([...meaning, ...source, ...beside, ...why.paragraphs])],
    formulas: lines.length === 0 ? ruled : [lines],
    rule: clauses.length === 0 ? undefined : clauses.join(punctuation.semicolon[language]),
    next: undefined,
  };
};

/**
 * Returns the parts of a field's value that the heading of *Why?* shows. For the name of a DNS query it is the name alone, because the row
 * shows the whole question.
 */
const shownParts = ({field, record, row, packet}: Asked, wording: Wording): readonly string[] => {
  if (field.name === 'dns.qry.name') return [field.value];
  const parts = rowParts(row, packet, wording);
  // The verdict on a checksum, such as correct, is not part of its value.
  if (field.name.endsWith('.checksum')) return parts.slice(0, 1);
  const segment = field.name === 'tcp.flags' ? segmentOf(record) : undefined;
  return segment && parts.length > 1 ? [...parts.slice(0, 1), flagNames(segment).join(',')] : parts;
};

const headingOf = (asked: Asked, name: string, wording: Wording): string => {
  const {language, record} = asked;
  const [value = '', note] = shownParts(asked, wording);
  const {open, close} = punctuation;
  const behind = note ? `${open[language]}${note}${close[language]}` : '';
  return whyField.heading[language]({field: name, packet: record.id, value: `${value}${behind}`});
};

const answerOf = (asked: Asked, wording: Wording): Why => {
  const {view, packet, row, field, layer, language, record, trace} = asked;
  const name = rowName(row, packet, wording.relative);
  const heading = headingOf(asked, name, wording);
  if (packet.hidden.has(field.name))
    return {...nothingToTell(view), heading, paragraphs: [whyField.asked[language]]};
  const {meaning, clause} = helpOf(row, packet, wording);
  const {from, decided, alone} = entryOf(field.name);
  const answer: Answer = {heading, name, meaning, clause};
  // The packet that an ICMP error quotes is a copy, so that nothing that caused the error has filled its fields (RFC 792, RFC 4443 §2.4
  // (c)).
  if (layer.quoted)
    return undecided(asked, answer, [whyField.quoted[language]({packet: quotedIn(trace, record.id)})]);
  const source = toldBy(from, asked);
  if (source.length === 0 && alone?.(asked))
    return undecided(
      asked,
      {...answer, clause: flagClauses(asked, clause, wording)},
      besideTexts(asked, wording),
    );
  return source.length === 0 && decided?.(asked) && unreadText(row, language) === undefined
    ? decidedAnswer(asked, answer, wording)
    : madeAnswer(asked, answer, source);
};

export const fieldAnswer = (
  view: View,
  {packet: id, field: name, row: key}: Extract<Subject, {readonly kind: 'field'}>,
): Why => {
  const {language, input} = view;
  const {trace, playback} = input;
  const packet = shownPacket(view, id);
  const rows = rowTree(packet);
  const row = key === undefined ? rowNamed(rows, name) : pathTo(rows, key).at(-1);
  const record = packetOf(trace, id);
  const {field, layer} = row ?? {};
  if (!row || !field || !layer)
    return whyOf(view, record.sendEvent, {carried: !name.startsWith('tcp.'), times: false});
  const sender = who(trace, record.from);
  const asked: Asked = {view, trace, language, packet, record, row, field, layer, ...sender};
  return answerOf(asked, {language, glyphs: unicodeGlyphs, relative: playback.relative});
};
