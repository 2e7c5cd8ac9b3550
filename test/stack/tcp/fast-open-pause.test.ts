// Oracle: tcp_fastopen_active_should_disable, _detect_blackhole and _disable_ofo_check of Linux (net/ipv4/tcp_fastopen.c) by hand.
import {expect, test} from 'vitest';
import type {Connection, Tcp} from '../../../source/stack/tcp/connection.ts';
import {isPaused, pauseAfter, suspectPath} from '../../../source/stack/tcp/fast-open-pause.ts';
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import {emptyTcp} from '../../../source/stack/tcp/tcp.ts';
import {seq} from '../../../source/wire/seq.ts';
import {turnWith} from '../../helpers/tcp/lone-turn.ts';
import {rope} from '../../helpers/tcp/two-hosts.ts';

const pauseUs = 1000;
const settings = {...profiles.linux, fastOpenPauseUs: pauseUs};

test('an hour, twice as long each time, 64 times at most', () => {
  const paused = (times: number, nowUs: number) => isPaused({times, sinceUs: 50}, {nowUs, settings});
  for (const [times, factor] of [
    [1, 1],
    [2, 2],
    [3, 4],
    [7, 64],
    [8, 64],
  ] as const) {
    expect(paused(times, 49 + factor * pauseUs)).toBe(true);
    expect(paused(times, 50 + factor * pauseUs)).toBe(false);
  }
  expect(isPaused(undefined, {nowUs: 0, settings})).toBe(false);
});

type Opening = NonNullable<Connection['fastOpen']>;
const opening = (change: Partial<Opening> = {}): Opening => ({
  ...{peer: undefined, asked: true, dataBytes: 0, experimental: false, triesAgain: false, acked: false},
  ...change,
});

test('the third time-out in a row is a sign, or the last one', () => {
  const path = (retries: number, spent: boolean, change: Partial<Connection> = {}) => {
    const turn = turnWith({retries, fastOpen: opening(), ...change});
    suspectPath(turn, spent);
    return turn.path;
  };
  expect([0, 1, 2, 3].map((retries) => path(retries, false))).toEqual([
    ...[undefined, undefined, 'swallows', undefined],
  ]);
  expect([0, 1, 2, 3].map((retries) => path(retries, true))).toEqual([
    ...['swallows', 'swallows', 'swallows', undefined],
  ]);
  expect(path(2, false, {fastOpen: opening({asked: false, dataBytes: 1})})).toBe('swallows');
  expect(path(2, false, {fastOpen: opening({asked: false})})).toBeUndefined();
  expect(path(2, false, {fastOpen: undefined})).toBeUndefined();
});

const after = (
  change: Partial<Connection>,
  {gone = true, path = undefined as 'swallows' | undefined} = {},
) => {
  const turn = turnWith(
    {state: 'ESTABLISHED', irs: seq(100), fastOpen: opening(), ...change},
    {nowUs: 77, settings: {fastOpenPauseUs: pauseUs}},
  );
  Object.assign(turn, {gone, path});
  const known: Tcp = {...emptyTcp, fastOpenPause: {times: 2, sinceUs: 5}};
  return pauseAfter(known, turn);
};
const before = {times: 2, sinceUs: 5};
const longer = {times: 3, sinceUs: 77};
const rcv = (nxt: number) => ({rcv: {nxt: seq(nxt), wnd: 1}});

test('a connection whose FIN alone came behind a gap was swallowed; one that got data after a pause carries', () => {
  const gap = {...rcv(101), peerFinSeq: seq(150)};
  expect(after(gap)).toEqual(longer);
  expect(after(gap, {gone: false})).toEqual(before);
  expect(after({...gap, state: 'SYN-SENT'})).toEqual(before);
  expect(after({...gap, fastOpen: opening({asked: false})})).toEqual(before);
  expect(after({...gap, fastOpen: undefined})).toEqual(before);
  // Something has come: nothing is swallowed, and after a pause all is well.
  expect(after({...gap, reassembly: [{seq: seq(120), data: rope(1), age: 1}]})).toEqual(before);
  expect(after({...rcv(102), fastOpen: opening({triesAgain: true})})).toBeUndefined();
  expect(after({...rcv(102)})).toEqual(before);
  expect(after({...rcv(101), fastOpen: opening({triesAgain: true})})).toEqual(before);
  // A FIN in order is no octet.
  const ended = {...rcv(102), peerFinSeq: seq(101)};
  expect(after({...ended, fastOpen: opening({triesAgain: true})})).toEqual(before);
  expect(after({...rcv(103), peerFinSeq: seq(102), fastOpen: opening({triesAgain: true})})).toBeUndefined();
});

test('the step’s own sign comes first, and is the first where none was known', () => {
  expect(after({}, {gone: false, path: 'swallows'})).toEqual(longer);
  const turn = turnWith({}, {nowUs: 9, settings: {fastOpenPauseUs: pauseUs}});
  turn.path = 'swallows';
  expect(pauseAfter(emptyTcp, turn)).toEqual({times: 1, sinceUs: 9});
  const never = turnWith({}, {nowUs: 9, settings: {fastOpenPauseUs: 0}});
  never.path = 'swallows';
  expect(pauseAfter(emptyTcp, never)).toBeUndefined();
});
