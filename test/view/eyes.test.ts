// What an eavesdropper sees of any run. Oracles: RFC 9846 §2 says what of a handshake is in clear; §5.2 that all else calls itself
// application data; DNS and HTTP without TLS are in clear (RFC 1035, RFC 9112); without its key log a capture stays closed.
import {expect, test} from 'vitest';
import {type Eyes, seenThrough} from '../../source/account/eyes.ts';
import {openedText, plainHand} from '../../source/account/notation.ts';
import {openedParts} from '../../source/account/opened-parts.ts';
import {programStreamsIn} from '../../source/observe/program-streams.ts';
import {keysPanel} from '../../source/view/panels/keys.ts';
import {messagePanel} from '../../source/view/panels/message.ts';
import {recordsPanel} from '../../source/view/panels/records.ts';
import {keyScene} from '../../source/view/tls/key-schedule.ts';
import {viewOf} from '../../source/view/view.ts';
import {allRuns, traceOf} from '../helpers/all-runs.ts';
import {openedTrace} from '../observe/tls-captured.ts';
import {act, canvasOf, type Opened, open, playingAt, textOf} from './player.ts';
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
    const without = seenThrough(trace, 'eavesdropper', trace.length);
    const words = Array.from(
      {length: trace.packetCount},
      (_, n) => (openedText(openedParts(without, n + 1), plainHand) || undefined) ?? [],
    ).flat();
    expect(words).toEqual([]);
    expect(programStreamsIn(without).all.length).toBe(programStreamsIn(trace).all.length);
    expect([without.length, without.packetCount, without.endReason]).toEqual([
      trace.length,
      trace.packetCount,
      trace.endReason,
    ]);
    expect(without.packet(4).bytes).toEqual(trace.packet(4).bytes);
    expect(seenThrough(trace, 'eavesdropper', trace.length)).toBe(without);
    expect(seenThrough(trace, 'ends', trace.length)).toBe(trace);
  },
);

/** The server's private key leaks in second 10; whoever has recorded the connection can read it then (RFC 5246 §F.1.1.2). */
const leaking = (name: string): Opened => {
  const found = allRuns().find(({lesson, run}) => lesson.id === 'https-tls12' && run.name === name);
  if (!found) expect.fail(`no run ${name}`);
  return open({trace: traceOf(found), source: name});
};

const spokenAt = (opened: Opened, us: number): string => {
  const view = viewOf({
    ...opened,
    playback: playingAt(opened, us, {eyes: 'eavesdropper'}),
    message: undefined,
  });
  const panels = [recordsPanel.spoken?.(view, undefined), keysPanel.spoken?.(view, keysPanel.start)];
  return panels.flatMap((lines) => lines ?? []).join('\n');
};

const ladderAt = (opened: Opened, us: number): string =>
  textOf(canvasOf(opened, playingAt(opened, us, {eyes: 'eavesdropper'}), {columns: 120, rows: 60})).join(
    '\n',
  );

test('with RSA key transport the leaked key opens ladder, records and keys, and not before it leaks', () => {
  const rsa = leaking('rsa');
  expect(spokenAt(rsa, 9_900_000)).not.toMatch(/GET|200 OK|master secret/);
  expect(ladderAt(rsa, 9_900_000)).not.toMatch(/GET|200 OK/);
  expect(spokenAt(rsa, 11_000_000)).toMatch(
    /GET \/ HTTP[\s\S]*200 OK[\s\S]*Master secret.*thief at 10 seconds/,
  );
  expect(ladderAt(rsa, 11_000_000)).toMatch(/\[GET \/\][\s\S]*\[200 OK\]/);
  const ends = viewOf({...rsa, playback: playingAt(rsa, 11_000_000), message: undefined});
  const knowing = keyScene(ends)?.rows.map(({knownBy}) => knownBy.map(({host}) => host)) ?? [];
  expect(knowing).toHaveLength(4);
  for (const each of knowing) expect(each).toContain('thief');
});

test('with ECDHE it opens nothing', () => {
  const ecdhe = leaking('ecdhe');
  expect(spokenAt(ecdhe, 11_000_000)).not.toMatch(/GET|200 OK|master secret|thief/);
  expect(spokenAt(ecdhe, 11_000_000)).toContain('No secret');
  expect(ladderAt(ecdhe, 11_000_000)).not.toMatch(/GET|200 OK/);
});
