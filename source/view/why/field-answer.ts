// *Why?* of a field: what it means, what its sender filled it from, and why the packet left.
import {entryAt} from '../../account/entries.ts';
import {packetOf, segmentOf} from '../../account/packet.ts';
import {theHost, theHostFirst} from '../../lesson/host-names.ts';
import {unknownEnd} from '../../observe/frame-ends.ts';
import type {Trace} from '../../sim/trace.ts';
import {flagNames} from '../../wire/tcp.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {whyField} from '../../words/catalogue/why.ts';
import {isOfPseudoRecord} from '../bytes/field-case.ts';
import {computedText, helpOf, unreadText} from '../bytes/field-help.ts';
import {type InspectorRow, pathTo, rowTree} from '../bytes/inspector-rows.ts';
import {rowName, rowValue, type Wording} from '../bytes/inspector-value.ts';
import type {PacketView} from '../bytes/inspector-view.ts';
import {shownPacket} from '../bytes/shown.ts';
import {variablesAt} from '../endpoints/end-variables.ts';
import {unicodeGlyphs} from '../glyphs.ts';
import type {Subject} from '../subject.ts';
import {answersTo} from '../time/waypoints.ts';
import type {View} from '../view.ts';
import {addressReason} from './address-reason.ts';
import {announcedText} from './announced.ts';
import {fieldArithmetic} from './arithmetic.ts';
import {bitReason, isUnsetFlag} from './bit-reason.ts';
import {quotedIn} from './captured-reason.ts';
import {checksumReason} from './checksum-reason.ts';
import {countedText} from './counted-records.ts';
import {dnsFlagTexts, isOfQuery} from './dns-flags.ts';
import {filledText, rowNamed, sumOf} from './filled.ts';
import {type FormulaScope, tokensOf} from './formula.ts';
import {optionReason} from './option-reason.ts';
import {passedOnReason} from './passed-on.ts';
import {nothingToTell, scopeOf, type Why, whyOf} from './scene-why.ts';
import {sizeReason} from './segment-size.ts';
import {seqReason} from './seq-reason.ts';
import {stationReason} from './station-reason.ts';
import {windowTold} from './window-field.ts';

/** The sender's end as the packet left it: of a capture, as far as what has passed tells it. */
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

/** What a rule of TCP decides when a segment leaves; of the rest of the header and of what the segment carries it knows nothing. */
const isOfTcp = /^tcp\.(flags|seq|ack|len|window)/;
const isOption = /^tcp\.option/;
const optionPart = /^tcp\.option_(kind|len)$/;
/** In a formula of the rule they would be those of the segment that came. */
const isOwnNumber = /^tcp\.(seq|ack|len|window)/;
/** Of more than one bit. */
const isNumber = /^dns\.flags\.(opcode|rcode)$/;
const isOfDatagram = /^(dns(?!\.count\.)|icmp(?!(v6)?\.checksum)|arp\.opcode)/;

type Asked = {
  readonly wording: Wording;
  readonly row: InspectorRow;
  readonly packet: PacketView;
  readonly heading: string;
  /** What the field means, after its name. */
  readonly told: (meaning: string) => readonly string[];
  readonly meaning: string;
  readonly clause: string;
};

/** Of what its sender puts in for a reason of the field's own. */
const ownReason = (view: View, packet: number, row: InspectorRow): string | undefined =>
  bitReason(view, packet, row) ??
  countedText(view, packet, row.field?.name ?? '') ??
  checksumReason(view, packet, row) ??
  addressReason(view, packet, row) ??
  stationReason(view, packet, row);

/** Of what its packet brought nothing about. */
const undecided = (
  view: View,
  {event, previous}: Why,
  {heading, told, meaning, clause}: Asked,
  own: readonly string[],
): Why => ({
  ...nothingToTell(view),
  heading,
  event,
  paragraphs: [...told(meaning), ...own],
  rule: clause === '' ? undefined : clause,
  previous,
});

/** There is no more to tell than that its maker fills it in. */
const plainText = ({language, input: {trace}}: View, id: number, row: InspectorRow): string => {
  const {from} = packetOf(trace, id);
  if (row.end === row.start) return computedText(row.layer, language);
  return from === unknownEnd
    ? whyField.unread[language]
    : whyField.made[language]({host: theHostFirst(trace, from)});
};

/** Of what no rule of a protocol decides when the packet leaves. */
const madeAnswer = (view: View, why: Why, asked: Asked): Why => {
  const {row, packet} = asked;
  const {language} = view;
  const unread = unreadText(row, language, true);
  const lines = sumOf(view, packet, row);
  const made =
    ownReason(view, packet.id, row) ??
    passedOnReason(view, packet, row) ??
    filledText(view, packet, row) ??
    (unread === undefined ? plainText(view, packet.id, row) : undefined);
  return {
    ...undecided(
      view,
      why,
      asked,
      [unread, made].filter((each) => each !== undefined),
    ),
    formulas: lines.length === 0 ? [] : [lines],
  };
};

const bitsSet = ({children}: InspectorRow): readonly InspectorRow[] =>
  children.filter(({field}) => field?.value === '1' && !isNumber.test(field.name));

/** Where the word is defined, and each of its bits that is 1: later ones have RFCs of their own. */
const flagClauses = ({row, packet, wording, clause}: Asked): string => {
  const clauses = bitsSet(row).map((each) => helpOf(each, packet, wording).clause);
  return [...new Set([clause, ...clauses])].join(punctuation.semicolon[wording.language]);
};

/** What each bit says that is 1; of DNS, then what those say that are 0. */
const flagTexts = ({row, packet, wording}: Asked): readonly string[] => {
  const name = row.field?.name;
  const {language, relative} = wording;
  const isAsked = [...packet.hidden].some((field) => field.startsWith('dns.flags'));
  const others = isAsked ? [] : dnsFlagTexts(row, language);
  if (name !== 'tcp.flags' && name !== 'dns.flags') return others;
  const set = bitsSet(row).map((each) => {
    const {meaning} = helpOf(each, packet, wording);
    const bit = rowName(each, packet, relative);
    return name === 'tcp.flags' ? meaning : `${bit}${punctuation.colon[language]}${meaning}`;
  });
  return [...set, ...others];
};

/** What makes a captured segment leave does not make its window what it is. */
const ofWindow = (view: View, why: Why, announced: string | undefined): Why =>
  announced === undefined ? why : {...nothingToTell(view), event: why.event, paragraphs: [announced]};

/** Of what TCP or the program fills in: a field brings nothing about, whatever its packet does. */
const decidedAnswer = (view: View, of: Why, asked: Asked): Why => {
  const {packet, row, heading, told, meaning, clause} = asked;
  const {language, input} = view;
  const field = row.field?.name ?? '';
  const scope = senderScope(view, packet.id);
  const sum = sumOf(view, packet, row);
  const answered = field === 'tcp.seq_raw' ? seqReason(view, packet.id) : undefined;
  const numbers = answered === undefined ? fieldArithmetic(field, scope) : [];
  const lines = sum.length > 0 ? sum : numbers;
  const window = field === 'tcp.window_size_value' ? windowTold(view, packet.id, scope) : undefined;
  const why = window ? ofWindow(view, of, announcedText(view, packet.id, scope)) : of;
  const host = theHost(input.trace, packetOf(input.trace, packet.id).from);
  const variable =
    tokensOf(lines[0] ?? '')
      .at(-1)
      ?.toUpperCase() ?? '';
  const own = lines.length === 0 ? answered : whyField.own[language]({variable, host});
  const computed = sum.length === 0 ? own : computedText(row.layer, language);
  const source = window ? window.held : computed;
  const size = field === 'tcp.len' ? sizeReason(view, packet.id) : undefined;
  const ruled = isOwnNumber.test(field) ? [] : why.formulas;
  const clauses = [...new Set([clause, window?.clause ?? '', why.rule ?? ''])].filter((each) => each !== '');
  return {
    ...why,
    heading,
    // That timestamps take their part a capture says of the whole segment, too.
    paragraphs: [
      ...new Set([
        ...told(window?.meaning ?? meaning),
        ...flagTexts(asked),
        ...[source, size].filter((each) => each !== undefined),
        ...why.paragraphs,
      ]),
    ],
    formulas: lines.length === 0 ? ruled : [lines],
    rule: clauses.length === 0 ? undefined : clauses.join(punctuation.semicolon[language]),
    next: undefined,
  };
};

/** An option says what it says, whatever brought its segment about. */
const optionAnswer = (view: View, why: Why, asked: Asked): Why => {
  const {row, packet} = asked;
  const {language, input} = view;
  const host = theHostFirst(input.trace, packetOf(input.trace, packet.id).from);
  // Kind and length belong to the option around them.
  const of = optionPart.test(row.field?.name ?? '') ? pathTo(rowTree(packet), row.key).at(-2) : row;
  const own = optionReason(view, packet, of?.field?.name ?? '') ?? [whyField.made[language]({host})];
  return undecided(view, why, asked, own);
};

/** An ICMP error tells what it quotes as it was there: nothing that made the error leave has filled it in (RFC 792, RFC 4443 §2.4 (c)). */
const quotedAnswer = (view: View, why: Why, asked: Asked): Why => {
  const packet = quotedIn(view.input.trace, asked.packet.id);
  return undecided(view, why, asked, [whyField.quoted[view.language]({packet})]);
};

/** In a question names of bits stand apart, and that of a query alone: its row is the head of the question, and says all of that. */
const shownValue = (trace: Trace, id: number, {field}: InspectorRow, told: string): string => {
  if (field?.name === 'dns.qry.name') return field.value ?? '';
  const segment = field?.name === 'tcp.flags' ? segmentOf(packetOf(trace, id)) : undefined;
  return segment ? told.replace(/ {2}.*$/, `  ${flagNames(segment).join(',')}`) : told;
};

export const fieldAnswer = (
  view: View,
  {packet: id, field, row: key}: Extract<Subject, {readonly kind: 'field'}>,
): Why => {
  const {language, input} = view;
  const packet = shownPacket(view, id);
  const rows = rowTree(packet);
  const row = key === undefined ? rowNamed(rows, field) : pathTo(rows, key).at(-1);
  const why = whyOf(view, packetOf(input.trace, id).sendEvent, {
    ...{carried: !isOfTcp.test(field), times: false},
  });
  if (!row) return why;
  const wording = {language, glyphs: unicodeGlyphs, relative: input.playback.relative};
  const name = rowName(row, packet, wording.relative);
  const shown = shownValue(input.trace, id, row, rowValue(row, packet, wording));
  // Whether it is correct stands behind it, and is no part of the number.
  const value = field.endsWith('.checksum') ? (shown.split('  ')[0] ?? shown) : shown;
  const {open, close} = punctuation;
  const heading = whyField.heading[language]({
    ...{field: name, packet: id},
    value: value.replace(/ {2}(.+)$/, `${open[language]}$1${close[language]}`),
  });
  if (packet.hidden.has(field))
    return {...nothingToTell(view), heading, paragraphs: [whyField.asked[language]]};
  const told = (meaning: string): readonly string[] =>
    meaning === '' ? [] : [`${name}${punctuation.colon[language]}${meaning}`];
  const isSaid =
    !isUnsetFlag(row) &&
    bitReason(view, id, row) === undefined &&
    unreadText(row, language) === undefined &&
    !(row.field && isOfPseudoRecord(row.field, row.layer)) &&
    ((isOfTcp.test(field) && !(field === 'tcp.len' && row.field?.value === '0')) ||
      (isOfDatagram.test(field) && !segmentOf(packetOf(input.trace, id))));
  const asked = {wording, row, packet, heading, told, ...helpOf(row, packet, wording)};
  if (row.layer.quoted) return quotedAnswer(view, why, asked);
  const isOwnBit = bitReason(view, id, row) !== undefined;
  if (!isOwnBit && (isOfQuery(row) || (field === 'dns.flags' && !isSaid)))
    return undecided(view, why, {...asked, clause: flagClauses(asked)}, flagTexts(asked));
  if (isOption.test(field) && unreadText(row, language) === undefined) return optionAnswer(view, why, asked);
  return isSaid ? decidedAnswer(view, why, asked) : madeAnswer(view, why, asked);
};
