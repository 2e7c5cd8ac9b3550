// The quiz: a question, or the result of a round.
import type {Language} from '../../lesson/lesson.ts';
import type {Glyphs} from '../../present/glyphs.ts';
import type {KeyHint} from '../../present/key-line.ts';
import type {Note} from '../../present/note.ts';
import {questionScreen} from '../../present/quiz/quiz-screen.ts';
import {resultScreen} from '../../present/quiz/result-screen.ts';
import type {OpenQuiz} from '../quiz-round.ts';
import type {Size} from '../screen-output.ts';
import type {Theme} from '../theme.ts';
import {Lines} from './lines.tsx';

type Props = {
  readonly quiz: OpenQuiz;
  readonly language: Language;
  readonly note: Note | undefined;
  readonly size: Size;
  readonly theme: Theme;
  readonly glyphs: Glyphs;
  readonly keyHints: readonly KeyHint[];
};

export function Quiz({quiz: {round, state}, language, note, size, theme, glyphs, keyHints}: Props) {
  const look = {...size, glyphs, keyHints, language, reference: round.reference, note};
  const lines = state.phase === 'result' ? resultScreen(state, look) : questionScreen(state, look);
  return <Lines lines={lines} theme={theme} />;
}
