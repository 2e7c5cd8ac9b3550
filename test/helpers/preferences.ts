// What somebody who has set nothing sees.
import type {Preferences} from '../../source/ui/preferences.ts';

export const preferences: Preferences = {
  language: 'en',
  theme: 'dark',
  ascii: false,
  graphs: 'braille',
  motion: 'none',
  mouse: false,
  screenReader: false,
};
