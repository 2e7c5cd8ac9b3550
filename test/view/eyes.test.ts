// What an eavesdropper sees of any run. Oracles: RFC 9846 §2 says what of a handshake is in clear; §5.2 that all else calls itself
// application data; DNS and HTTP without TLS are in clear (RFC 1035, RFC 9112); without its key log a capture stays closed.
import {expect, test} from 'vitest';
import {type Eyes, seenThrough} from '../../source/account/eyes.ts';
import {openedText, plainHand} from '../../source/account/notation.ts';
import {openedParts} from '../../source/account/opened-parts.ts';
import {programStreamsIn} from '../../source/observe/program-streams.ts';
import {arrange} from '../../source/view/arrange.ts';
import {keysPanel} from '../../source/view/panels/keys.ts';
import {messagePanel} from '../../source/view/panels/message.ts';
import {recordsPanel} from '../../source/view/panels/records.ts';
import {keyScene} from '../../source/view/tls/key-schedule.ts';
import {recordScene} from '../../source/view/tls/records.ts';
import {rowsUntil} from '../../source/view/transcript-rows.ts';
import {viewOf} from '../../source/view/view.ts';
import {whyAsked} from '../../source/view/why/asked.ts';
import {allRuns, traceOf} from '../helpers/all-runs.ts';
import {openedTrace} from '../observe/tls-captured.ts';
import {act, canvasOf, type Opened, open, playingAt, textOf} from './player.ts';
import {lookAt, tlsRun, tlsTrace} from './tls/runs.ts';
import '../helpers/meaning.ts';

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

/** Through whose eyes `o` leads at an instant, until it is back where it began. */
const ringAt = (opened: Opened, us: number): readonly Eyes[] => {
  const ring: Eyes[] = [];
  let state = playingAt(opened, us);
  do {
    ring.push(state.eyes);
    state = act(opened, state, {kind: 'nextEyes'});
  } while (state.eyes !== 'ends' && ring.length < 9);
  return ring;
};

test('one key goes through all who are in the run; the thief is among them once the key is out', () => {
  expect(ringAt(run, 310_000)).toEqual(['ends', 'eavesdropper', {host: 'client'}, {host: 'server'}]);
  const rsa = leaking('rsa');
  expect(ringAt(rsa, 9_900_000)).not.toContain('thief');
  expect(ringAt(rsa, 11_000_000)).toEqual([
    ...(['ends', 'eavesdropper', 'thief'] as const),
    ...[{host: 'client'}, {host: 'server'}],
  ]);
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
  'secrets left out, packets not',
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

/** A run or a what-if of a lesson. */
const lessonRun = (name: string): Opened => {
  const found = allRuns().find((each) => each.name === name);
  if (!found) expect.fail(`no run ${name}`);
  return open({trace: traceOf(found), source: name});
};

/** The server's private key leaks in second 10; whoever has recorded the connection can read it then (RFC 5246 §F.1.1.2). */
const leaking = (name: string): Opened => lessonRun(`https-tls12 ${name}`);

const viewAt = (opened: Opened, us: number, eyes: Eyes) =>
  viewOf({...opened, playback: playingAt(opened, us, {eyes}), message: undefined});

const spokenAt = (opened: Opened, us: number, eyes: Eyes): string => {
  const view = viewAt(opened, us, eyes);
  const panels = [recordsPanel.spoken?.(view, undefined), keysPanel.spoken?.(view, keysPanel.start)];
  return panels.flatMap((lines) => lines ?? []).join('\n');
};

const ladderAt = (opened: Opened, us: number, eyes: Eyes): string =>
  textOf(canvasOf(opened, playingAt(opened, us, {eyes}), {columns: 120, rows: 60})).join('\n');

test('with RSA key transport the leaked key opens ladder, records and keys, and not before it leaks', () => {
  const rsa = leaking('rsa');
  expect(spokenAt(rsa, 9_900_000, 'thief')).not.toMatch(/GET|200 OK|master secret/);
  expect(spokenAt(rsa, 9_900_000, 'thief')).toContain('has not leaked');
  expect(ladderAt(rsa, 9_900_000, 'thief')).not.toMatch(/GET|200 OK/);
  expect(spokenAt(rsa, 11_000_000, 'thief')).toMatch(
    /opened: GET \/ HTTP[\s\S]*200 OK[\s\S]*Master secret.*thief at 10 seconds/,
  );
  expect(ladderAt(rsa, 11_000_000, 'thief')).toMatch(/\[GET \/\][\s\S]*\[200 OK\]/);
  const knowing = keyScene(viewAt(rsa, 11_000_000, 'ends'))?.rows ?? [];
  const learnt = knowing.map(({knownBy}) => knownBy.map(({host, how}) => `${host} ${how}`).toSorted());
  expect(learnt).toEqual([
    ['client chosen', 'server decrypted', 'thief leaked'],
    ['client derived', 'server derived', 'thief derived'],
    ...Array.from({length: 2}, () => ['client used', 'server used', 'thief derived']),
  ]);
});

test('with ECDHE it opens nothing', () => {
  const ecdhe = leaking('ecdhe');
  expect(spokenAt(ecdhe, 11_000_000, 'thief')).not.toMatch(/GET|200 OK|master secret|thief at/);
  expect(spokenAt(ecdhe, 11_000_000, 'thief')).toSay({says: 'eyes.eyesTexts.idleKey'});
  expect(ladderAt(ecdhe, 11_000_000, 'thief')).not.toMatch(/GET|200 OK/);
});

test.each(['rsa', 'ecdhe'])('%s: who only listens stays outside', (name) => {
  const spoken = spokenAt(leaking(name), 11_000_000, 'eavesdropper');
  expect(spoken).not.toMatch(/GET|200 OK|opened|master secret/);
  expect(spoken).toContain('No secret');
});

const states = (opened: Opened, us: number, eyes: Eyes): readonly string[] =>
  (recordScene(viewAt(opened, us, eyes))?.rows ?? []).map(({host, seal, refused}) => {
    const state = refused ? `refused by ${refused.by}` : seal ? (seal.opened ? 'opened' : 'closed') : 'clear';
    return `${host} ${state}`;
  });

test('an end has what it sends at once, and what it gets when that arrives (RFC 9846 §2)', () => {
  // 50 ms each way: the server has answered in 150 ms, the client reads it in 200 ms.
  const server = ['server clear', 'server clear', 'server opened'];
  expect(states(run, 160_000, {host: 'server'})).toEqual(['client clear', ...server]);
  expect(states(run, 160_000, {host: 'client'})).toEqual(['client clear']);
  expect(states(run, 160_000, 'eavesdropper')).toEqual([
    ...['client clear', 'server clear', 'server clear'],
    'server closed',
  ]);
  expect(states(run, 201_000, {host: 'client'}).slice(0, 4)).toEqual(['client clear', ...server]);
  const keys = (us: number, host: string) =>
    (keyScene(viewAt(run, us, {host}))?.rows ?? []).map(({knownBy}) => knownBy.map((each) => each.host));
  expect(keys(160_000, 'client')).toEqual([]);
  expect(keys(160_000, 'server')).toContainEqual(['server']);
});

test('who answers in the name of another has keys of his own; the one in whose name has nothing', () => {
  const trusting = lessonRun('https-why what-if 1');
  const end = trusting.trace.durationUs;
  expect(ringAt(trusting, end)).toEqual(['ends', 'eavesdropper', {host: 'client'}, {host: 'mitm'}]);
  expect(spokenAt(trusting, end, {host: 'mitm'})).toMatch(/opened: GET \/bill/);
  expect(spokenAt(trusting, end, 'eavesdropper')).not.toContain('GET');
  expect(states(trusting, end, {host: 'mitm'}).join()).not.toContain('server');
});

test.each([
  // The client computes other keys than the server, who answered another hello (RFC 9846 §7.1).
  ['https-tls13 what-if 1', 'client'],
  ['https-tls13 what-if 2', 'client'],
  // The server took the suite that somebody had put there, and its own hash of the messages (RFC 7627 §4).
  ['https-tls12 what-if 1', 'server'],
  ['https-why https-edited', 'client'],
])('%s: no tag fits for the %s', (name, by) => {
  const opened = lessonRun(name);
  const end = opened.trace.durationUs;
  expect(states(opened, end, 'ends').join()).toContain(`refused by ${by}`);
  expect(states(opened, end, {host: by}).join()).toContain(`refused by ${by}`);
  expect(states(opened, end, {host: by === 'client' ? 'server' : 'client'}).join()).not.toContain(
    `refused by ${by}`,
  );
  expect(states(opened, end, 'eavesdropper').join()).not.toMatch(/refused|opened/);
});

test('keys that differ are told apart by whose they are, and are no update', () => {
  const altered = lessonRun('https-tls13 what-if 1');
  const {rows = []} = keyScene(viewAt(altered, altered.trace.durationUs, 'ends')) ?? {};
  const client = rows.filter(({place}) => place === 'client handshake');
  expect(client.map(({update, differs, knownBy}) => [update, differs, knownBy.length])).toEqual([
    [0, true, 1],
    [0, true, 1],
  ]);
});

test('what a host does by itself, nobody else hears of', () => {
  const style = {ascii: false, language: 'en'} as const;
  const rows = (eyes: Eyes) => {
    const {input, cursor} = viewAt(run, 310_000, eyes);
    return rowsUntil(input.trace, cursor, {most: 500, style});
  };
  /** Rows that are no packet's. */
  const inside = (eyes: Eyes) =>
    rows(eyes).filter(
      ({n}) => !['send', 'arrive', 'drop', 'state', 'timer'].includes(run.trace.event(n).kind),
    );
  expect(inside('ends').length).toBeGreaterThan(0);
  expect(inside('eavesdropper')).toEqual([]);
  expect(new Set(inside({host: 'client'}).map(({host}) => host))).toEqual(new Set(['client']));
  expect(rows('eavesdropper').length).toBeGreaterThan(5);
  const asked = (eyes: Eyes, us: number) => {
    const {heading, paragraphs, causedBy, previous, next} = whyAsked(viewAt(run, us, eyes));
    return [heading, ...paragraphs, causedBy, previous, next].join('\n');
  };
  for (const us of [100_000, 150_000, 200_000, 250_000, 300_000])
    expect(asked('eavesdropper', us)).not.toMatch(/GET|200 OK|200 for|Finished|EncryptedExtensions|calls/);
});

test('where a record is refused, the panel of records stands first, unless who looks cannot know', () => {
  const first = (name: string, eyes: Eyes = 'ends') => {
    const opened = lessonRun(name);
    const view = viewAt(opened, opened.trace.durationUs, eyes);
    const {placed} = arrange(view, {columns: 120, rows: 40});
    return placed.find(({panel}) => panel.places[0] === 'lower')?.panel.name;
  };
  expect(first('https-why https-edited')).toBe('records');
  expect(first('https-why https-edited', 'eavesdropper')).not.toBe('records');
  expect(first('https-why https')).not.toBe('records');
});
