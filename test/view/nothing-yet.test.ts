// Before anything was sent every panel may have the focus: it draws, speaks and obeys its keys without a packet.
import {expect, test} from 'vitest';
import {unicodeGlyphs} from '../../source/view/glyphs.ts';
import {panels} from '../../source/view/panels/registry.ts';
import {compose} from '../../source/view/screen.ts';
import {packetAtHand, selectedPacket, viewOf} from '../../source/view/view.ts';
import {inspectorTexts} from '../../source/words/catalogue/inspector.ts';
import {layersTexts} from '../../source/words/catalogue/layers.ts';
import {listTexts} from '../../source/words/catalogue/player.ts';
import {handshakeScenario, teardownScenario} from '../helpers/scenarios.ts';
import {run} from '../helpers/traces.ts';
import {open, sceneOf, started, textOf} from './player.ts';

const runs = [run(handshakeScenario()), run(teardownScenario())].map((trace) => open({trace}));
const languages = ['en', 'zh'] as const;

test('no packet is selected while none was sent', () => {
  for (const opened of runs) {
    const view = viewOf({...opened, playback: started({viewMs: 0}), message: undefined});
    expect([selectedPacket(view), packetAtHand(view)]).toEqual([undefined, undefined]);
  }
});

test.each(panels.map(({name}) => name))('%s with the focus at the start', (name) => {
  const panel = panels.find((each) => each.name === name);
  for (const opened of runs)
    for (const language of languages) {
      const playback = started({viewMs: 0, focus: name, language});
      const view = viewOf({...opened, playback, message: undefined});
      for (const command of panel?.keys.flatMap(({keys}) => Object.values(keys)) ?? [])
        panel?.command(view, panel.start, command);
      panel?.spoken?.(view, panel.start);
      for (const size of [
        {columns: 80, rows: 24},
        {columns: 120, rows: 40},
      ])
        expect(
          compose(sceneOf(opened, playback), {...size, glyphs: unicodeGlyphs, keyHints: []}).collisions,
        ).toBe(0);
    }
});

test.each([
  ['bytes', inspectorTexts.none],
  ['layers', layersTexts.none],
  ['list', listTexts.none],
] as const)('%s says what will stand there', (focus, none) => {
  for (const opened of runs)
    for (const language of languages) {
      const scene = sceneOf(opened, started({viewMs: 0, focus, language}));
      const canvas = compose(scene, {columns: 120, rows: 40, glyphs: unicodeGlyphs, keyHints: []});
      // It may be wrapped.
      const text = textOf(canvas)
        .join('')
        .replace(/[│\s]+/g, '');
      expect(text).toContain(none[language].slice(0, 20).replace(/\s/g, ''));
    }
});
