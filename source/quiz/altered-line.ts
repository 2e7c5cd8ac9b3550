// Finds for a question of the quiz the one TCP segment among the printed ones whose seq or ack was altered on the way (RFC 9293 §3.4).
import {type Seq, seqAdd, seqLt} from '../wire/seq.ts';
import type {PromptPacket} from './prompt.ts';
import {rowsIn, type Said} from './said.ts';

type Numbers = Pick<Said, 'seq' | 'ack' | 'end'>;

/**
 * A printed segment of a quiz question: `left` has the numbers as sent, `came` those that arrived and are printed, `taken` the numbers that
 * the receiver may acknowledge after it.
 */
type Told = {
  readonly from: string;
  readonly left: Numbers;
  readonly came: Said;
  readonly taken: readonly Seq[];
};

/**
 * Tells whether an end's first segment may have its sequence number: always as printed; a replaced number must be one that the other end
 * acknowledged, if it acknowledged any.
 */
const isFirst = ({left, came}: Told, others: readonly Told[]): boolean => {
  const expected = others.flatMap((other) => other.left.ack ?? []);
  return left.seq === came.seq || expected.length === 0 || expected.includes(left.seq);
};

/** Tells whether a printed segment's seq and ack can follow from the printed segments of both ends before it. */
const fits = (told: readonly Told[], index: number): boolean => {
  const own = told[index];
  if (!own) return true;
  const before = told.slice(0, index);
  const mine = before.flatMap(({from, left}) => (from === own.from ? [left] : []));
  const others = before.filter(({from}) => from !== own.from);
  const starts = mine.flatMap(({seq, end}) => [seq, end]);
  const {seq, ack} = own.left;
  const goesOn = mine.length > 0 ? starts.includes(seq) : isFirst(own, others);
  const known = others.flatMap(({taken}) => taken);
  const confirms =
    ack === undefined || others.length === 0 || known.includes(ack) || mine.at(-1)?.ack === ack;
  // An end that has sent a SYN continues only if the other end's SYN confirms it.
  const answers = others.filter(({came}) => came.has('SYN') && came.end === ack);
  const isTheirs =
    [mine, answers].some(({length}) => length === 0) ||
    answers.some(({came}) => came.ack === undefined || starts.includes(came.ack));
  return goesOn && confirms && isTheirs;
};

const allFit = (told: readonly Told[]): boolean => told.every((_, index) => fits(told, index));

/** Which number of a TCP segment was altered: its seq, its ack, or one of them if the printed lines do not decide which. */
type Odd = 'seq' | 'ack' | 'either';

/**
 * Returns what an altered segment may have been when sent: copies whose seq or ack (`odd`) is replaced by each number in the printed lines.
 */
const originals = (told: readonly Told[], own: Told, odd: 'seq' | 'ack'): readonly Told[] => {
  const {came, left} = own;
  const numbers = told.flatMap(({came: {seq, end, ack}}) => [seq, end, ...(ack === undefined ? [] : [ack])]);
  if (odd === 'ack')
    return came.ack === undefined ? [] : numbers.map((ack) => ({...own, left: {...left, ack}}));
  // A receiver accepts any SYN, takes a segment that now begins too early up to its end, and refuses one that begins too late.
  const takenOf = (seq: Seq): readonly Seq[] => {
    if (came.has('SYN')) return own.taken;
    return seqLt(came.seq, seq) ? [came.end] : [];
  };
  return numbers
    .flatMap((seq) => [seq, seqAdd(seq, -came.length)])
    .map((seq) => ({...own, left: {...left, seq, end: seqAdd(seq, came.length)}, taken: takenOf(seq)}));
};

const oddOf = (told: readonly Told[], index: number): Odd | undefined => {
  const own = told[index];
  if (!own) return undefined;
  const may = (odd: 'seq' | 'ack'): boolean =>
    originals(told, own, odd).some((other) => allFit(told.with(index, other)));
  if (may('seq')) return may('ack') ? 'either' : 'seq';
  return may('ack') ? 'ack' : undefined;
};

const toldIn = (lines: readonly PromptPacket[]): readonly Told[] =>
  rowsIn(lines).map((came) => ({from: came.from, left: came, came, taken: [came.seq, came.end]}));

type Altered = {readonly line: PromptPacket; readonly odd: Odd};

const hows = ['ends', 'expects', 'begins'] as const;

type Shown = {
  readonly right: Seq;
  /** The packet number of the line that proves the right value: it ends at that number, acknowledges it, or begins with it. */
  readonly by: number;
  readonly how: (typeof hows)[number];
};

/**
 * The right value of an altered number and the line that proves it. `also` are other lines that prove it, since a single line might itself
 * be altered.
 */
export type Mended = Shown & {readonly also: readonly Pick<Shown, 'by' | 'how'>[]};

const shownBy = (told: readonly Told[], index: number, odd: 'seq' | 'ack', right: Seq): readonly Shown[] => {
  const from = told[index]?.from;
  const at = (how: Shown['how'], isIt: (each: Told, before: boolean) => boolean): Shown | undefined => {
    const by = told.findLastIndex((each, other) => other !== index && isIt(each, other < index));
    return by < 0 ? undefined : {right, by, how};
  };
  const isMine = (each: Told): boolean => (each.from === from) === (odd === 'seq');
  const ends = at('ends', (each, before) => before && isMine(each) && each.came.end === right);
  if (odd === 'ack') return ends ? [ends] : [];
  const expects = at('expects', (each) => !isMine(each) && each.came.ack === right);
  const begins = at('begins', (each) => isMine(each) && each.came.seq === right);
  return [ends, expects, begins].flatMap((each) => each ?? []);
};

/** Returns the right value of the altered seq or ack, with the printed line that shows it best; undefined if no line shows it. */
export const mendedIn = (lines: readonly PromptPacket[], {line, odd}: Altered): Mended | undefined => {
  const told = toldIn(lines);
  const index = lines.indexOf(line);
  const own = told[index];
  if (!own || odd === 'either') return undefined;
  const fitting = originals(told, own, odd).filter((other) => allFit(told.with(index, other)));
  const rights = new Set(fitting.flatMap(({left}) => left[odd] ?? []));
  const all = [...rights].flatMap((right) => shownBy(told, index, odd, right));
  const [shown] = all.toSorted((a, b) => hows.indexOf(a.how) - hows.indexOf(b.how) || b.by - a.by);
  if (!shown) return undefined;
  const numbered = ({by, how}: Shown) => ({by: lines[by]?.number ?? 0, how});
  const also = all.filter(({right, how}) => right === shown.right && how !== shown.how).map(numbered);
  return {...numbered(shown), right: shown.right, also};
};

/** Returns the printed segment that must have been altered; undefined if the lines need no alteration, or if several may be altered. */
export const alteredIn = (lines: readonly PromptPacket[]): Altered | undefined => {
  const told = toldIn(lines);
  if (told.length < lines.length || allFit(told)) return undefined;
  const [one, more] = lines.flatMap((line, index): readonly Altered[] => {
    const odd = oddOf(told, index);
    return odd ? [{line, odd}] : [];
  });
  return more ? undefined : one;
};
