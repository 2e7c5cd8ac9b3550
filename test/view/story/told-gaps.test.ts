// What is missing before a FIN is told as a whole, however many gaps it lies in (RFC 9293 §3.10.7.4).
import {expect, test} from 'vitest';
import {withCommentary} from '../../../source/view/story/commentary.ts';
import {handshakeScenario} from '../../helpers/scenarios.ts';
import {run} from '../../helpers/traces.ts';

/** Segments of 1460 bytes, of which some are lost, and a FIN by itself behind them. */
const told = (bytes: number, ...lost: number[]): string => {
  const whole = handshakeScenario();
  const trace = run({
    ...whole,
    script: [
      ...whole.script,
      {when: {kind: 'at', atUs: 1_000_000}, host: 'client', action: {call: 'send', bytes}},
      {when: {kind: 'at', atUs: 1_001_000}, host: 'client', action: {call: 'shutdown'}},
    ],
    faults: lost.map((packet) => ({kind: 'drop', at: {packet}})),
  });
  return withCommentary(trace, [])
    .flatMap((beat) => (beat.kind === 'narration' ? [beat.say.en, beat.say.zh] : []))
    .join('\n');
};

test('a FIN behind two gaps waits for both', () => {
  const both = told(4380, 4, 6);
  expect(both).toContain(
    'The FIN of the client is here, but 1460 bytes before it, from seq=1001, are missing, and 1460 from seq=3921. The server repeats',
  );
  expect(both).toContain('但它前面还缺 seq=1001 起的 1460 字节，以及 seq=3921 起的 1460 字节。服务器');
});

test('of more the number is told', () => {
  const three = told(7300, 4, 6, 8);
  expect(three).toContain(
    '1460 bytes before it, from seq=1001, are missing, and 2920 in 2 gaps behind them.',
  );
  expect(three).toContain('还缺 seq=1001 起的 1460 字节，后面 2 处空缺还缺 2920 字节。');
});

test('of one gap nothing more is told', () => {
  expect(told(4380, 6)).toContain('1460 bytes before it, from seq=3921, are missing. The server repeats');
});
