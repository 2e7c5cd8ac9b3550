// The list of the settings, and the next value of each.
import {asciiGlyphs, blockGlyphs, type Glyphs, graphForms, unicodeGlyphs} from '../view/glyphs.ts';
import {motions} from '../view/time/playback-state.ts';
import {inEvery, languages} from '../words/catalogue/language.ts';
import {languageNames} from '../words/catalogue/menu.ts';
import {themeNames} from './palettes.ts';
import {type Preferences, reasonDepths} from './preferences.ts';

export const settingIds = [
  'language',
  'theme',
  'motion',
  'allValues',
  'reasons',
  'ascii',
  'graphs',
  'mouse',
  'screenReader',
] as const;
export type SettingId = (typeof settingIds)[number];

function following<T>(all: readonly T[], one: T): T {
  return all[(all.indexOf(one) + 1) % all.length] ?? one;
}

/** The name of the language to which the `t` key changes, in each language; each name is in the language that it names. */
export const nextLanguage = inEvery((language) => languageNames[following(languages, language)]);

/** Returns the change that gives a setting its next value; the first one follows the last. */
export function changeSetting(id: SettingId, preferences: Preferences): Partial<Preferences> {
  switch (id) {
    case 'language':
      return {language: following(languages, preferences.language)};
    case 'theme':
      return {theme: following(themeNames, preferences.theme)};
    case 'motion':
      return {motion: following(motions, preferences.motion)};
    case 'allValues':
      return {allValues: preferences.allValues !== true};
    case 'reasons':
      return {reasons: following(reasonDepths, preferences.reasons ?? reasonDepths[0])};
    case 'ascii':
      return {ascii: !preferences.ascii};
    case 'graphs':
      return {graphs: following(graphForms, preferences.graphs)};
    case 'mouse':
      return {mouse: !preferences.mouse};
    case 'screenReader':
      return {screenReader: !preferences.screenReader};
  }
}

/** Returns the set of glyphs for the screen. */
export function glyphsOf({ascii, graphs}: Preferences): Glyphs {
  if (ascii) return asciiGlyphs;
  return graphs === 'blocks' ? blockGlyphs : unicodeGlyphs;
}
