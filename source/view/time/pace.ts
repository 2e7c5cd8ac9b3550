// Viewing time: how long the eye gets for what takes microseconds or minutes (screens.md §3). Looking things up in it.
import {bisect} from '../../account/entries.ts';
import type {TcpState} from '../../stack/tcp/states.ts';
import type {Growth} from '../../wire/grown-per.ts';

/** Idle time that is skipped: one row of the ladder. */
export type Gap = {
  readonly fromUs: number;
  readonly toUs: number;
  /** The moment after which it lies. */
  readonly moment: number;
};

/** Something of note on the timeline, at the moment where it becomes visible. */
export type Mark = {readonly kind: 'state' | 'lost' | 'again'; readonly moment: number};

/** A change of state; `quiet`: by a call or a timer alone, no packet left or landed. */
export type StateChange = {
  readonly host: string;
  readonly connection: string;
  readonly state: TcpState;
  readonly event: number;
  readonly moment: number;
  readonly quiet: boolean;
};

/**
 * One run laid out in viewing time, in ms from its opening. Moment 0 is before anything happened; each later one is a place
 * where something becomes visible: an instant, or its consequences 250 ms after what caused them.
 */
export type Pacing = {
  /** Of a capture in the making. */
  readonly growth?: Growth;
  readonly durationMs: number;
  readonly moments: number;
  /** By moment: where it stands in viewing time (rising strictly), in simulated time, and on the timeline's scale. */
  readonly viewMs: Float64Array;
  readonly atUs: Float64Array;
  /** Viewing time without lead and holds: the scale of the timeline. */
  readonly scaleMs: Float64Array;
  /** By moment: the last event that is visible, and the last packet that has left as all before it have. */
  readonly event: Uint32Array;
  readonly sent: Uint32Array;
  /** By moment: what a flight in the air after it takes in all, in ms; 0: nothing flies. */
  readonly flightMs: Float64Array;
  /** Moments at rest, rising: where steps end. */
  readonly stops: Uint32Array;
  readonly gaps: readonly Gap[];
  readonly marks: readonly Mark[];
  /** In the order of events. */
  readonly changes: readonly StateChange[];
};

/** `array[index]`, where the index is known to be inside. */
export const at = (array: Float64Array | Uint32Array, index: number): number => array[index] ?? 0;

/** The last moment at or before `viewMs`. */
export const momentAt = (pacing: Pacing, viewMs: number): number =>
  Math.max(0, bisect(pacing.moments, (index) => at(pacing.viewMs, index) > viewMs) - 1);

/** The moment at which event `n` becomes visible. */
export const momentOf = (pacing: Pacing, n: number): number =>
  Math.min(
    pacing.moments - 1,
    bisect(pacing.moments, (index) => at(pacing.event, index) >= n),
  );

export const viewOf = (pacing: Pacing, n: number): number => at(pacing.viewMs, momentOf(pacing, n));

/** The same as far as event `n` is visible, and nothing of what comes then. */
export const pacingUntil = (pacing: Pacing, n: number): Pacing => {
  const last = momentOf(pacing, n);
  const isShown = ({moment}: {readonly moment: number}): boolean => moment <= last;
  return {
    ...pacing,
    durationMs: at(pacing.viewMs, last),
    moments: last + 1,
    stops: new Uint32Array([...pacing.stops.filter((moment) => moment < last), last]),
    gaps: pacing.gaps.filter(({moment}) => moment < last),
    marks: pacing.marks.filter(isShown),
    changes: pacing.changes.filter(isShown),
  };
};

export const gapAfter = (pacing: Pacing, moment: number): Gap | undefined => {
  const gap = pacing.gaps[bisect(pacing.gaps.length, (index) => (pacing.gaps[index]?.moment ?? 0) >= moment)];
  return gap?.moment === moment ? gap : undefined;
};

const gapSteps = 10;

const share = (pacing: Pacing, moment: number, viewMs: number): number => {
  const from = at(pacing.viewMs, moment);
  const to = moment + 1 < pacing.moments ? at(pacing.viewMs, moment + 1) : from;
  return to > from ? Math.min(1, Math.max(0, (viewMs - from) / (to - from))) : 0;
};

const between = (array: Float64Array, moment: number, part: number): number => {
  const from = at(array, moment);
  return from + ((array[moment + 1] ?? from) - from) * part;
};

/** Simulated time at a place in viewing time; a gap goes by in ten steps. */
export const usAt = (pacing: Pacing, viewMs: number): number => {
  const moment = momentAt(pacing, viewMs);
  const part = share(pacing, moment, viewMs);
  return between(
    pacing.atUs,
    moment,
    gapAfter(pacing, moment) ? Math.floor(part * gapSteps) / gapSteps : part,
  );
};

/** The first place in viewing time that shows the simulated time `us`. */
export const msAt = (pacing: Pacing, us: number): number => {
  const after = bisect(pacing.moments, (index) => at(pacing.atUs, index) >= us);
  if (after === 0) return 0;
  if (after >= pacing.moments) return pacing.durationMs;
  const from = at(pacing.atUs, after - 1);
  return between(pacing.viewMs, after - 1, (us - from) / (at(pacing.atUs, after) - from));
};

/** 0 … 1 along the timeline. */
export const timelineShare = (pacing: Pacing, viewMs: number): number => {
  const whole = at(pacing.scaleMs, pacing.moments - 1);
  const moment = momentAt(pacing, viewMs);
  return whole === 0 ? 0 : between(pacing.scaleMs, moment, share(pacing, moment, viewMs)) / whole;
};

/** The place in viewing time that is so far along the timeline. */
export const msAtShare = (pacing: Pacing, part: number): number => {
  const wanted = part * at(pacing.scaleMs, pacing.moments - 1);
  const after = bisect(pacing.moments, (index) => at(pacing.scaleMs, index) >= wanted);
  if (after === 0) return 0;
  if (after >= pacing.moments) return pacing.durationMs;
  const [from, to] = [at(pacing.scaleMs, after - 1), at(pacing.scaleMs, after)];
  return between(pacing.viewMs, after - 1, (wanted - from) / (to - from));
};
