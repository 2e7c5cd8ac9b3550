// When the events of a script are due. A relative time counts from now; between packets that are injected one after the other, from the
// instant that the script says (pd/run.c, adjust_relative_event_times).
import type {TimeRange} from './failure.ts';
import type {ScriptEvent} from './script.ts';

const standardToleranceUs = 4000;
/** Of the distance to the event before, where that is more. */
const toleranceShare = 0.125;

export const shareOf = (distanceUs: number, share = toleranceShare): number =>
  Math.floor(share * Math.max(0, distanceUs));

export class Timing {
  toleranceUs = standardToleranceUs;
  /** Of the distance to the event before. */
  share = toleranceShare;
  /** Scripted time of the event before. */
  #previousUs = 0;
  #injected = false;

  /** Takes the event as the one that comes next. */
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
