// Computes when the events of a script are due. A relative time counts from now, or between packets that are injected one after the other,
// from the instant in the script (pd/run.c, adjust_relative_event_times).
import type {TimeRange} from './failure.ts';
import type {ScriptEvent} from './script.ts';

const standardToleranceUs = 4000;
/** The tolerance as a share of the distance to the previous event, if that is more. */
const toleranceShare = 0.125;

export const shareOf = (distanceUs: number, share = toleranceShare): number =>
  Math.floor(share * Math.max(0, distanceUs));

export class Timing {
  toleranceUs = standardToleranceUs;
  /** The share of the distance to the previous event. */
  share = toleranceShare;
  /** The scripted time of the previous event. */
  #previousUs = 0;
  #injected = false;

  /** Returns the range of time in which the next event has to happen. */
  rangeOf({time, action}: ScriptEvent, nowUs: number): TimeRange {
    const injects = action.kind === 'inject' || action.kind === 'icmp';
    const baseUs = injects && this.#injected ? this.#previousUs : nowUs;
    const fromUs = time.kind === 'any' ? nowUs : time.us + (time.kind === 'relative' ? baseUs : 0);
    const lengthUs = time.kind !== 'any' && time.untilUs !== undefined ? time.untilUs - time.us : 0;
    const toleranceUs = Math.max(this.toleranceUs, shareOf(fromUs - this.#previousUs, this.share));
    this.#previousUs = fromUs;
    this.#injected = injects;
    return {fromUs, untilUs: fromUs + lengthUs, toleranceUs};
  }
}
