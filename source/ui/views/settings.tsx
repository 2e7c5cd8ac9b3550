// Settings: one row each, and a sample of what they look like.

import {Box} from 'ink';
import type {Glyphs} from '../../view/glyphs.ts';
import type {KeyHint} from '../../view/key-line.ts';
import type {Line} from '../../view/span.ts';
import {settingsTitle} from '../../words/catalogue/menu.ts';
import type {Mark} from '../app-keys.ts';
import type {AppState} from '../app-state.ts';
import type {Preferences} from '../preferences.ts';
import {blank, bold, keyLine, type ListRow, listRow, span, wholeOrNothing} from '../rows.ts';
import type {Size} from '../screen-output.ts';
import {type SettingId, settingIds} from '../settings.ts';
import type {Theme} from '../theme.ts';
import {settingValue, settingWords} from '../words.ts';
import {Lines} from './lines.tsx';
import {SelectList} from './select-list.tsx';

type Props = {
  readonly state: AppState;
  readonly size: Size;
  readonly theme: Theme;
  readonly glyphs: Glyphs;
  readonly keyHints: readonly KeyHint[];
  readonly onMark: (row: Mark) => void;
  readonly onChoose: (row: Mark) => void;
};

export function Settings({state, size, theme, glyphs, keyHints, onMark, onChoose}: Props) {
  const {columns, rows} = size;
  const {preferences} = state;
  const head: readonly Line[] = [[bold(` ${settingsTitle[preferences.language]}`)], blank, blank];
  const below = [blank, blank, sample(glyphs)];
  const gap = Math.max(0, rows - head.length - settingIds.length - below.length - 1);
  return (
    <Box flexDirection="column" height={rows}>
      <Lines lines={head} theme={theme} />
      <SelectList
        rows={settingIds.map((id) => settingRow(id, preferences, glyphs, columns))}
        initial={state.setting}
        isFocused={!state.help}
        theme={theme}
        onMark={(id) => onMark({kind: 'setting', id})}
        onChoose={(id) => onChoose({kind: 'setting', id})}
      />
      <Lines lines={[...below, ...Array.from({length: gap}, () => blank), keyLine(keyHints)]} theme={theme} />
    </Box>
  );
}

function settingRow(
  id: SettingId,
  preferences: Preferences,
  glyphs: Glyphs,
  columns: number,
): ListRow<SettingId> {
  const {language} = preferences;
  const {label, note} = settingWords[id];
  return listRow({
    id,
    label: {text: label[language], width: 12},
    rest: [
      {text: settingValue(id, preferences), width: 22},
      {text: wholeOrNothing(note[language], columns - 38), width: columns, role: 'muted'},
    ],
    width: columns - 1,
    glyphs,
    marking: 'here',
  });
}

/** A packet in flight, a value that changed, a loss: enough to judge colours and signs by. */
function sample(glyphs: Glyphs): Line {
  const comet = `${glyphs.tailRight}${glyphs.cometBody.repeat(2)}${glyphs.headRight}`;
  return [
    bold('   client', 'client'),
    span(` ${glyphs.leaveRight}${glyphs.travelled.repeat(6)}`, 'client'),
    bold(comet, 'client'),
    span(glyphs.toGo.repeat(6), 'muted'),
    span(`${glyphs.lifeline} `, 'server'),
    bold('server', 'server'),
    bold('   SYN', 'control'),
    span(' seq=1000'),
    span(' len=57', 'data'),
    span(`   ${glyphs.changed}1001`, 'changed'),
    span(`   ${glyphs.lost} lost`, 'warning'),
  ];
}
