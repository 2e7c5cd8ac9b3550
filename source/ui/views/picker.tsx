// What is in a capture.
import type {Language} from '../../lesson/lesson.ts';
import type {Glyphs} from '../../present/glyphs.ts';
import type {KeyHint} from '../../present/key-line.ts';
import type {Note} from '../../present/note.ts';
import {exportScreen} from '../../present/picker/export-screen.ts';
import {pickerScreen} from '../../present/picker/picker-screen.ts';
import {exportWords} from '../../present/text/export-form.ts';
import {pickerWords} from '../../present/text/picker.ts';
import type {OpenPicker} from '../picker.ts';
import type {Size} from '../screen-output.ts';
import type {Theme} from '../theme.ts';
import {Lines} from './lines.tsx';

type Props = {
  readonly picker: OpenPicker;
  readonly isOpening: boolean;
  readonly language: Language;
  readonly note: Note | undefined;
  readonly size: Size;
  readonly theme: Theme;
  readonly glyphs: Glyphs;
  readonly keyHints: readonly KeyHint[];
};

export function Picker({
  picker: {state, form},
  isOpening,
  language,
  note,
  size,
  theme,
  glyphs,
  keyHints,
}: Props) {
  const look = {...size, glyphs, keyHints, language, note};
  if (form) {
    const under = isOpening ? exportWords.writing[language] : undefined;
    return <Lines lines={exportScreen(form, {...look, under})} theme={theme} />;
  }
  const under = isOpening ? pickerWords.opening[language] : undefined;
  return <Lines lines={pickerScreen(state, {...look, under})} theme={theme} />;
}
