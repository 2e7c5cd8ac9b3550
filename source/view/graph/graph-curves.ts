// Draws the graphs of sequence numbers over time and of windows over time: first the curves, then signs and labels as far as they fit.

import type {Sample} from '../../account/flow.ts';
import type {Recovery} from '../../account/recovery.ts';
import {graphTexts, graphWords} from '../../words/catalogue/graph.ts';
import {formatTime} from '../../words/format.ts';
import {textWidth} from '../../words/width.ts';
import {muted, type Style} from '../canvas.ts';
import type {Glyphs} from '../glyphs.ts';
import type {Role} from '../span.ts';
import {roleOf, type View} from '../view.ts';
import {type Axis, shareOf} from './axis.ts';
import type {GraphScene} from './graph-scene.ts';
import type {Curve, Plot} from './plot.ts';
import type {GraphMark} from './series-marks.ts';

export type Axes = {readonly time: Axis; readonly value: Axis};

export type Drawn = {
  readonly plot: Plot;
  readonly scene: GraphScene;
  readonly view: View;
  readonly axes: Axes;
  readonly glyphs: Glyphs;
};

const warning: Style = {role: 'warning', bold: true};

/**
 * Draws a label beside a point of a graph: to the right, above, below or to the left, wherever there is room. It is left out if there is no
 * room, or if it would seem to belong to another point's sign.
 */
export const putLabel = (
  {plot, axes}: Drawn,
  place: {readonly us: number; readonly value: number},
  text: string,
  style: Style = muted,
): void => {
  const column = plot.column(shareOf(axes.time, place.us));
  const row = plot.row(shareOf(axes.value, place.value));
  const before = column - textWidth(text) - 1;
  const tries = [
    [row, column + 2],
    [row - 1, column + 2],
    [row + 1, column + 2],
    [row - 1, before],
    [row, before],
    [row + 1, before],
    [row + 2, column + 2],
    [row - 2, column + 2],
    [row - 2, before],
  ] as const;
  const leadsPastSign = (atRow: number): boolean => {
    const step = Math.sign(atRow - row);
    for (let next = row + step; step !== 0 && next !== atRow + step; next += step)
      if (plot.hasSign(next, column)) return true;
    return false;
  };
  tries.some(([atRow, atColumn]) => !leadsPastSign(atRow) && plot.label(atRow, atColumn, text, style));
};

const putSign = ({plot, axes}: Drawn, place: {us: number; value: number}, text: string, style: Style): void =>
  plot.sign(shareOf(axes.time, place.us), shareOf(axes.value, place.value), text, style);

/**
 * Returns the style, sign and rank of each curve in the graph of sequence numbers; of two curves in a cell, the one with the lower rank is
 * drawn.
 */
const curvesOf = ({view, scene}: Pick<Drawn, 'view' | 'scene'>) => {
  const receiver = roleOf(view, scene.flow.receiver);
  return {
    chosen: {style: {role: 'accent', bold: true, selected: true}, sign: '#', rank: 0},
    data: {style: {role: 'data', bold: true}, sign: '*', rank: 1},
    sacked: {style: {role: receiver, bold: true}, sign: '#', rank: 2},
    acked: {style: {role: receiver}, sign: '.', rank: 3},
    edge: {style: muted, sign: '-', rank: 4},
  } as const satisfies {readonly [name: string]: Curve};
};

const putAcks = (drawn: Drawn): void => {
  const {plot, axes, scene} = drawn;
  const {acked, sacked} = curvesOf(drawn);
  const {acks, nowUs} = scene;
  for (const [index, {atUs, ack, sacks}] of acks.entries()) {
    const next = acks[index + 1];
    const x = shareOf(axes.time, atUs);
    const y = shareOf(axes.value, ack);
    plot.level(x, shareOf(axes.time, next?.atUs ?? Math.max(atUs, nowUs)), y, {curve: acked});
    if (next && next.ack > ack)
      plot.upright(shareOf(axes.time, next.atUs), y, shareOf(axes.value, next.ack), acked);
    for (const {from, to} of sacks)
      plot.upright(x, shareOf(axes.value, from), shareOf(axes.value, to), sacked);
  }
};

/**
 * Returns SND.UNA + SND.WND, the sequence number up to which the receiver permits sending (as tcptrace draws it), counted from the initial
 * one; undefined if the window is unknown.
 */
const edgeOf = ({una, wnd}: Sample): number | undefined => (wnd === undefined ? undefined : una + wnd);

const putEdge = (drawn: Drawn): void => {
  const {to} = drawn.axes.value;
  const within = (sample: Sample): number | undefined => {
    const edge = edgeOf(sample);
    return edge === undefined || edge > to ? undefined : edge;
  };
  putSteps(drawn, within, {curve: curvesOf(drawn).edge, step: dashEvery});
};

/**
 * Returns the time and value at which a mark of the graph is drawn. A loss is drawn at the time at which its packet was sent, because
 * readers look for it there.
 */
const pointOf = ({scene}: Drawn, {packet, atUs, seq}: GraphMark): {us: number; value: number} => {
  const sent = scene.sents.find((each) => each.packet === packet);
  return {us: sent?.atUs ?? atUs, value: seq};
};

/** The number of marks of each kind that get a label in the graph; further ones only have their sign. */
const labelsMost = 2;

export const putSequence = (drawn: Drawn): void => {
  const {plot, axes, scene, glyphs, view} = drawn;
  const {data, chosen} = curvesOf(drawn);
  const packets = scene.marks.filter(({recovery}) => recovery === undefined);
  for (const mark of packets)
    putSign(drawn, pointOf(drawn, mark), mark.kind === 'lost' ? glyphs.lost : glyphs.againMark, warning);
  for (const {atUs, from, to, packet} of scene.sents)
    plot.upright(
      shareOf(axes.time, atUs),
      shareOf(axes.value, from),
      shareOf(axes.value, Math.max(from, to - 1)),
      packet === scene.selected?.packet ? chosen : data,
    );
  putAcks(drawn);
  putEdge(drawn);
  const {lost, again, probe} = graphWords;
  for (const kind of ['lost', 'again', 'probe'] as const)
    for (const mark of packets.filter((each) => each.kind === kind).slice(0, labelsMost)) {
      const said = {seq: scene.seqOf(mark), time: formatTime(mark.atUs)};
      putLabel(drawn, pointOf(drawn, mark), {lost, again, probe}[kind][view.language](said));
    }
  const told = scene.acks.findLast(({sacks}) => sacks.length > 0);
  const block = told?.sacks[0];
  if (told && block)
    putLabel(drawn, {us: told.atUs, value: block.to}, `SACK ${scene.seq(block.from)}-${scene.seq(block.to)}`);
  const last = scene.acks.at(-1);
  if (last)
    putLabel(drawn, {us: Math.max(last.atUs, scene.nowUs), value: last.ack}, `ack ${scene.seq(last.ack)}`);
};

const windowCurves = {
  cwnd: (role: Role): Curve => ({style: {role, bold: true}, sign: '#', rank: 1}),
  flight: {style: {role: 'data'}, sign: '*', rank: 2},
  ssthresh: {style: muted, sign: '.', rank: 3},
  /** The look of the curve for the window that the receiver announced. */
  wnd: (role: Role): Curve => ({style: {role}, sign: '.', rank: 3}),
} as const;

const dashEvery = 3;

/** Draws a quantity over time as steps: each value holds until the next one. */
const putSteps = (
  {plot, axes, scene}: Drawn,
  valueIn: (sample: GraphScene['samples'][number]) => number | undefined,
  options: {readonly curve: Curve; readonly step?: number},
): void => {
  for (const [index, sample] of scene.samples.entries()) {
    const value = valueIn(sample);
    const next = scene.samples[index + 1];
    if (value === undefined || (next && next.atUs < axes.time.from)) continue;
    const y = shareOf(axes.value, value);
    const end = shareOf(axes.time, next?.atUs ?? Math.max(sample.atUs, scene.nowUs));
    plot.level(shareOf(axes.time, sample.atUs), end, y, options);
    const after = next && valueIn(next);
    if (after !== undefined && after !== value && options.step === undefined)
      plot.upright(end, y, shareOf(axes.value, after), options.curve);
  }
};

/** Returns the sample with the largest cwnd during a recovery; `first` is the first sample of that recovery. */
const peakOf = (samples: readonly Sample[], first: Sample, {to}: Recovery): Sample =>
  samples
    .slice(samples.indexOf(first))
    .filter(({n}) => to === undefined || n < to)
    .reduce((most, each) => ((each.cwnd ?? 0) > (most.cwnd ?? 0) ? each : most), first);

/**
 * The bytes in flight get a label in the graph where they clearly differ from cwnd for at least this share (one fifteenth) of the time
 * axis.
 */
const apartShare = 15;

/** Draws the labels on a captured connection in the window graph: on a window of zero, and on a window too large for the graph. */
const toldLabels = (drawn: Drawn): void => {
  const {scene, view, axes, glyphs} = drawn;
  const {samples, flow, number} = scene;
  const told = samples.filter(({atUs}) => atUs >= flow.fromUs);
  const closed = told.filter(({wnd}, index) => wnd === 0 && told[index - 1]?.wnd !== 0);
  for (const {atUs} of closed.slice(0, labelsMost))
    putLabel(drawn, {us: atUs, value: 0}, graphWords.zeroWindow[view.language]);
  const above = told.findLast(({wnd = 0}) => wnd / flow.mss > axes.value.to);
  if (above?.wnd === undefined) return;
  const text = `${glyphs.earlier} snd.wnd ${number(above.wnd / flow.mss)}`;
  putLabel(drawn, {us: axes.time.from, value: axes.value.to}, text);
};

/** Draws the labels in the window graph, such as the cwnd at the beginning of a recovery, each at its place and time. */
const windowLabels = (drawn: Drawn): void => {
  const {scene, view, axes} = drawn;
  const {samples, marks, flow, number} = scene;
  const count = (bytes: number): number => bytes / flow.mss;
  const put = (sample: GraphScene['samples'][number], value: number, text: string): void =>
    putLabel(drawn, {us: sample.atUs, value: count(value)}, text);
  const firstOf = (wanted: GraphMark['kind']) =>
    marks
      .filter(({kind}) => kind === wanted)
      .slice(0, labelsMost)
      .flatMap(({sample, recovery}) => (sample && recovery ? [{sample, recovery}] : []));
  for (const {sample, recovery} of [...firstOf('recovery'), ...firstOf('loss')]) {
    const {cwnd = 0} = sample;
    const {by, duplicates} = recovery;
    put(sample, cwnd, graphWords.recovery[view.language]({by, duplicates}));
    if (by !== 'duplicates') continue;
    const peak = peakOf(samples, sample, recovery);
    const {cwnd: most = 0} = peak;
    if (most > cwnd) put(peak, most, graphWords.peak[view.language]({cwnd: number(count(most))}));
  }
  for (const {sample} of firstOf('over'))
    if (sample.ssthresh !== undefined && sample.cwnd !== undefined && sample.cwnd >= sample.ssthresh)
      put(
        sample,
        sample.cwnd,
        graphWords.avoidance[view.language]({cubic: sample.cubic, cwnd: number(count(sample.cwnd))}),
      );
  const first = samples.findLast(({atUs}) => atUs <= flow.fromUs);
  const begun = scene.nowUs >= flow.fromUs;
  const {cwnd: initial = Number.POSITIVE_INFINITY} = first ?? {};
  if (begun && initial < (first?.ssthresh ?? Number.POSITIVE_INFINITY))
    putLabel(
      drawn,
      {us: flow.fromUs, value: count(initial)},
      graphWords.slowStart[view.language]({from: number(count(initial))}),
    );
  const set = samples.find(({ssthresh}) => ssthresh !== undefined);
  if (set?.ssthresh !== undefined) put(set, set.ssthresh, `ssthresh ${number(count(set.ssthresh))}`);
  const apart = samples.find(({atUs, cwnd = 0, flight}, index) => {
    const lastsUs = (samples[index + 1]?.atUs ?? scene.nowUs) - atUs;
    const isLong = lastsUs * apartShare >= axes.time.to - axes.time.from;
    return (
      atUs > flow.fromUs && flight > 0 && isLong && Math.abs(cwnd - flight) * 5 >= axes.value.to * flow.mss
    );
  });
  if (apart) put(apart, apart.flight, graphTexts.inFlight[view.language]);
};

/** Returns the legend of a graph: the curves and their names. */
export const legendOf = (
  {view, scene}: Pick<Drawn, 'view' | 'scene'>,
  kind: 'sequence' | 'windows',
): readonly {readonly curve: Curve; readonly name: string}[] => {
  const {data, acked, sacked, edge} = curvesOf({view, scene});
  const hasEdge = scene.samples.some((each) => (edgeOf(each) ?? scene.flow.mostBytes) < scene.flow.mostBytes);
  const hasSacks = scene.acks.some(({sacks}) => sacks.length > 0);
  return kind === 'sequence'
    ? [
        {curve: data, name: graphTexts.data[view.language]},
        {curve: acked, name: 'ACK'},
        ...(hasSacks ? [{curve: sacked, name: 'SACK'}] : []),
        ...(hasEdge ? [{curve: edge, name: 'ack+wnd'}] : []),
      ]
    : scene.flow.connection !== undefined
      ? [
          {curve: windowCurves.flight, name: graphTexts.inFlight[view.language]},
          ...(scene.samples.some(({wnd}) => wnd !== undefined)
            ? [{curve: windowCurves.wnd(roleOf(view, scene.flow.receiver)), name: 'snd.wnd'}]
            : []),
        ]
      : [
          {curve: windowCurves.cwnd(roleOf(view, scene.flow.sender)), name: 'cwnd'},
          {curve: windowCurves.flight, name: graphTexts.inFlight[view.language]},
          {curve: windowCurves.ssthresh, name: 'ssthresh'},
        ];
};

export const putWindows = (drawn: Drawn): void => {
  const {scene, view} = drawn;
  const count = (bytes: number | undefined): number | undefined =>
    bytes === undefined ? undefined : bytes / scene.flow.mss;
  if (scene.flow.connection !== undefined) {
    const {to} = drawn.axes.value;
    putSteps(drawn, ({flight}) => count(flight), {curve: windowCurves.flight});
    putSteps(drawn, ({wnd}) => ((wnd ?? 0) / scene.flow.mss > to ? undefined : count(wnd)), {
      curve: windowCurves.wnd(roleOf(view, scene.flow.receiver)),
    });
    toldLabels(drawn);
    return;
  }
  putSteps(drawn, ({cwnd}) => count(cwnd), {curve: windowCurves.cwnd(roleOf(view, scene.flow.sender))});
  putSteps(drawn, ({flight}) => count(flight), {curve: windowCurves.flight});
  putSteps(drawn, ({ssthresh}) => count(ssthresh), {curve: windowCurves.ssthresh, step: dashEvery});
  windowLabels(drawn);
};
