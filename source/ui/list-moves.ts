// The keys of every list of a page: where they lead its mark, and how the key table tells of them.
import type {Action} from './key-entry.ts';

type MarkedList = {
  readonly marked: number;
  readonly length: number;
  /** How many rows a page goes on by. */
  readonly page?: number;
};

/** Where the mark goes, one by one round and round; undefined: the key moves none. */
export const movedMark = (action: Action, {marked, length, page = 1}: MarkedList): number | undefined => {
  const within = (index: number): number => Math.max(0, Math.min(length - 1, index));
  switch (action) {
    case 'listUp':
      return marked > 0 ? within(marked - 1) : within(length - 1);
    case 'listDown':
      return marked < length - 1 ? within(marked + 1) : 0;
    case 'listPageUp':
      return within(marked - page);
    case 'listPageDown':
      return within(marked + page);
    case 'listFirst':
      return within(0);
    case 'listLast':
      return within(length - 1);
    default:
      return undefined;
  }
};

/** By one row. */
export const markKeys = {
  keys: {up: 'listUp', k: 'listUp', down: 'listDown', j: 'listDown'},
  sign: '↑ ↓',
} as const;

/** By as many as the screen shows. */
export const pageKeys = {
  keys: {'page-up': 'listPageUp', 'page-down': 'listPageDown'},
  sign: 'PgUp PgDn',
} as const;

/** To both ends. */
export const endKeys = {
  keys: {home: 'listFirst', g: 'listFirst', end: 'listLast', G: 'listLast'},
  sign: 'g G',
} as const;
