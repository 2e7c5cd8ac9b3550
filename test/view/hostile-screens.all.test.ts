// A capture whose every text is an attack, in all panels of the player: no control character, nothing that reorders text.
import {expect, test} from 'vitest';
import {panels} from '../../source/view/panels/registry.ts';
import {harmful, hostileTrace} from '../helpers/hostile.ts';
import {few} from '../helpers/seeds.ts';
import {act, canvasOf, open, started, textOf} from './player.ts';

const trace = hostileTrace();
const opened = open({trace, source: trace.header.source});

test.each(few(panels, 8).map(({name}) => name))('%s', (panel) => {
  const last = act(opened, started({relative: false}), {kind: 'toEnd'}, {kind: 'focus', panel, keep: true});
  let shown = '';
  for (let packet = 1; packet <= trace.packetCount; packet++)
    for (const language of ['en', 'zh'] as const) {
      const state = act(opened, last, {kind: 'language', language}, {kind: 'select', selection: {packet}});
      shown += textOf(canvasOf(opened, state, {columns: 120, rows: 40})).join('\n');
    }
  expect(shown).toContain('a"b<i>␛[31m');
  expect(shown.match(harmful)).toBe(null);
});
