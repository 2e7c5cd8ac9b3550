// The help page: the key table of ui, and the signs of the screen (screens.md 5 (o)).
import type {Language} from '../lesson/lesson.ts';
import type {Glyphs} from './glyphs.ts';
import type {Line} from './span.ts';

export type HelpOptions = {
  readonly columns: number;
  readonly rows: number;
  readonly glyphs: Glyphs;
  readonly language: Language;
  /** What the keys are for, at the right of the heading. */
  readonly context: string;
  readonly keys: readonly {readonly key: string; readonly label: string}[];
};

export const helpScreen = (options: HelpOptions): Line[] =>
  Array.from({length: options.rows}, () => [{text: options.context, role: 'text' as const}]);
