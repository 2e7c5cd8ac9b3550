// The path between kernel and machine, in real time: loses, delays and lets packets overtake each other, from a seed.
import {hashOf} from '../../../source/sim/chance.ts';
import type {Path} from './job.ts';

export type Lane = {readonly lost: () => number; readonly put: (packet: Uint8Array) => void};

/** One direction. A packet's fate depends on the seed, the direction and how many went before. */
export const laneOf = (
  path: Path,
  identity: {readonly seed: number; readonly direction: string},
  deliver: (packet: Uint8Array) => void,
): Lane => {
  let count = 0;
  let lost = 0;
  const happens = (what: string, probability: number): boolean =>
    hashOf(identity.seed, identity.direction, what, count) < probability * 2 ** 32;
  const put = (packet: Uint8Array): void => {
    count += 1;
    if (happens('loss', path.loss)) lost += 1;
    else {
      const delayMs = path.delayMs + (happens('late', path.late) ? path.lateMs : 0);
      setTimeout(deliver, delayMs, packet);
    }
  };
  return {lost: () => lost, put};
};
