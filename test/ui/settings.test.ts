// Which keys keep a setting: no stray one does, and whatever holds for this sitting says so.

import {expect, test} from 'vitest';
import type {AppOptions} from '../../source/ui/app-options.ts';
import {keymap} from '../../source/ui/keymap.ts';
import type {Preferences} from '../../source/ui/preferences.ts';
import {screenLines} from '../../source/ui/screen-lines.ts';
import {settingWords} from '../../source/ui/words.ts';
import {languages} from '../../source/words/catalogue/language.ts';
import {languageNames} from '../../source/words/catalogue/menu.ts';
import {chooseRow, setUp} from '../helpers/controlled.ts';
import {handshakeRun} from '../helpers/render.ts';
import '../helpers/meaning.ts';

const player = {initial: {screen: 'player', run: handshakeRun()}} as const;

const keeping = (changes: Partial<AppOptions> = {}) => {
  const kept: Partial<Preferences>[] = [];
  return {kept, ...setUp({...changes, onPreferences: (changed) => void kept.push(changed)})};
};

test('what a key changes in the player reaches it, holds for this sitting, and says so', () => {
  const {kept, press} = keeping(player);
  const {preferences, message} = press('T');
  expect([preferences.theme, message?.isDone]).toEqual(['light', true]);
  const sitting = {says: 'menu.forThisSittingWords'};
  const theme = {says: 'menu.menuSentences.setting.theme.label'};
  expect(message?.en).toSay({...sitting, now: {says: 'menu.themeLabels.light'}, label: theme});
  const state = press('t');
  expect(state.player?.playback.language).toBe('zh');
  const label = {says: 'menu.menuSentences.setting.language.label'};
  expect(state.message?.zh).toSay({...sitting, now: {says: 'menu.languageNames'}, label});
  expect(press('right').message).toBeUndefined();
  expect(kept).toEqual([]);
});

test('kept is the language from the menu, and what Settings change; nothing else comes along', () => {
  const {kept, controller, press} = keeping();
  const [, , afterChinese = 'en'] = languages;
  press('T', 't', 'a');
  expect(kept).toEqual([{language: 'zh'}]);
  chooseRow(controller, 'settings');
  chooseRow(controller, 'motion');
  press('right', 'T', '?', 't', 'T');
  expect(kept).toEqual([
    {language: 'zh'},
    {motion: 'reduced'},
    {motion: 'none'},
    {theme: 'colour-blind-dark'},
  ]);
  expect(press()).toMatchObject({preferences: {language: afterChinese, ascii: false}});
});

test('the key names the language that it leads to, the settings name all, the menu the one at hand', () => {
  const {controller, press} = keeping();
  const shown = () =>
    screenLines(controller.get(), {columns: 80, rows: 24}, expect.fail)
      .flat()
      .map(({text}) => text)
      .join(' ');
  for (const [index, language] of languages.entries()) {
    const next = languages[index + 1] ?? languages[0];
    expect(shown()).toMatch(new RegExp(`\\b${language}\\b`));
    expect(shown()).toContain(languageNames[next]);
    for (const each of languages) expect(settingWords.language.note[language]).toContain(languageNames[each]);
    press('t');
  }
});

test('no key outside of Settings is handed out to be kept, but t in the menu', () => {
  const names = new Set(keymap.flatMap(({keys}) => Object.keys(keys)));
  names.delete('ctrl-c');
  const places: readonly Partial<AppOptions>[] = [{}, player];
  for (const place of places)
    for (const name of names) {
      const {kept, press} = keeping(place);
      press(name);
      expect(kept, name).toEqual(place.initial === undefined && name === 't' ? [{language: 'zh'}] : []);
    }
});

test('the sample of what settings look like is in their language, too', () => {
  const {controller, press} = keeping();
  chooseRow(controller, 'settings');
  const size = {columns: 120, rows: 40};
  const shown = (): string =>
    screenLines(controller.get(), size, (_, error) => expect.fail(String(error)))
      .map((line) => line.map(({text}) => text).join(''))
      .find((line) => line.includes('seq=1000')) ?? '';
  expect(shown()).toMatch(/^ +client ├.* server +SYN .*✗ lost$/);
  press('t');
  expect(shown()).toMatch(/^ +客户端 ├.* 服务器 +SYN .*✗ 丢失$/);
});
