// What an eavesdropper sees of any run. Oracles: RFC 9846 §2 says what of a handshake is in clear; §5.2 that all else calls itself
// application data; DNS and HTTP without TLS are in clear (RFC 1035, RFC 9112); without its key log a capture stays closed.
import {expect, test} from 'vitest';
import {programStreamsIn} from '../../source/observe/program-streams.ts';
import {seenThrough} from '../../source/view/eyes.ts';
import {messagePanel} from '../../source/view/panels/message.ts';
import {insideWords} from '../../source/view/tls/inside-words.ts';
import type {Eyes} from '../../source/words/eyes.ts';
import {openedTrace} from '../observe/tls-captured.ts';
import {act, canvasOf, playingAt, textOf} from './player.ts';
import {lookAt, tlsRun, tlsTrace} from './tls/runs.ts';

const run = tlsRun('full');

const ladder = (eyes: Eyes, us: number): string =>
  textOf(canvasOf(run, playingAt(run, us, {eyes}), {columns: 120, rows: 60})).join('\n');

test('in clear are ClientHello with its SNI and ServerHello, and no more', () => {
  const seen = ladder('eavesdropper', 310_000);
  expect(seen).toContain('· ClientHello (SNI www.example.com)');
  expect(seen).toContain('· ServerHello, Application Data');
  expect(seen).toContain('▒ Application Data');
  expect(seen).not.toMatch(/GET|200 OK|Finished|Certificate|NewSessionTicket/);
  expect(ladder('ends', 310_000)).toMatch(/\{Finished\}[\s\S]*\[GET \/\][\s\S]*\[200 OK\]/);
});

test('the first row says through whose eyes', () => {
  const [first = '', second = ''] = ladder('eavesdropper', 310_000).split('\n');
  expect(first + second).toContain('eavesdropper');
  expect(ladder('ends', 310_000)).not.toContain('eavesdropper');
});

test('one key goes there and back', () => {
  const before = playingAt(run, 310_000);
  const there = act(run, before, {kind: 'toggleEyes'});
  expect(there.eyes).toBe('eavesdropper');
  expect(act(run, there, {kind: 'toggleEyes'})).toEqual(before);
});

test('the message panel has nothing to show but what is in clear', () => {
  const spoken = (eyes: Eyes): string => {
    const view = lookAt(run, 310_000, {eyes});
    return messagePanel.isAvailable(view)
      ? (messagePanel.spoken?.(view, messagePanel.start) ?? []).join('\n')
      : '';
  };
  expect(spoken('ends')).toContain('200 OK');
  expect(spoken('eavesdropper')).not.toMatch(/200 OK|GET/);
});

test.each([tlsTrace('full'), openedTrace('16e-tls13-full.pcapng')])(
  'secrets are left out, packets are not',
  (trace) => {
    const without = seenThrough(trace, 'eavesdropper');
    const words = Array.from({length: trace.packetCount}, (_, n) => insideWords(without, n + 1) ?? []).flat();
    expect(words).toEqual([]);
    expect(programStreamsIn(without).all.length).toBe(programStreamsIn(trace).all.length);
    expect([without.length, without.packetCount, without.endReason]).toEqual([
      trace.length,
      trace.packetCount,
      trace.endReason,
    ]);
    expect(without.packet(4).bytes).toEqual(trace.packet(4).bytes);
    expect(seenThrough(trace, 'eavesdropper')).toBe(without);
    expect(seenThrough(trace, 'ends')).toBe(trace);
  },
);
