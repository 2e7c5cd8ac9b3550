// The table below the graphs: at each round, loss and recovery what the sender had in flight, acknowledged and allowed itself.

import {bisect} from '../../account/bisect.ts';
import type {Sample} from '../../account/flow.ts';
import {graphTexts, graphWords} from '../../words/catalogue/graph.ts';
import {cut, textWidth} from '../../words/width.ts';
import type {Canvas, Style} from '../canvas.ts';
import {isWatched} from '../endpoints/observed.ts';
import {type Glyphs, plainText, unicodeGlyphs} from '../glyphs.ts';
import type {Region} from '../layout.ts';
import type {View} from '../view.ts';
import {type GraphScene, type Round, roundsOf} from './graph-scene.ts';
import type {GraphMark} from './series-marks.ts';

type Row = {
  readonly atUs: number;
  readonly cells: readonly string[];
  readonly what: string;
  readonly mark: 'lost' | 'again' | 'changed' | undefined;
  readonly selected: boolean;
};

/** `0.500`: seconds, thousandths cut. */
const seconds = (us: number): string => {
  const digits = String(Math.floor(us / 1000)).padStart(4, '0');
  return `${digits.slice(0, -3)}.${digits.slice(-3)}`;
};

const whatOf = (one: Round | GraphMark, count: number, scene: GraphScene, view: View): string => {
  switch (one.kind) {
    case 'round':
      return graphWords.segments[view.language]({count: one.count});
    case 'lost':
      return count > 1
        ? graphWords.rowLost[view.language]({count, seq: scene.seq(one.seq)})
        : graphWords.lost[view.language]({seq: scene.seq(one.seq)});
    case 'again':
      return graphWords.rowAgain[view.language]({count, seq: scene.seq(one.seq)});
    case 'fast':
      return graphWords.rowFast[view.language]({duplicates: one.sample?.dupAcks ?? 0});
    case 'timeout':
      return graphWords.rowTimeout[view.language]({seq: scene.seq(one.seq)});
    case 'over':
      return graphWords.rowOver[view.language]({
        cwnd: scene.number((one.sample?.cwnd ?? 0) / scene.flow.mss),
      });
  }
};

const sampleAt = (samples: readonly Sample[], n: number): Sample | undefined =>
  samples[bisect(samples.length, (index) => (samples[index]?.n ?? 0) > n) - 1] ?? samples[0];

/** Of a capture: the window that the sender was told. */
const toldCells = ({number, flow}: GraphScene, {wnd}: Sample): readonly string[] => [
  wnd === undefined ? unicodeGlyphs.deduced : number(wnd / flow.mss),
];

const cellsOf = (scene: GraphScene, n: number, fromUs: number, atUs: number): string[] => {
  // The instant of event n ends with a later one: its sample is the first that is not before.
  const {samples, flow, number, seq} = scene;
  const after = samples.find((each) => each.n >= n && each.atUs === atUs);
  const sample = after ?? sampleAt(samples, n);
  if (!sample) return [seconds(fromUs)];
  return [
    seconds(fromUs),
    number(sample.flight / flow.mss),
    seq(sample.una),
    ...(sample.cwnd === undefined ? toldCells(scene, sample) : [number(sample.cwnd / flow.mss)]),
    ...(sample.cwnd === undefined
      ? []
      : [sample.ssthresh === undefined ? '∞' : number(sample.ssthresh / flow.mss)]),
  ];
};

type Entry = {readonly first: Round | GraphMark; readonly last: Round | GraphMark; readonly count: number};

const isPacket = ({kind}: Round | GraphMark): boolean => kind === 'lost' || kind === 'again';

/** Losses in a row are one entry, and so are repetitions. */
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

/** More than any screen has rows. */
const rowsMost = 80;

/** In the order of the run, down to the newest or, where a mark is selected, to one page behind it. */
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

const muted: Style = {role: 'muted'};
const between = 3;

const headings = (view: View): string[] => [
  graphTexts.seconds[view.language],
  graphTexts.inFlight[view.language],
  'ack',
  ...(isWatched(view) ? ['snd.wnd'] : ['cwnd', 'ssthresh']),
];

/** The newest rows, or those around the selected one. */
export const putTable = (
  canvas: Canvas,
  rows: readonly Row[],
  {region, glyphs, view}: {readonly region: Region; readonly glyphs: Glyphs; readonly view: View},
): void => {
  const room = region.rows - 1;
  const chosen = rows.findLastIndex(({selected}) => selected);
  const end = chosen < 0 ? rows.length : Math.min(rows.length, Math.max(chosen + 1, room));
  const shown = rows.slice(Math.max(0, end - room), end);
  const heads = headings(view);
  const textOf = (cell: string): string => (cell === '∞' ? glyphs.noLimit : plainText(cell, glyphs));
  // Of all rows so far, so that columns do not move with what is scrolled.
  const widths = heads.map((head, index) =>
    rows.reduce((most, {cells}) => Math.max(most, textWidth(textOf(cells[index] ?? ''))), textWidth(head)),
  );
  let column = region.column;
  for (const [index, head] of heads.entries()) {
    const last = column + (widths[index] ?? 0) - 1;
    canvas.putEnd(region.row, last, head, muted);
    for (const [turn, {cells, selected}] of shown.entries())
      canvas.putEnd(region.row + 1 + turn, last, textOf(cells[index] ?? ''), {
        role: 'text',
        ...(selected ? {selected} : {}),
      });
    column = last + 1 + between;
  }
  canvas.put(region.row, column, graphTexts.what[view.language], muted);
  for (const [turn, {what, mark, selected}] of shown.entries()) {
    const row = region.row + 1 + turn;
    const sign =
      mark === 'lost' ? glyphs.lost : mark === 'again' ? glyphs.againMark : mark ? glyphs.changed : '';
    const room = region.column + region.columns - column - (sign === '' ? 0 : textWidth(sign) + 1);
    const text = cut(what, room, glyphs.ellipsis);
    canvas.put(row, column, text, {role: 'text', ...(selected ? {selected} : {})});
    if (sign !== '')
      canvas.put(row, column + textWidth(text) + 1, sign, {
        role: mark === 'changed' ? 'changed' : 'warning',
        bold: true,
      });
    if (!selected) continue;
    canvas.put(row, region.column - 2, glyphs.selected, {role: 'accent', bold: true, selected: true});
    const to = region.column + region.columns - 1;
    canvas.fill(row, {from: region.column - 2, to}, {role: 'text', selected: true});
  }
};
