// The start-up questions on a terminal that has answered when the first screen is drawn, or has not yet.
import {expect, test} from 'vitest';
import {answersSoFar, askTerminal} from '../../source/ui/probe.ts';
import {openTerminal} from '../helpers/render.ts';

test('asks for both, and leaves no mark', () => {
  const {stdin, stdout, keyboard, monitor} = openTerminal();
  askTerminal({stdin, stdout, askWidth: true, askBackground: true});
  expect(monitor.written).toBe('\x1b]11;?\x1b\\\r│\x1b[6n\r\x1b[K');
  expect(keyboard.isRaw).toBe(true);
});

test.each([
  [{askWidth: false, askBackground: true}, '\x1b]11;?\x1b\\'],
  [{askWidth: true, askBackground: false}, '\r│\x1b[6n\r\x1b[K'],
])('%o writes only that', (asked, written) => {
  const {stdin, stdout, monitor} = openTerminal();
  askTerminal({stdin, stdout, ...asked});
  expect(monitor.written).toBe(written);
});

test('nothing to ask: writes nothing', () => {
  const {stdin, stdout, monitor, keyboard} = openTerminal();
  askTerminal({stdin, stdout, askWidth: false, askBackground: false});
  expect(monitor.written).toBe('');
  expect(keyboard.isRaw).toBe(false);
});

test('takes what has been answered, and gives back what was typed', async () => {
  const {stdin, keyboard} = openTerminal();
  keyboard.push('\x1b]11;rgb:ffff/ffff/ffff\x07x\x1b[3;3R');
  expect(await answersSoFar(stdin)).toEqual({column: 3, background: 'light'});
  expect(stdin.read()).toBe('x');
  expect(keyboard.listenerCount('readable')).toBe(0);
});

test('does not wait: what comes later is left to whoever reads then', async () => {
  const {stdin, keyboard} = openTerminal();
  keyboard.push('\x1b[3;2Rq\x1b]11;rgb:ff');
  expect(await answersSoFar(stdin)).toEqual({column: 2});
  keyboard.push('ff/0/0\x07');
  expect(stdin.read()).toBe('q\x1b]11;rgb:ffff/0/0\x07');
});
