// Who has which record at three instants: every actor, every record, in the records panel, in the ladder and for the ear. Worked out by hand
// from the flights of RFC 5246 §7.3 and RFC 9846 §2, the delays of the lessons' links, and who has which key (RFC 5246 §F.1.1.2 and
// RFC 9846 §E.1: a leaked key of the certificate opens what was encrypted for it, and nothing that was agreed on by Diffie-Hellman).
import {expect, test} from 'vitest';
import type {Eyes} from '../../source/account/eyes.ts';
import {recordScene} from '../../source/view/tls/records.ts';
import {viewOf} from '../../source/view/view.ts';
import {allRuns, traceOf} from '../helpers/all-runs.ts';
import {canvasOf, type Opened, open, playingAt, textOf} from './player.ts';

/** Who sends it, when it leaves and when it is there, in ms. */
type Sent = {
  readonly from: string;
  readonly sentMs: number;
  readonly thereMs: number;
  readonly sealed: boolean;
};

const sent = (from: string, [sentMs, thereMs]: readonly [number, number], marks: string): readonly Sent[] =>
  [...marks].map((mark) => ({from, sentMs, thereMs, sealed: mark === 'x'}));

/** A letter each: `-` in clear, `x` sealed. */
const tls12 = [
  // ClientHello
  ...sent('client', [100, 150], '-'),
  // ServerHello … ServerHelloDone
  ...sent('server', [150, 200], '-'),
  // ClientKeyExchange, change_cipher_spec, Finished
  ...sent('client', [200, 250], '--x'),
  // change_cipher_spec, Finished
  ...sent('server', [250, 300], '-x'),
  // GET, then 200, and close_notify after two seconds of silence
  ...sent('client', [300, 350], 'x'),
  ...sent('server', [350, 400], 'x'),
  ...sent('server', [2350, 2400], 'x'),
  ...sent('client', [2400, 2450], 'x'),
];

const tls13 = [
  ...sent('client', [100, 150], '-'),
  // ServerHello, change_cipher_spec for middleboxes, the rest of the flight
  ...sent('server', [150, 200], '--x'),
  // change_cipher_spec, Finished, GET
  ...sent('client', [200, 250], '-xx'),
  // NewSessionTicket, 200
  ...sent('server', [250, 300], 'xx'),
];

/** 25 ms away there is somebody who answers in the name of the server. */
const impersonated = tls13
  .map((each) => ({...each, from: each.from === 'server' ? 'mitm' : each.from}))
  .map((each) => ({...each, sentMs: each.sentMs / 2, thereMs: each.thereMs / 2}));

type Case = {
  readonly name: string;
  readonly records: readonly Sent[];
  readonly instantsMs: readonly number[];
  readonly ends: readonly string[];
  /** From when on a leaked key opens everything, ms. */
  readonly thiefMs: number;
};

const never = Number.POSITIVE_INFINITY;
const pair = ['client', 'server'];
const cases: readonly Case[] = [
  {name: 'https-tls12 rsa', records: tls12, instantsMs: [230, 450, 11_000], ends: pair, thiefMs: 10_000},
  {name: 'https-tls12 ecdhe', records: tls12, instantsMs: [230, 450, 11_000], ends: pair, thiefMs: never},
  {name: 'https-tls13 full', records: tls13, instantsMs: [160, 220, 310], ends: pair, thiefMs: never},
  {
    name: 'https-why what-if 1',
    records: impersonated,
    instantsMs: [80, 110, 160],
    ends: ['client', 'mitm'],
    thiefMs: never,
  },
];

const expected = ({records, thiefMs}: Case, eyes: Eyes, ms: number): readonly string[] =>
  records
    .filter(({from, sentMs, thereMs}) =>
      typeof eyes === 'string' || eyes.host === from ? sentMs <= ms : thereMs <= ms,
    )
    .toSorted((a, b) => a.sentMs - b.sentMs)
    .map(({from, sealed}) => {
      if (!sealed) return `${from} clear`;
      const opens = typeof eyes !== 'string' || eyes === 'ends' || (eyes === 'thief' && ms >= thiefMs);
      return `${from} ${opens ? 'opened' : 'closed'}`;
    });

const openedRun = (name: string): Opened => {
  const found = allRuns().find((each) => each.name === name);
  if (!found) expect.fail(`no run ${name}`);
  return open({trace: traceOf(found), source: name});
};

const found = (run: Opened, eyes: Eyes, ms: number): readonly string[] => {
  const view = viewOf({...run, playback: playingAt(run, ms * 1000, {eyes}), message: undefined});
  return (recordScene(view)?.rows ?? []).map(
    ({host, seal, refused}) =>
      `${host} ${refused ? 'refused' : seal === undefined ? 'clear' : seal.opened ? 'opened' : 'closed'}`,
  );
};

test.each(cases)('$name', (each) => {
  const run = openedRun(each.name);
  const actors: readonly Eyes[] = ['ends', 'eavesdropper', 'thief', ...each.ends.map((host) => ({host}))];
  for (const ms of each.instantsMs)
    for (const eyes of actors)
      expect(found(run, eyes, ms), `${JSON.stringify(eyes)} at ${ms} ms`).toEqual(expected(each, eyes, ms));
});

const ladder = (run: Opened, eyes: Eyes, ms: number): string =>
  textOf(canvasOf(run, playingAt(run, ms * 1000, {eyes}), {columns: 120, rows: 60})).join('\n');

test('a record on its way says nothing to the end for which it is', () => {
  const run = openedRun('https-tls13 full');
  expect(ladder(run, {host: 'client'}, 220)).toContain('[GET /]');
  expect(ladder(run, {host: 'server'}, 220)).not.toContain('GET');
  expect(ladder(run, {host: 'server'}, 260)).toContain('[GET /]');
  expect(ladder(run, {host: 'client'}, 260)).not.toContain('200 OK');
  expect(ladder(run, {host: 'client'}, 310)).toContain('[200 OK]');
});
