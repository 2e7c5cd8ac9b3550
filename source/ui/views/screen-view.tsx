// Which screen is on top.
import {noteOf} from '../../present/note.ts';
import {learnerPageScreen} from '../../present/quiz/learner-page.ts';
import type {AppState, Mark} from '../app-state.ts';
import {keyContext} from '../key-context.ts';
import {keyHints} from '../key-hints.ts';
import type {Size} from '../screen-output.ts';
import {glyphsOf} from '../settings.ts';
import {type ColourDepth, themeOf} from '../theme.ts';
import {Captures} from './captures.tsx';
import {Help} from './help.tsx';
import {Lines} from './lines.tsx';
import {Menu} from './menu.tsx';
import {Picker} from './picker.tsx';
import {Player} from './player.tsx';
import {Quiz} from './quiz.tsx';
import {Settings} from './settings.tsx';

type Props = {
  readonly state: AppState;
  readonly size: Size;
  readonly colours: ColourDepth;
  readonly onMark: (row: Mark) => void;
  readonly onChoose: (row: Mark) => void;
  readonly crashForTest: boolean;
};

export function ScreenView({state, size, colours, onMark, onChoose, crashForTest}: Props) {
  if (crashForTest) throw new Error('a view failed, as the test asked');
  const {preferences, player, message, notice} = state;
  const theme = themeOf(preferences.theme, colours);
  const glyphs = glyphsOf(preferences);
  const note = noteOf(message ?? notice, preferences.language);
  const common = {size, theme, glyphs, keyHints: keyHints(state, size)};
  if (keyContext(state) === 'help') return <Help state={state} {...common} />;
  if (state.screen === 'player' && player !== undefined) {
    return <Player player={player} message={message ?? notice} {...common} />;
  }
  if (state.screen === 'quiz' && state.quiz !== undefined)
    return <Quiz quiz={state.quiz} language={preferences.language} note={note} {...common} />;
  if (state.screen === 'picker' && state.picker !== undefined)
    return (
      <Picker
        isOpening={state.opening !== undefined}
        picker={state.picker}
        language={preferences.language}
        note={note}
        {...common}
      />
    );
  if (state.screen === 'captures' && state.captures !== undefined)
    return (
      <Captures
        captures={state.captures}
        isOpening={state.opening !== undefined}
        language={preferences.language}
        note={note}
        {...common}
      />
    );
  if (state.screen === 'page' && state.page !== undefined) {
    const {language} = preferences;
    const lines = learnerPageScreen(state.page, {
      ...size,
      glyphs,
      keyHints: common.keyHints,
      language,
      note,
    });
    return <Lines lines={lines} theme={theme} />;
  }
  const list = {state, onMark, onChoose, ...common};
  return state.screen === 'settings' ? <Settings {...list} /> : <Menu {...list} />;
}
