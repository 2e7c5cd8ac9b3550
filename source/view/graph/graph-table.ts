// Draws the table below the graphs: what the sender had in flight, acknowledged and permitted at each round, loss and recovery.

import type {Flow, Sample} from '../../account/flow.ts';
import {graphTexts, graphWords} from '../../words/catalogue/graph.ts';
import {textWidth} from '../../words/width.ts';
import {accent, changed, muted, type Style} from '../canvas.ts';
import {type Glyphs, plainText, unicodeGlyphs} from '../glyphs.ts';
import type {Pane} from '../pane.ts';
import {until} from '../seen.ts';
import {type Column, fitted} from '../table.ts';
import type {View} from '../view.ts';
import {isShort} from './axis.ts';
import {type GraphScene, type Round, roundsOf} from './graph-scene.ts';
import type {GraphMark} from './series-marks.ts';

type Row = {
  readonly atUs: number;
  readonly cells: readonly string[];
  readonly what: string;
  readonly mark: 'lost' | 'again' | 'changed' | undefined;
  readonly selected: boolean;
};

/**
 * Formats a time for the table without its unit, such as `0.500`: in seconds or, if the graph uses them, in ms. Further decimals are cut
 * off.
 */
const timeOf = ({flow: {toUs}}: GraphScene, us: number): string => {
  const digits = String(isShort(toUs) ? Math.floor(us) : Math.floor(us / 1000)).padStart(4, '0');
  return `${digits.slice(0, -3)}.${digits.slice(-3)}`;
};

const whatOf = (one: Round | GraphMark, count: number, scene: GraphScene, view: View): string => {
  switch (one.kind) {
    case 'round':
      return graphWords.segments[view.language]({count: one.count});
    case 'lost':
      return count > 1
        ? graphWords.rowLost[view.language]({count, seq: scene.seqOf(one)})
        : graphWords.lost[view.language]({seq: scene.seqOf(one)});
    case 'again':
      return graphWords.rowAgain[view.language]({count, seq: scene.seqOf(one)});
    case 'probe':
      return graphWords.rowProbe[view.language]({count, seq: scene.seqOf(one)});
    case 'recovery':
    case 'loss': {
      const {by = 'timer', duplicates = 0} = one.recovery ?? {};
      return graphWords.rowRecovery[view.language]({by, duplicates, seq: scene.seq(one.seq)});
    }
    case 'over':
      return graphWords.rowOver[view.language]({
        cwnd: scene.number((one.sample?.cwnd ?? 0) / scene.flow.mss),
      });
  }
};

const sampleAt = (samples: readonly Sample[], n: number): Sample | undefined =>
  until(samples, n).at(-1) ?? samples[0];

/** Returns the table's cell with the window that the receiver of a captured connection announced. */
const toldCells = ({number, flow}: GraphScene, {wnd}: Sample): readonly string[] => [
  wnd === undefined ? unicodeGlyphs.deduced : number(wnd / flow.mss),
];

const cellsOf = (scene: GraphScene, n: number, fromUs: number, atUs: number): string[] => {
  // The variables after event n may be in the sample of a later event of the same instant, so the first sample from event n on is used.
  const {samples, flow, number, seq} = scene;
  const after = samples.find((each) => each.n >= n && each.atUs === atUs);
  const sample = after ?? sampleAt(samples, n);
  if (!sample) return [timeOf(scene, fromUs)];
  return [
    timeOf(scene, fromUs),
    number(sample.flight / flow.mss),
    seq(sample.una),
    ...(sample.cwnd === undefined ? toldCells(scene, sample) : [number(sample.cwnd / flow.mss)]),
    ...(sample.cwnd === undefined
      ? []
      : [sample.ssthresh === undefined ? '∞' : number(sample.ssthresh / flow.mss)]),
  ];
};

type Entry = {readonly first: Round | GraphMark; readonly last: Round | GraphMark; readonly count: number};

const isPacket = ({kind}: Round | GraphMark): boolean =>
  kind === 'lost' || kind === 'again' || kind === 'probe';

/** Returns the entries of the table below a graph in order; consecutive losses become one entry, and so do consecutive retransmissions. */
const entriesOf = (all: readonly (Round | GraphMark)[]): readonly Entry[] => {
  const entries: {first: Round | GraphMark; last: Round | GraphMark; count: number}[] = [];
  for (const one of all) {
    const entry = entries.at(-1);
    if (entry && isPacket(one) && entry.first.kind === one.kind) {
      entry.last = one;
      entry.count += 1;
    } else entries.push({first: one, last: one, count: 1});
  }
  return entries;
};

const isAbout = (one: Round | GraphMark, packet: number | undefined): boolean =>
  one.kind !== 'round' && one.packet > 0 && one.packet === packet;

/** The number of table rows that are computed; no screen has more rows. */
const rowsMost = 80;

/**
 * Returns the rows of the table below a graph in the order of the run. The last one is the newest row or, if a packet is selected, a row up
 * to half the computed rows after it.
 */
export const tableRows = (scene: GraphScene, view: View): readonly Row[] => {
  const all = [...roundsOf(scene), ...scene.marks].sort((a, b) => a.atUs - b.atUs || a.n - b.n);
  const {packet} = view.input.playback.selection;
  const chosen = packet === undefined ? undefined : all.findLast((one) => isAbout(one, packet));
  const entries = entriesOf(all);
  const at = entries.findIndex(({last}) => chosen !== undefined && last.n >= chosen.n);
  const end = at < 0 ? entries.length : Math.min(entries.length, at + rowsMost / 2);
  return entries.slice(Math.max(0, end - rowsMost), end).map(({first, last, count}) => ({
    atUs: first.atUs,
    cells: cellsOf(scene, last.n, first.atUs, last.kind === 'round' ? last.lastUs : last.atUs),
    what: whatOf(first, count, scene, view),
    mark:
      first.kind === 'lost' || first.kind === 'again'
        ? first.kind
        : first.n === view.cursor && first.kind !== 'round'
          ? 'changed'
          : undefined,
    selected: chosen !== undefined && first.kind === chosen.kind && first.n <= chosen.n && chosen.n <= last.n,
  }));
};

const between = 3;

/**
 * Returns the columns of the table below a graph. A capture does not show cwnd and ssthresh, so its table has the announced window in their
 * place.
 */
const columnsOf = ({language, glyphs}: Pane, {toUs, connection}: Flow): readonly Column<Row>[] => {
  const heads = [
    graphTexts[isShort(toUs) ? 'milliseconds' : 'seconds'][language],
    graphTexts.inFlight[language],
    'ack',
    ...(connection === undefined ? ['cwnd', 'ssthresh'] : ['snd.wnd']),
  ];
  const textOf = (cell: string): string => (cell === '∞' ? glyphs.noLimit : plainText(cell, glyphs));
  return heads.map((head, index) => ({head, read: ({cells}) => textOf(cells[index] ?? ''), atEnd: true}));
};

const signOf = (mark: Row['mark'], {lost, againMark, changed: fresh}: Glyphs): string =>
  mark === undefined ? '' : {lost, again: againMark, changed: fresh}[mark];

/** Draws the newest rows of the table below a graph, or those around the selected row. */
export const putTable = (pane: Pane, rows: readonly Row[], flow: Flow): void => {
  const {glyphs} = pane;
  const room = pane.rows - 1;
  const chosen = rows.findLastIndex(({selected}) => selected);
  const end = chosen < 0 ? rows.length : Math.min(rows.length, Math.max(chosen + 1, room));
  // The widths of the table's columns depend on all rows so far, so that the columns do not move while the table scrolls.
  const columns = fitted(columnsOf(pane, flow), rows, {gap: between});
  const whatAt = columns.reduce((_, {at, width}) => at + width + between, 0);
  for (const {head, at, width} of columns) pane.putEnd(0, head, muted, at + width - 1);
  pane.put(0, whatAt, graphTexts.what[pane.language], muted);
  for (const [index, row] of rows.slice(Math.max(0, end - room), end).entries()) {
    const {what, mark, selected} = row;
    const at = index + 1;
    const style: Style = {role: 'text', selected};
    for (const column of columns) pane.putEnd(at, column.read(row), style, column.at + column.width - 1);
    const sign = signOf(mark, glyphs);
    const whatRoom = pane.columns - whatAt - (sign === '' ? 0 : textWidth(sign) + 1);
    const behind = pane.put(at, whatAt, what, style, whatRoom);
    pane.put(at, behind + 1, sign, mark === 'changed' ? changed : {role: 'warning', bold: true});
    if (!selected) continue;
    pane.put(at, -2, glyphs.selected, {...accent, selected});
    pane.fill(at, -2, style);
  }
};
