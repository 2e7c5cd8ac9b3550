// The reader's place in the run as a value (step, speed, chosen packet and row), and the function that applies a reader's action to it.
import {type Language, packets, stepAt, steps} from './run.ts';

const speeds: readonly number[] = [0.25, 0.5, 1, 2, 4, 8];

export type Place = {
  /** The index of the run's step that the page shows. */
  readonly step: number;
  readonly playing: boolean;
  readonly speed: number;
  readonly language: Language;
  /** The number of the packet that the reader has chosen; undefined while the newest packet is shown. */
  readonly packet: number | undefined;
  /** The index of the row that is chosen in the page's inspector; undefined if none is. */
  readonly row: number | undefined;
};

export type Wish =
  | {readonly kind: 'goTo'; readonly step: number}
  | {readonly kind: 'step' | 'beat' | 'packet' | 'speed'; readonly by: 1 | -1}
  | {readonly kind: 'setSpeed'; readonly speed: number}
  | {readonly kind: 'start' | 'end' | 'togglePlay' | 'next' | 'language'}
  | {readonly kind: 'choose'; readonly packet: number}
  | {readonly kind: 'row'; readonly row: number};

const last = steps.length - 1;

/** Returns the number of the packet whose octets the page shows; 0 if none has been sent yet. */
export const packetShown = ({packet, step}: Place): number => packet ?? stepAt(step).packet;

const at = (place: Place, step: number): Place => ({
  ...place,
  step: Math.min(last, Math.max(0, step)),
  packet: undefined,
  row:
    place.packet === undefined && stepAt(step).packet === stepAt(place.step).packet ? place.row : undefined,
});

/**
 * Returns the nearest step of the exported page, forward or backward, at which a narration begins; the last or the first step if there is
 * none.
 */
const beatFrom = (step: number, by: 1 | -1): number => {
  for (let index = step + by; index > 0 && index < last; index += by)
    if (stepAt(index).holdMs !== undefined) return index;
  return by > 0 ? last : 0;
};

const besidePacket = (place: Place, by: 1 | -1): Place => {
  const newest = Math.min(packets.length, stepAt(place.step).packet);
  const packet = Math.min(newest, Math.max(1, packetShown(place) + by));
  return newest === 0 ? place : {...place, packet, row: undefined, playing: false};
};

const fasterBy = (place: Place, by: 1 | -1): Place => {
  const index = speeds.indexOf(place.speed) + by;
  return {...place, speed: speeds[index] ?? place.speed};
};

export const after = (place: Place, wish: Wish): Place => {
  const still: Place = {...place, playing: false};
  switch (wish.kind) {
    case 'goTo':
      return at(still, wish.step);
    case 'step':
      return at(still, place.step + wish.by);
    case 'beat':
      return at(still, beatFrom(place.step, wish.by));
    case 'start':
      return at(still, 0);
    case 'end':
      return at(still, last);
    case 'packet':
      return besidePacket(place, wish.by);
    case 'choose':
      return {...still, packet: wish.packet, row: undefined};
    case 'row':
      return {...still, row: wish.row};
    case 'speed':
      return fasterBy(place, wish.by);
    case 'setSpeed':
      return {...place, speed: wish.speed};
    case 'language':
      return {...place, language: place.language === 'en' ? 'zh' : 'en'};
    case 'togglePlay':
      if (place.playing) return still;
      return {...(place.step >= last ? at(place, 0) : place), playing: true, packet: undefined};
    // The timer of playback sends this action when the next step is due.
    case 'next': {
      const next = at(place, place.step + 1);
      return {...next, playing: place.playing && next.step < last};
    }
  }
};
