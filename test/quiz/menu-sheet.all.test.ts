// Fifty sheets of the menu's quiz, each after three lessons, answered rightly, wrongly or by chance: none breaks a rule. Prints their kinds.
import {expect, test} from 'vitest';
import {playMenuRound, type Style} from '../helpers/menu-rounds.ts';
import {few, seed} from '../helpers/seeds.ts';
import {brokenMenuRules} from './menu-rules.ts';

const finished: readonly (readonly string[])[] = [
  ['first-packet', 'handshake', 'layers'],
  ['handshake', 'dns-recursion', 'http-request'],
  ['teardown', 'https-tls13', 'dns-cache'],
  ['sliding-window', 'http-status', 'cookies-session'],
  ['loss-recovery', 'dns-iterative', 'https-why'],
  ['tcp-header', 'time-wait', 'http-connections'],
  ['handshake', 'cookies-session', 'https-tls12'],
  ['first-packet', 'handshake', 'dns-iterative'],
  ['handshake', 'why-three', 'https-tls12'],
  ['teardown', 'simultaneous-close', 'http-connections'],
  ['layers', 'url-to-page', 'dns-recursion'],
  ['tcp-header', 'data-transfer', 'cookies-session'],
];
/** A round simulates many runs, and nine rounds share this time. */
const limitMs = 600_000;
const styles: readonly Style[] = ['right', 'wrong', 'chance'];
const sheets = Array.from({length: 50}, (_, n) => ({
  lessons: finished[n % finished.length] ?? [],
  style: styles[Math.floor(n / finished.length) % styles.length] ?? 'right',
  seed: (seed % 1000) + n,
}));

const chosen = few(sheets, 50);
const lengths: number[] = [];

test.each(finished.map((lessons) => lessons.join(' ')))(
  'sheets after %s',
  async (names) => {
    const rows: string[] = [];
    const broken: string[] = [];
    for (const {lessons, style, seed: each} of chosen) {
      if (lessons.join(' ') !== names) continue;
      const played = await playMenuRound(lessons, {seed: each, style});
      const questions = played?.questions ?? [];
      lengths.push(questions.length);
      rows.push(`${each} ${style}: ${questions.length}, ${questions.map(({kind}) => kind).join(' ')}`);
      broken.push(...brokenMenuRules(questions, lessons).map((what) => `${each}: ${what}`));
    }
    console.log(rows.join('\n'));
    const unordered = broken.filter((what) => what.includes('not from easy to hard'));
    expect(broken.filter((what) => !unordered.includes(what))).toEqual([]);
    // Where few questions are left that nothing else rules out, an easy one may come last: in one sheet of these fifty at most.
    expect(unordered.length, unordered.join()).toBeLessThanOrEqual(1);
  },
  limitMs,
);

test('nine sheets in ten have ten questions', () => {
  expect(lengths).toHaveLength(chosen.length);
  expect(lengths.filter((length) => length === 10).length).toBeGreaterThanOrEqual(0.9 * chosen.length);
});
