// The start-up probe on a terminal that answers, answers late, or not at all.
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {probeTerminal} from '../../source/ui/probe.ts';
import {openTerminal} from '../helpers/render.ts';

beforeEach(() => void vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout']}));
afterEach(() => void vi.useRealTimers());

const both = {askWidth: true, askBackground: true};

test('asks, reads both answers, gives back what was typed, erases its mark', async () => {
  const {stdin, stdout, keyboard, monitor} = openTerminal();
  const result = probeTerminal({stdin, stdout, ...both});
  expect(monitor.written).toBe('\x1b]11;?\x1b\\\r│\x1b[6n');
  keyboard.push('\x1b]11;rgb:ffff/ffff/ffff\x07x\x1b[3;3R');
  expect(await result).toEqual({wideGlyphs: true, background: 'light'});
  expect(monitor.written.endsWith('\r\x1b[K')).toBe(true);
  expect(stdin.read()).toBe('x');
  // The headless terminal draws in a timer of its own.
  vi.advanceTimersByTime(0);
  expect(vi.getTimerCount()).toBe(0);
});

test('narrow glyphs and no word about the background: does not wait for it', async () => {
  const {stdin, stdout, keyboard} = openTerminal();
  const result = probeTerminal({stdin, stdout, ...both});
  keyboard.push('\x1b[3;2R');
  expect(await result).toEqual({wideGlyphs: false, background: undefined});
});

test.each([
  [both, 150],
  [{askWidth: false, askBackground: true}, 100],
])('no answer to %o: goes on after %i ms', async (asked, ms) => {
  const {stdin, stdout} = openTerminal();
  let result: unknown;
  const probing = probeTerminal({stdin, stdout, ...asked}).then((value) => {
    result = value;
  });
  await vi.advanceTimersByTimeAsync(ms - 1);
  expect(result).toBeUndefined();
  await vi.advanceTimersByTimeAsync(1);
  await probing;
  expect(result).toEqual({wideGlyphs: false, background: undefined});
});

test('nothing to ask: writes nothing', async () => {
  const {stdin, stdout, monitor, keyboard} = openTerminal();
  await probeTerminal({stdin, stdout, askWidth: false, askBackground: false});
  expect(monitor.written).toBe('');
  expect(keyboard.isRaw).toBe(false);
});
