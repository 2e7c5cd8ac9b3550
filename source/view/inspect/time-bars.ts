// Draws the conversations of a capture over time, one bar each.
import {type Language, worded} from '../../lesson/text.ts';
import {overviewTexts, timeBarTexts as say} from '../../words/catalogue/inspect.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {formatTime} from '../../words/format.ts';
import {cut, padEnd, repeated, textWidth} from '../../words/width.ts';
import {terminal} from '../../words/written.ts';
import {type Glyphs, glyphsFor} from '../glyphs.ts';
import type {Told} from './selection.ts';
import {type Phase, type Span, spansIn, type Wanted} from './spans.ts';
import {hanging, type Manner} from './told-lines.ts';

/** The sign that a time bar shows for each phase of a conversation, and for a conversation that failed. */
const signs = {
  ...{opening: 'barConnect', waiting: 'barWait', data: 'barData', again: 'againMark', quiet: 'barIdle'},
  failed: 'lost',
} as const satisfies {readonly [name in Phase | 'failed']: keyof Glyphs};

type Sign = keyof typeof signs;
const order: readonly Sign[] = ['opening', 'waiting', 'data', 'again', 'quiet', 'failed'];

/** The share of a line that the names of conversations may take. */
const nameShare = 0.35;
const leastCells = 10;

/**
 * Returns for each cell of the time axis the phase to draw; undefined outside the conversation. If two phases share a cell, the later one
 * is drawn, unless it is a pause.
 */
const cellsOf = (span: Span, cellAt: (us: number) => number): readonly (Sign | undefined)[] => {
  const cells: (Sign | undefined)[] = [];
  for (const [index, {phase, fromUs}] of span.phases.entries()) {
    const untilUs = span.phases[index + 1]?.fromUs ?? span.untilUs;
    for (let cell = cellAt(fromUs); cell <= cellAt(untilUs); cell++)
      if (phase !== 'quiet' || cells[cell] === undefined) cells[cell] = phase;
  }
  const last = cellAt(span.untilUs);
  cells[last] ??= 'quiet';
  if (span.failed) cells[last] = 'failed';
  return cells;
};

/** A time without any conversation, which the time axis leaves out. */
type Gap = {readonly fromUs: number; readonly untilUs: number};

/**
 * The shortest gap that the axis leaves out, in µs and as a share of the capture. Such gaps occur where captures were joined into one file.
 */
const leastGapUs = 3_600_000_000;
const leastGapShare = 0.3;

const gapsIn = (spans: readonly Span[], durationUs: number): readonly Gap[] => {
  const gaps: Gap[] = [];
  let lastUs = 0;
  for (const {fromUs, untilUs} of spans.toSorted((a, b) => a.fromUs - b.fromUs)) {
    const us = fromUs - lastUs;
    if (us >= leastGapUs && us >= leastGapShare * durationUs) gaps.push({fromUs: lastUs, untilUs: fromUs});
    lastUs = Math.max(lastUs, untilUs);
  }
  return gaps;
};

/** Returns the place of a time on an axis that leaves out the gaps: the time in µs minus the gaps, or parts of them, that lie before it. */
const withoutGaps = (us: number, gaps: readonly Gap[]): number =>
  gaps.reduce((left, {fromUs, untilUs}) => left - Math.max(0, Math.min(us, untilUs) - fromUs), us);

const legendText = (seen: ReadonlySet<Sign | undefined>, glyphs: Glyphs, language: Language): string =>
  order
    .filter((sign) => seen.has(sign))
    .map((sign) => `${glyphs[signs[sign]]} ${say[sign][language]}`)
    .join(punctuation.comma[language]);

type Drawn = {readonly spans: readonly Span[]; readonly others: number; readonly durationUs: number};

const drawn = ({spans, others, durationUs}: Drawn, {language, columns, ascii}: Manner): readonly string[] => {
  const glyphs = glyphsFor(ascii);
  const labels = Math.max(...spans.map(({label}) => textWidth(label)));
  const widest = Math.max(...spans.map(({name}) => textWidth(name)));
  const names = Math.min(widest, Math.floor(nameShare * columns));
  const lead = 2 + labels + 1 + names + 2;
  const width = Math.max(leastCells, columns - lead - 1);
  // The cell of a time is kept within the time axis, because times of a capture may decrease if its clock was set back.
  const gaps = gapsIn(spans, durationUs);
  const shownUs = Math.max(1, withoutGaps(durationUs, gaps));
  const cellAt = (us: number): number =>
    Math.max(0, Math.min(width - 1, Math.floor((width * withoutGaps(us, gaps)) / shownUs)));
  const end = formatTime(durationUs);
  const axis = `${repeated(' ', lead)}0${repeated(' ', Math.max(1, width - 1 - textWidth(end)))}${end}`;
  const all = spans.map((span) => ({span, cells: cellsOf(span, cellAt)}));
  const rows = all.map(({span: {label, name}, cells}) => {
    const about = padEnd(cut(terminal.text(name), names, glyphs.ellipsis), names);
    const bar = Array.from(cells, (sign) => (sign ? glyphs[signs[sign]] : ' ')).join('');
    return `  ${padEnd(label, labels)} ${about}  ${bar}`;
  });
  const legend = legendText(new Set(all.flatMap(({cells}) => cells)), glyphs, language);
  const cutOut = gaps.map(({fromUs, untilUs}) =>
    worded(say.cut, {from: formatTime(fromUs), us: formatTime(untilUs - fromUs)}),
  );
  const more = others > 0 ? [`  ${worded(say.more, {count: others})[language]}`] : [];
  const notes = [legend, ...cutOut.map((each) => each[language])];
  return [axis, ...rows, ...more, ...notes.flatMap((note) => hanging('  ', note, columns))];
};

/** Returns the lines with a bar for each conversation; empty if no time passed. */
export const timeBars = (
  told: Told,
  {durationUs, ...wanted}: Omit<Wanted, 'title'> & {readonly durationUs: number},
  manner: Manner,
): readonly string[] => {
  const title = overviewTexts.names[manner.language];
  const {spans, others} = spansIn(told, {...wanted, title});
  return spans.length === 0 || durationUs <= 0 ? [] : drawn({spans, others, durationUs}, manner);
};
