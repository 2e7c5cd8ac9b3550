// Draws Settings: one row for each setting, and a sample of the look.

import type {Language} from '../lesson/text.ts';
import type {Glyphs} from '../view/glyphs.ts';
import type {KeyHint} from '../view/page-frame.ts';
import type {Line} from '../view/span.ts';
import {hostNames} from '../words/catalogue/hosts.ts';
import {inspectorTexts} from '../words/catalogue/inspector.ts';
import {settingsTitle} from '../words/catalogue/menu.ts';
import type {AppState} from './app-state.ts';
import {blank, blanks, bold, keyLine, listRow, span, wholeOrNothing} from './rows.ts';
import type {Size} from './screen-output.ts';
import {settingIds} from './settings.ts';
import {settingValue, settingWords} from './words.ts';

type Look = Size & {readonly glyphs: Glyphs; readonly keyHints: readonly KeyHint[]};

export function settingsLines(
  {preferences, setting}: AppState,
  {columns, rows, glyphs, keyHints}: Look,
): readonly Line[] {
  const {language} = preferences;
  const settings = settingIds.map((id) => {
    const {label, note} = settingWords[id];
    return listRow({
      label: {text: label[language], width: 12},
      rest: [
        {text: settingValue(id, preferences), width: 22},
        {text: wholeOrNothing(note[language], columns - 38), width: columns, role: 'muted'},
      ],
      width: columns - 1,
      glyphs,
      isMarked: id === setting,
      marking: 'here',
    });
  });
  const title: Line = [bold(` ${settingsTitle[language]}`)];
  const body = [title, blank, blank, ...settings, blank, blank, sample(glyphs, language), ...blanks(rows)];
  return [...body.slice(0, Math.max(0, rows - 1)), keyLine(keyHints)];
}

/** Returns a sample row with a packet in flight, a changed value and a loss, by which the reader can judge colours and glyphs. */
function sample(glyphs: Glyphs, language: Language): Line {
  const comet = `${glyphs.tailRight}${glyphs.cometBody.repeat(2)}${glyphs.headRight}`;
  return [
    bold(`   ${hostNames.client[language]}`, 'client'),
    span(` ${glyphs.leaveRight}${glyphs.travelled.repeat(6)}`, 'client'),
    bold(comet, 'client'),
    span(glyphs.toGo.repeat(6), 'muted'),
    span(`${glyphs.lifeline} `, 'server'),
    bold(hostNames.server[language], 'server'),
    bold('   SYN', 'control'),
    span(' seq=1000'),
    span(' len=57', 'data'),
    span(`   ${glyphs.changed}1001`, 'changed'),
    span(`   ${glyphs.lost} ${inspectorTexts.lost[language]}`, 'warning'),
  ];
}
