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
];
const styles: readonly Style[] = ['right', 'wrong', 'chance'];
const sheets = Array.from({length: 50}, (_, n) => ({
  lessons: finished[n % finished.length] ?? [],
  style: styles[Math.floor(n / finished.length) % styles.length] ?? 'right',
  seed: (seed % 1000) + n,
}));

test('fifty sheets', async () => {
  const rows: string[] = [];
  const broken: string[] = [];
  let whole = 0;
  const chosen = few(sheets, 50);
  for (const {lessons, style, seed: each} of chosen) {
    const played = await playMenuRound(lessons, {seed: each, style});
    const questions = played?.questions ?? [];
    if (questions.length === 10) whole += 1;
    rows.push(
      `${each} ${lessons.join(' ')} ${style}: ${questions.length}, ${questions.map(({kind}) => kind).join(' ')}`,
    );
    broken.push(
      ...brokenMenuRules(questions, lessons).map((what) => `${each} ${lessons.join(' ')}: ${what}`),
    );
  }
  console.log(rows.join('\n'));
  expect(broken).toEqual([]);
  expect(whole).toBeGreaterThanOrEqual(0.6 * chosen.length);
});
