// Computes the axes of graphs: round numbers that are fixed for the whole run, so that nothing is rescaled while it plays.

/** The axis of a graph: its rounded ends, and the distance between its ticks. */
export type Axis = {readonly from: number; readonly to: number; readonly step: number};

/** Returns the smallest number of the series 1, 2, 5, 10, 20, 50 … that is at least `least`. */
const roundStep = (least: number): number => {
  let unit = 1;
  while (unit * 10 <= least) unit *= 10;
  return [1, 2, 5].map((times) => times * unit).find((step) => step >= least) ?? unit * 10;
};

/**
 * Returns an axis from `from` to `to`, rounded to whole ticks. The distance between ticks is a round whole number, and there are at most
 * `most` intervals.
 */
export const axisOf = (from: number, to: number, most: number): Axis => {
  const between = (step: number): Axis => {
    const start = Math.floor(from / step) * step;
    return {from: start, to: start + Math.max(1, Math.ceil((to - start) / step)) * step, step};
  };
  let axis = between(roundStep(Math.max(1, (to - from) / most)));
  while ((axis.to - axis.from) / axis.step > most) axis = between(roundStep(axis.step + 1));
  return axis;
};

const nextFiner = (step: number): number => roundStep(step / 2.5);

/**
 * Returns an axis that need not end at ticks: its ends are within a twentieth of the range of `from` and `to`. It has at least two ticks,
 * because one alone shows no scale.
 */
export const closeAxisOf = (from: number, to: number, most: number): Axis => {
  const fine = axisOf(from, to, 20);
  const between = (step: number): Axis => ({from: fine.from, to: fine.to, step});
  let axis = between(axisOf(from, to, most).step);
  while (axis.step > fine.step && ticksOf(axis).length < 2) axis = between(nextFiner(axis.step));
  return axis;
};

/** Returns an axis from 0 to the next tick after `to`. If more than a third of it would be empty, it ends closer to `to`. */
export const filledAxisOf = (to: number, most: number): Axis => {
  const axis = axisOf(0, to, most);
  return 3 * to < 2 * axis.to ? closeAxisOf(0, to, most) : axis;
};

export const ticksOf = ({from, to, step}: Axis): number[] => {
  const first = Math.ceil(from / step) * step;
  return Array.from({length: Math.floor((to - first) / step) + 1}, (_, index) => first + index * step);
};

export const shareOf = ({from, to}: Axis, value: number): number =>
  Math.max(0, Math.min(1, (value - from) / (to - from)));

/** Formats the number at a tick of an axis: as `150k` if all ticks are thousands. */
export const countText = (value: number, step: number): string =>
  step % 1000 === 0 && value !== 0 ? `${value / 1000}k` : String(value);

/** Tells whether the time axis of a run that ends at `us` uses ms, as the ladder does, because seconds would need two decimals. */
export const isShort = (us: number): boolean => us < 500_000;

/** Formats a time in µs as seconds or ms without the unit, with as many decimals as the step needs. */
export const timeText = (us: number, axis: Axis): string => {
  const places = isShort(axis.to) ? 3 : 6;
  const digits = String(Math.abs(Math.round(us))).padStart(places + 1, '0');
  const needed = places - (String(axis.step).match(/0*$/)?.[0].length ?? 0);
  const whole = digits.slice(0, -places);
  return needed <= 0
    ? whole
    : `${whole}.${digits.slice(-places, needed === places ? undefined : needed - places)}`;
};
