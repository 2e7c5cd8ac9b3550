// One instant as a whole screen: exactly `rows` lines, none wider than `columns`.
import {type Glyphs, unicodeGlyphs} from './glyphs.ts';
import type {Scene} from './scene.ts';
import type {Line} from './span.ts';

export type KeyHint = {readonly key: string; readonly label: string};

export type ScreenOptions = {
  readonly columns: number;
  readonly rows: number;
  readonly glyphs: Glyphs;
  /** Most important first; what does not fit is left out. */
  readonly keyHints: readonly KeyHint[];
};

export const screen = (_scene: Scene, options: ScreenOptions): Line[] =>
  Array.from({length: options.rows}, () => [{text: unicodeGlyphs.space, role: 'text' as const}]);
