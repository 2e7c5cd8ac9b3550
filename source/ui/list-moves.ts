// The keys by which all lists on pages move their mark, and what they do.
import type {Action} from './key-entry.ts';

type MarkedList = {
  readonly marked: number;
  readonly length: number;
  /** The number of rows by which a page key moves the mark. @default 1 */
  readonly page?: number;
};

/** Returns the index to which a key moves the mark (moving by one, the first row follows the last); undefined if the key moves no mark. */
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

/** The keys that move a list's mark by one row, and their sign, for an entry of the key table. */
export const markKeys = {
  keys: {up: 'listUp', k: 'listUp', down: 'listDown', j: 'listDown'},
  sign: '↑ ↓',
} as const;

/** The keys that move a list's mark by as many rows as the screen shows, and their sign, for an entry of the key table. */
export const pageKeys = {
  keys: {'page-up': 'listPageUp', 'page-down': 'listPageDown'},
  sign: 'PgUp PgDn',
} as const;

/** The keys that move a list's mark to the first or last row, and their sign, for an entry of the key table. */
export const endKeys = {
  keys: {home: 'listFirst', g: 'listFirst', end: 'listLast', G: 'listLast'},
  sign: 'g G',
} as const;
