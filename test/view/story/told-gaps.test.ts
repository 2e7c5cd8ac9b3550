// What is missing before a FIN is told as a whole, however many gaps it lies in (RFC 9293 §3.10.7.4).
import {expect, test} from 'vitest';
import {withCommentary} from '../../../source/view/story/commentary.ts';
import '../../helpers/meaning.ts';
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
    .map((beat) => (beat.kind === 'narration' ? beat.say.en : ''))
    .join('\n');
};

test.each([
  ['two gaps', told(4380, 4, 6), {seq: 1001, others: 1, more: 1460, next: 3921}],
  ['three gaps', told(7300, 4, 6, 8), {seq: 1001, others: 2, more: 2920}],
  ['one gap', told(4380, 6), {seq: 3921, others: 0}],
])('a FIN behind %s waits for all of it', (_, text, wanted) => {
  expect(text).toSay({says: 'told.data.finOutOfOrder', host: 'server', missing: 1460, ...wanted});
});
