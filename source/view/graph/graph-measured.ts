// Draws the graphs of measurements: bits per second over time, and round-trip times over time.

import type {Flow} from '../../account/flow.ts';
import type {Language} from '../../lesson/text.ts';
import {oncePer} from '../../wire/once-per.ts';
import {graphTexts} from '../../words/catalogue/graph.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {roleOf} from '../view.ts';
import {type Axis, axisOf, shareOf} from './axis.ts';
import {type Drawn, putLabel} from './graph-curves.ts';
import {type Rate, ratesIn, roundTripsIn, stretchOf} from './measured.ts';
import type {Curve} from './plot.ts';

export type MeasuredKind = 'throughput' | 'rtt';

/**
 * Returns the largest bit rate and the largest round-trip time of the whole run. The axes use them, so that they are not rescaled while the
 * run plays.
 */
const mostOf = oncePer((flow: Flow): {readonly bits: number; readonly us: number} => ({
  bits: ratesIn(flow, flow).reduce((most, {sent, acked}) => Math.max(most, sent, acked), 1),
  us: roundTripsIn(flow).reduce((most, {us}) => Math.max(most, us), 1),
}));

/**
 * The least number of a unit, such as kbit/s, that the largest value must reach for the axis to be in that unit; otherwise the axis is in a
 * smaller unit.
 */
const fewest = 10;

const units = {
  throughput: [
    {name: 'bit/s', size: 1},
    {name: 'kbit/s', size: 1000},
    {name: 'Mbit/s', size: 1_000_000},
  ],
  rtt: [
    {name: 'µs', size: 1},
    {name: 'ms', size: 1000},
    {name: 's', size: 1_000_000},
  ],
} as const;

const unitOf = (flow: Flow, kind: MeasuredKind) => {
  const most = mostOf(flow)[kind === 'rtt' ? 'us' : 'bits'];
  return units[kind].findLast(({size}) => most >= fewest * size) ?? units[kind][0];
};

export const measuredHeading = (flow: Flow, kind: MeasuredKind, language: Language): string =>
  [graphTexts[kind][language], unitOf(flow, kind).name].join(punctuation.comma[language]);

export const measuredAxis = (flow: Flow, kind: MeasuredKind, ticks: number): Axis =>
  axisOf(0, mostOf(flow)[kind === 'rtt' ? 'us' : 'bits'] / unitOf(flow, kind).size, ticks);

const measuredCurves = ({view, scene}: Pick<Drawn, 'view' | 'scene'>) =>
  ({
    sent: {style: {role: 'data', bold: true}, sign: '*', rank: 1},
    acked: {style: {role: roleOf(view, scene.flow.receiver)}, sign: '.', rank: 2},
    roundTrip: {style: {role: 'data', bold: true}, sign: '*', rank: 1},
  }) as const satisfies {readonly [name: string]: Curve};

export const measuredLegend = (
  {view, scene}: Pick<Drawn, 'view' | 'scene'>,
  kind: MeasuredKind,
): readonly {readonly curve: Curve; readonly name: string}[] => {
  const {sent, acked} = measuredCurves({view, scene});
  if (kind === 'rtt') return [];
  return [
    {curve: sent, name: graphTexts.sent[view.language]},
    {curve: acked, name: graphTexts.acknowledged[view.language]},
  ];
};

const putRates = (drawn: Drawn, bitsOf: (rate: Rate) => number, curve: Curve): void => {
  const {plot, axes, scene} = drawn;
  const {size} = unitOf(scene.flow, 'throughput');
  const stretchUs = stretchOf(scene.flow);
  let before: number | undefined;
  for (const rate of ratesIn(scene, scene.flow)) {
    if (rate.atUs > scene.nowUs) break;
    const y = shareOf(axes.value, bitsOf(rate) / size);
    const x = shareOf(axes.time, rate.atUs);
    if (before !== undefined) plot.upright(x, before, y, curve);
    plot.level(x, shareOf(axes.time, Math.min(scene.nowUs, rate.atUs + stretchUs)), y, {curve});
    before = y;
  }
};

const putRoundTrips = (drawn: Drawn, curve: Curve): void => {
  const {plot, axes, scene} = drawn;
  const {size} = unitOf(scene.flow, 'rtt');
  const heard = new Set(scene.acks.map(({n}) => n));
  const seen = new Set(scene.sents.map((each) => each.packet));
  const all = roundTripsIn(scene.flow).filter(({n, packet}) => heard.has(n) && seen.has(packet));
  const place = ({atUs, us}: {atUs: number; us: number}) => ({us: atUs, value: us / size});
  for (const each of all) {
    const x = shareOf(axes.time, each.atUs);
    plot.level(x, x, shareOf(axes.value, each.us / size), {curve});
  }
  const [first, ...others] = all.toSorted((a, b) => a.us - b.us);
  const last = others.at(-1);
  for (const each of [first, last]) if (each) putLabel(drawn, place(each), scene.time(each.us));
};

export const putMeasured = (drawn: Drawn, kind: MeasuredKind): void => {
  const {sent, acked, roundTrip} = measuredCurves(drawn);
  if (kind === 'rtt') putRoundTrips(drawn, roundTrip);
  else {
    putRates(drawn, (rate) => rate.sent, sent);
    putRates(drawn, (rate) => rate.acked, acked);
  }
};
