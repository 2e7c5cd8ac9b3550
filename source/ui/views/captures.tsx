// The page that opens a capture.
import type {Language} from '../../lesson/lesson.ts';
import {capturesScreen} from '../../present/captures/captures-screen.ts';
import type {CapturesState} from '../../present/captures/captures-state.ts';
import type {Glyphs} from '../../present/glyphs.ts';
import type {KeyHint} from '../../present/key-line.ts';
import type {Note} from '../../present/note.ts';
import type {Size} from '../screen-output.ts';
import type {Theme} from '../theme.ts';
import {Lines} from './lines.tsx';

type Props = {
  readonly captures: CapturesState;
  readonly isOpening: boolean;
  readonly language: Language;
  readonly note: Note | undefined;
  readonly size: Size;
  readonly theme: Theme;
  readonly glyphs: Glyphs;
  readonly keyHints: readonly KeyHint[];
};

export function Captures({captures, size, theme, ...look}: Props) {
  return <Lines lines={capturesScreen(captures, {...size, ...look})} theme={theme} />;
}
