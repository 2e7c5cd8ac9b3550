// A timer in words: never more is left than there was, and what is whole is said shortly.
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {readLesson} from '../../../scripts/lesson-files.ts';
import {armedAt} from '../../../source/account/causes.ts';
import {timerOf, timersOf} from '../../../source/view/endpoints/scene-timers.ts';
import {timerPieces} from '../../../source/view/endpoints/timer-bar.ts';
import {unicodeGlyphs} from '../../../source/view/glyphs.ts';
import {viewOf} from '../../../source/view/view.ts';
import {lessonNamed, traceOf as runOf} from '../../helpers/all-runs.ts';
import {root} from '../../helpers/root.ts';
import {traceOf} from '../../lesson/fragments.ts';
import {open, playingAt} from '../player.ts';

const units: {readonly [name: string]: number} = {ms: 1000, s: 1_000_000};

/** The words at the beginning of a timer of that length, or with so much left. */
const words = (wholeUs: number, leftUs = wholeUs): string =>
  timerPieces(
    {host: 'client', name: 'persist', leftUs, wholeUs, inLadder: true},
    {language: 'en', glyphs: unicodeGlyphs, role: 'client', room: 60},
  )
    .map(({text}) => text)
    .join('')
    .replace(/^\P{Number}*/u, '')
    .trim();

test.each([
  [75_000_000, '75.00 s left of 75 s'],
  [600_000, '600 ms left of 600 ms'],
  [1_200_000, '1.200 s left of 1.2 s'],
  [2_400_000, '2.400 s left of 2.4 s'],
])('%i µs', (us, text) => {
  expect(words(us)).toBe(text);
});

test.each([
  [100, 0, '0 µs left of 100 µs'],
  [40_000, 0, '0 ms left of 40 ms'],
  [75_000_000, 0.4, '0 s left of 75 s'],
  [40_000, 100, '100 µs left of 40 ms'],
])('of %i µs %f are left: nothing has the unit of the whole', (wholeUs, leftUs, text) => {
  expect(words(wholeUs, leftUs)).toBe(text);
});

test('a timer that has long been running is still found where it was armed', () => {
  const lesson = readLesson(`${root}lessons/http/cookies-session.yaml`, 'cookies-session.yaml');
  if (!lesson.ok) expect.fail('it cannot be read');
  const trace = traceOf(lesson.value, 'over-tls');
  const armed = [...trace.events()].filter(
    (event) => event.kind === 'timer' && event.op === 'arm' && event.name === '2MSL',
  );
  expect(armed).toHaveLength(5);
  for (const event of armed) {
    if (event.kind !== 'timer') continue;
    const {connection, name, dueUs} = event;
    if (connection === undefined) expect.fail('whose is it?');
    expect(armedAt(trace, trace.length - 1, {connection, name, dueUs})?.n).toBe(event.n);
  }
});

test('of several that are set at one time, for one time, each is its own connection’s', () => {
  const lesson = readLesson(`${root}lessons/tcp-open/accept-queue.yaml`, 'accept-queue.yaml');
  if (!lesson.ok) expect.fail('it cannot be read');
  const trace = traceOf(lesson.value, 'greeting');
  const armed = [...trace.events()].filter(
    (event) =>
      event.kind === 'timer' && event.op === 'arm' && event.name === 'TLP' && event.atUs === 2_000_000,
  );
  expect(armed).toHaveLength(3);
  for (const event of armed) {
    if (event.kind !== 'timer' || event.connection === undefined) expect.fail('whose is it?');
    const {connection, name, dueUs} = event;
    expect(armedAt(trace, armed.at(-1)?.n ?? 0, {connection, name, dueUs})?.n).toBe(event.n);
  }
});

test('what is left is not more than the whole', () => {
  fc.assert(
    fc.property(fc.integer({min: 1, max: 900_000}), (ms) => {
      const [, left, leftUnit = '', whole, wholeUnit = ''] =
        /^([\d.]+) (ms|s) left of ([\d.]+) (ms|s)$/.exec(words(ms * 1000)) ?? [];
      expect(Number(left) * (units[leftUnit] ?? 0)).toBeLessThanOrEqual(
        Number(whole) * (units[wholeUnit] ?? 0),
      );
    }),
  );
});

test('a timer with a name in words has it in the language of the screen, and is known by it', () => {
  const lesson = lessonNamed('http-status');
  const [run = expect.fail()] = lesson.runs;
  const opened = open({trace: runOf({lesson, run})});
  const shown = (language: 'en' | 'zh'): readonly string[] =>
    Array.from({length: 60}, (_, index) => {
      const playback = {...playingAt(opened, index * 100_000), language};
      return timersOf(viewOf({...opened, playback, message: undefined}), []).map(({name}) => name);
    }).flat();
  expect(shown('en')).toContain('delayed ACK');
  expect(shown('zh')).toContain('延迟确认');
  for (const name of [...shown('en'), ...shown('zh')]) expect(timerOf(name), name).toBeDefined();
});
