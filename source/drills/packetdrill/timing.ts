// Computes when the events of a packetdrill script are due. A relative time counts from now; after an injected packet, another's counts
// from the first one's scripted time (pd/run.c, adjust_relative_event_times).
import type {TimeRange} from './failure.ts';
import type {ScriptEvent} from './script.ts';

const standardToleranceUs = 4000;
/**
 * The tolerance for an event's time as a share of the time since the previous event; it applies if it is longer than the fixed tolerance.
 */
const toleranceShare = 0.125;

export const shareOf = (distanceUs: number, share = toleranceShare): number =>
  Math.floor(share * Math.max(0, distanceUs));

export class Timing {
  toleranceUs = standardToleranceUs;
  /** The tolerance for an event's time, as a share of the time since the previous event. */
  share = toleranceShare;
  /** The time in µs that the script gives for the previous event. */
  #previousUs = 0;
  #injected = false;

  /** Returns the time range in which the script's next event has to happen, with its tolerance. */
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
