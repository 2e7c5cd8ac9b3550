// The panel of a host that the learner plays: the segment that calls for an answer, the flags and numbers of the learner's next segment,
// and what the stack would have sent instead of his last one.
import {
  isTurnOpen,
  segmentText,
  type Turn,
  turnAt,
  type Verdict,
  verdictOn,
  verdictsTo,
} from '../../account/own-turns.ts';
import {packetOf, segmentOf} from '../../account/packet.ts';
import {theHost} from '../../lesson/host-names.ts';
import {withMove} from '../../lesson/move.ts';
import {type Text, wordedWithNames} from '../../lesson/text.ts';
import type {OwnSegment} from '../../sim/own-segment.ts';
import {seq} from '../../wire/seq.ts';
import type {TcpFlagName} from '../../wire/tcp.ts';
import {byHandFields, byHandKeys, byHandSpoken, byHandTexts} from '../../words/catalogue/by-hand.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {formatTime} from '../../words/format.ts';
import {spokenSentence} from '../../words/spoken.ts';
import {wrap} from '../../words/width.ts';
import {accent, muted, plain, type Style, strong} from '../canvas.ts';
import {tellsWhole} from '../challenge/verdict.ts';
import type {Pane} from '../pane.ts';
import {definePanel, type PanelMove, upDownKeys, wayOf} from '../panel.ts';
import type {View} from '../view.ts';
import {whyOf} from '../why/scene-why.ts';

const choosable = ['SYN', 'ACK', 'FIN', 'RST'] as const satisfies readonly TcpFlagName[];
const numbers = ['seq', 'ack'] as const;
const fields = [...choosable, ...numbers] as const;
type Field = (typeof fields)[number];
type NumberField = (typeof numbers)[number];

/**
 * The segment that the learner is composing by hand, and the index of the marked field. `typed`: the next digit continues the number of
 * that field. `tries`: how many segments he has sent at each turn.
 */
type Own = {
  readonly marked: number;
  readonly flags: readonly TcpFlagName[];
  readonly seq?: number | undefined;
  readonly ack?: number | undefined;
  readonly typed: boolean;
  readonly tries?: readonly number[] | undefined;
};

const start: Own = {marked: 0, flags: [], typed: false};
const mostNumber = 0xffff_ffff;

const fieldOf = ({marked}: Own): Field => fields[marked] ?? 'SYN';
const isNumber = (field: Field): field is NumberField => field === 'seq' || field === 'ack';

/** Tells whether the run waits for a segment from the learner, who plays one of the hosts. */
const isTurn = ({input: {trace}, cursor}: View): boolean => cursor >= trace.length && isTurnOpen(trace);

/**
 * Returns the segment that the learner has composed; undefined as long as it has no flag, no sequence number, or an ACK flag without
 * acknowledgment number.
 */
const chosenIn = ({flags, seq: own, ack}: Own): OwnSegment | undefined =>
  flags.length === 0 || own === undefined || (flags.includes('ACK') && ack === undefined)
    ? undefined
    : {flags, seq: seq(own), ack: seq(ack ?? 0)};

/**
 * Returns the next larger or smaller number that the program proposes for `seq` or `ack`; without a value, the first or last one. undefined
 * if there is no further one.
 */
const stepped = ({seqs, acks}: Turn, field: NumberField, value: number | undefined, by: 1 | -1) => {
  const all = field === 'seq' ? seqs : acks;
  if (value === undefined) return by > 0 ? all[0] : all.at(-1);
  return by > 0 ? all.find((each) => each > value) : all.findLast((each) => each < value);
};

const changed = (view: View, own: Own, by: 1 | -1): Own | undefined => {
  const field = fieldOf(own);
  if (!isNumber(field)) {
    const isSet = own.flags.includes(field);
    return {...own, flags: isSet ? own.flags.filter((each) => each !== field) : [...own.flags, field]};
  }
  const next = stepped(turnAt(view.input.trace, view.cursor), field, own[field], by);
  return next === undefined ? undefined : {...own, [field]: next, typed: false};
};

/**
 * Returns the composed segment after a digit was typed into the marked field, or its last digit deleted by `erase`; undefined if the field
 * is a flag or the number would exceed 32 bits.
 */
const typed = (own: Own, key: string): Own | undefined => {
  const field = fieldOf(own);
  if (!isNumber(field)) return undefined;
  const before = own[field];
  if (key === 'erase') {
    if (before === undefined) return undefined;
    return {...own, [field]: before < 10 ? undefined : Math.floor(before / 10), typed: true};
  }
  const next = (own.typed ? (before ?? 0) * 10 : 0) + Number(key);
  return next > mostNumber ? undefined : {...own, [field]: next, typed: true};
};

const sent = (view: View, own: Own): PanelMove<Own> | undefined => {
  const {challenge, trace} = view.input;
  const answer = chosenIn(own);
  if (!challenge || !answer || !isTurn(view)) return undefined;
  const turn = verdictsTo(trace, view.cursor).length;
  const tries = Array.from(
    {length: turn + 1},
    (_, index) => (own.tries?.[index] ?? 0) + (index === turn ? 1 : 0),
  );
  const attempt = withMove(challenge.moves, {kind: 'answer', atUs: trace.durationUs, answer});
  return {own: {...start, tries}, attempt};
};

const hostIn = ({input: {trace}}: View): Text => theHost(trace, trace.header.byHand ?? '');

const aboutText = (view: View): string =>
  wordedWithNames(isTurn(view) ? byHandTexts.turn : byHandTexts.waits, {host: hostIn(view)})[view.language];

const heardText = (view: View): string => {
  const {heard} = turnAt(view.input.trace, view.cursor);
  return heard ? segmentText(heard) : byHandTexts.nothingHeard[view.language];
};

const heardLine = (view: View): string => `${byHandTexts.heard[view.language]} ${heardText(view)}`;

/** Returns a line for each TCP segment sent by now, because a small screen has no room for the ladder beside the panel. */
const saidSoFar = ({input: {trace}, cursor, called, language}: View): readonly string[] => {
  const lines: string[] = [];
  for (let id = 1; id <= trace.packetCount; id++) {
    const packet = packetOf(trace, id);
    const segment = packet.sendEvent <= cursor ? segmentOf(packet) : undefined;
    const yours = verdictOn(trace, id) ? `  (${byHandTexts.yours[language]})` : '';
    if (segment)
      lines.push(`${formatTime(packet.sentUs)}  ${called(packet.from)}  ${segmentText(segment)}${yours}`);
  }
  return lines;
};

/**
 * Returns the verdict on a segment that the learner composed. After a first wrong try it names the wrong fields and the reason for the
 * stack's segment, but not yet that segment.
 */
const verdictText = (view: View, verdict: Verdict): string => {
  const {language} = view;
  const {real, differs, packet} = verdict;
  if (differs.length === 0) return wordedWithNames(byHandTexts.right, {host: hostIn(view)})[language];
  const isWhole = tellsWhole(view, verdict);
  const wrong = wordedWithNames(isWhole ? byHandTexts.wrong : byHandTexts.wrongFirst, {
    host: hostIn(view),
    fields: differs.map((field) => byHandFields[field][language]),
    count: differs.length,
    segment: segmentText(real),
  })[language];
  const reason = isWhole ? [] : (whyOf(view, packetOf(view.input.trace, packet).sendEvent).plain ?? []);
  return [wrong, byHandTexts.takeBack[language], ...reason].join(punctuation.space[language]);
};

const valueText = (own: Own, field: NumberField): string => String(own[field] ?? '?');

const putFlags = (pane: Pane, row: number, own: Own, from: number): void => {
  let column = from;
  for (const flag of choosable) {
    const isSet = own.flags.includes(flag);
    const isMarked = fieldOf(own) === flag;
    const style: Style = {...(isSet ? strong : muted), selected: isMarked};
    column = pane.put(row, column, `${isSet ? pane.glyphs.right : pane.glyphs.toDo} ${flag}`, style) + 2;
  }
};

const nameColumns = 8;
const numberColumns = 13;
/** The number of rows for the fields of a segment that the learner composes: one for the flags, one for the numbers. */
const fieldRows = 2;

/**
 * Draws the last segments sent by now, or only the one that calls for an answer if fewer than two fit. It takes at most `most` rows and
 * returns how many it took.
 */
const putSaid = (pane: Pane, view: View, row: number, most: number): number => {
  const said = most > 1 ? saidSoFar(view).slice(-most) : [];
  if (said.length < 2) return pane.putWrapped(row, heardLine(view), plain, Math.min(2, most));
  for (const [index, line] of said.entries()) pane.put(row + index, 0, line, plain);
  return said.length;
};

/**
 * Draws the panel of a host that the learner plays. The fields and the verdict have their rows reserved; the segments sent so far get the
 * rest.
 */
const putTurn = (pane: Pane, view: View, own: Own): void => {
  const {language} = view;
  const last = verdictsTo(view.input.trace, view.cursor).at(-1);
  const verdict = last ? verdictText(view, last) : '';
  const verdictRows = last ? wrap(pane.plain(verdict), pane.columns).length : 0;
  let row = pane.putWrapped(0, aboutText(view), isTurn(view) ? accent : muted, 2);
  row += putSaid(pane, view, row, Math.max(0, pane.rows - row - fieldRows - verdictRows));
  const spare = pane.rows - row - fieldRows - verdictRows;
  if (spare > 1) row++;
  pane.put(row, 0, byHandTexts.flags[language], muted);
  putFlags(pane, row, own, nameColumns);
  let column = 0;
  for (const field of numbers) {
    pane.put(row + 1, column, `${field}=`, muted);
    const style: Style = {...strong, selected: fieldOf(own) === field};
    pane.put(row + 1, column + nameColumns, valueText(own, field), style);
    column += nameColumns + numberColumns;
  }
  if (!last) return;
  const style: Style = last.differs.length === 0 ? plain : {role: 'warning'};
  pane.putWrapped(row + fieldRows + (spare > 0 ? 1 : 0), verdict, style);
};

const spokenTurn = (view: View, own: Own): readonly string[] => {
  const {language} = view;
  const last = verdictsTo(view.input.trace, view.cursor).at(-1);
  const say = (text: string): string => spokenSentence(text, language);
  return [
    say(aboutText(view)),
    say(heardLine(view)),
    ...choosable.map((flag) => say(byHandSpoken.flag[language]({flag, isSet: own.flags.includes(flag)}))),
    ...numbers.map((name) => say(byHandSpoken.number[language]({name, value: valueText(own, name)}))),
    say(byHandSpoken.marked[language]({name: fieldOf(own)})),
    ...(last ? [say(verdictText(view, last))] : []),
  ];
};

const digits = Object.fromEntries(Array.from({length: 10}, (_, digit) => [`${digit}`, `${digit}`]));

export const turnPanel = definePanel<Own>({
  name: 'turn',
  title: byHandTexts.title,
  start,
  keys: [
    upDownKeys(byHandKeys['↑↓'].label),
    {keys: {left: 'left', right: 'right'}, sign: '←→', label: byHandKeys['←→'].label, rank: 6},
    {keys: {...digits, backspace: 'erase'}, sign: '0–9', label: byHandKeys['0–9'].label, rank: 7},
    {keys: {enter: 'send'}, sign: 'enter', label: byHandKeys.enter.label, rank: 8},
    {keys: {u: 'takeBack'}, sign: 'u', label: byHandKeys.u.label, rank: 9},
  ],
  command(view, own, command) {
    const moves = view.input.challenge?.moves ?? [];
    if (command === 'send') return sent(view, own);
    if (command === 'takeBack') return moves.length === 0 ? undefined : {attempt: moves.slice(0, -1)};
    if (!isTurn(view)) return undefined;
    if (command === 'up' || command === 'down') {
      const marked = own.marked + wayOf(command);
      return marked < 0 || marked >= fields.length ? undefined : {own: {...own, marked, typed: false}};
    }
    const next =
      command === 'left' || command === 'right' ? changed(view, own, wayOf(command)) : typed(own, command);
    return next && {own: next};
  },
  isAvailable: ({input: {challenge, trace}}) => challenge !== undefined && trace.header.byHand !== undefined,
  leads: ({input: {trace}}) => trace.header.byHand !== undefined,
  subject(view) {
    const last = verdictsTo(view.input.trace, view.cursor).at(-1);
    return last && {kind: 'packet', packet: last.packet};
  },
  least: {columns: 30, rows: 5},
  best: {columns: 46, rows: 12},
  places: ['side', 'lower'],
  spoken: spokenTurn,
  put: putTurn,
});
