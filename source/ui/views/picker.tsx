// What is in a capture.
import type {Language, Text} from '../../lesson/lesson.ts';
import type {Glyphs} from '../../present/glyphs.ts';
import type {KeyHint} from '../../present/key-line.ts';
import {type PickerNote, pickerScreen} from '../../present/picker/picker-screen.ts';
import {pickerWords} from '../../present/text/picker.ts';
import type {OpenPicker} from '../picker.ts';
import type {Size} from '../screen-output.ts';
import type {Theme} from '../theme.ts';
import {Lines} from './lines.tsx';

type Props = {
  readonly picker: OpenPicker;
  readonly isOpening: boolean;
  readonly language: Language;
  readonly message: Text | undefined;
  readonly size: Size;
  readonly theme: Theme;
  readonly glyphs: Glyphs;
  readonly keyHints: readonly KeyHint[];
};

const noteOf = (
  message: Text | undefined,
  done: Text | undefined,
  language: Language,
): PickerNote | undefined => {
  if (message !== undefined) return {text: message[language], good: false};
  return done && {text: done[language], good: true};
};

export function Picker({
  picker: {state, done},
  isOpening,
  language,
  message,
  size,
  theme,
  glyphs,
  keyHints,
}: Props) {
  const note = noteOf(message, isOpening ? pickerWords.opening : done, language);
  return <Lines lines={pickerScreen(state, {...size, glyphs, keyHints, language, note})} theme={theme} />;
}
