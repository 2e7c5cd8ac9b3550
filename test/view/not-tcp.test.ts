// A run that is not TCP says so on every frame: at every size, in every panel, above questions and in Why?, in both languages.

import {describe, expect, test} from 'vitest';
import {everywhere} from '../../source/lesson/everywhere.ts';
import {simulate} from '../../source/sim/simulate.ts';
import {asciiGlyphs, unicodeGlyphs} from '../../source/view/glyphs.ts';
import {compose} from '../../source/view/screen.ts';
import {handshakeScenario} from '../helpers/scenarios.ts';
import {some} from '../helpers/seeds.ts';
import {open, playingAt, sceneOf} from './player.ts';

const about = {source: 'why-three', run: 'two-way'};
const odd = open({
  trace: simulate(handshakeScenario({notTcp: ['acceptWithoutThirdStep']}), about),
  source: 'why-three',
  title: everywhere({en: 'Why not two? The ghost SYN', zh: '为什么是三次：迟到的 SYN'}),
  runTitle: everywhere({
    en: 'a server that does not wait for the third segment',
    zh: '不等第三个报文段的服务器',
  }),
});
const real = open({trace: simulate(handshakeScenario(), about), source: 'why-three'});

const words = {en: 'not TCP', zh: '并非 TCP'} as const;
const sizes = [
  [40, 10],
  [60, 15],
  [80, 24],
  [120, 40],
  [200, 60],
] as const;
const looks = {
  plain: {},
  why: {why: {event: undefined}},
  bytes: {focus: 'bytes', opened: ['bytes']},
  endpoints: {focus: 'endpoints', opened: ['endpoints']},
  list: {focus: 'list', opened: ['list']},
  diagram: {focus: 'diagram', opened: ['diagram']},
  relative: {relative: true},
} as const;

describe.each(sizes)('%i×%i', (columns, rows) => {
  test.each(Object.entries(looks))('%s', (_, look) => {
    for (const language of ['en', 'zh'] as const) {
      for (const us of some([0, 50_000, 78_000, 150_000], 1)) {
        for (const glyphs of [unicodeGlyphs, asciiGlyphs]) {
          const at = (opened: typeof odd) =>
            compose(sceneOf(opened, playingAt(opened, us, {...look, language})), {
              columns,
              rows,
              glyphs,
              keyHints: [],
            });
          const canvas = at(odd);
          expect(canvas.collisions).toBe(0);
          const marked = canvas
            .lines()
            .flat()
            .filter(({text}) => text.includes(words[language]));
          expect(marked).toHaveLength(1);
          if (columns >= 60) expect(marked[0]).toMatchObject({role: 'warning', bold: true});
          expect(
            at(real)
              .lines()
              .flat()
              .filter(({text}) => text.includes(words[language])),
          ).toEqual([]);
        }
      }
    }
  });
});
