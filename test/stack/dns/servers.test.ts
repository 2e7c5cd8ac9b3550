// What is remembered of servers. Oracles: RFC 6298 §2 (α = 1/8, β = 1/4, K = 4), RFC 1035 §7.2, RFC 4074 §4; 15 minutes and the bounds
// are Unbound's.
import {describe, expect, test} from 'vitest';
import {
  fellSilent,
  isPlain,
  lameness,
  markLame,
  measured,
  noServers,
  type Servers,
  slownessUs,
  speaksPlain,
  waitUs,
} from '../../../source/stack/dns/servers.ts';
import {question} from './records.ts';

const address = '192.0.2.1';
const minutes15 = 900_000_000;
const wait = (servers: Servers, nowUs = 0): number => waitUs(servers, {address, nowUs, firstUs: 376_000});
const answered = (servers: Servers, ...rttsUs: readonly number[]): Servers =>
  rttsUs.reduce((sum, rttUs) => measured(sum, {address, rttUs, nowUs: 0}), servers);
const silent = (servers: Servers, times: number): Servers =>
  times === 0 ? servers : silent(fellSilent(servers, address, 0), times - 1);

describe('how long to wait', () => {
  test('at first as the resolver is set', () => expect(wait(noServers)).toBe(376_000));

  test('then SRTT + 4 RTTVAR', () => {
    // SRTT = R, RTTVAR = R/2.
    expect(wait(answered(noServers, 100_000))).toBe(100_000 + 4 * 50_000);
    // RTTVAR = ¾ 50000 + ¼ |100000 − 180000|, SRTT = ⅞ 100000 + ⅛ 180000.
    expect(wait(answered(noServers, 100_000, 180_000))).toBe(110_000 + 4 * 57_500);
    expect(wait(answered(noServers, 100_000, 20_000))).toBe(90_000 + 4 * 57_500);
  });

  test('to whole microseconds, a half upwards', () => {
    // R/2 of 100001 is 50000.5; then ¾ 50001 + ¼ 3 is 37501.5, SRTT ⅞ 100001 + ⅛ 100004 is 100001.375.
    expect(wait(answered(noServers, 100_001))).toBe(100_001 + 4 * 50_001);
    expect(wait(answered(noServers, 100_001, 100_004))).toBe(100_001 + 4 * 37_502);
    expect(wait(answered(noServers, 100_001, 100_007))).toBe(100_002 + 4 * 37_502);
  });

  test('200 ms at least, 12 s at most; each silence doubles it, the seventh no more', () => {
    expect(wait(answered(noServers, 60_000))).toBe(200_000);
    expect([1, 2, 5].map((times) => wait(silent(noServers, times)))).toEqual([
      752_000, 1_504_000, 12_000_000,
    ]);
    const quick = answered(noServers, 1000);
    expect([5, 6, 7].map((times) => wait(silent(quick, times)))).toEqual([6_400_000, 12_000_000, 12_000_000]);
    const impatient = [6, 7].map((times) =>
      waitUs(silent(noServers, times), {address, nowUs: 0, firstUs: 1000}),
    );
    expect(impatient).toEqual([64_000, 64_000]);
  });

  test('an answer ends the silences', () => {
    expect(wait(answered(silent(noServers, 3), 100_000))).toBe(300_000);
  });
});

test('the faster is asked first; a stranger is taken for 376 ms, silence counts 12 s', () => {
  expect(slownessUs(noServers, address, 0)).toBe(376_000);
  expect(slownessUs(answered(noServers, 100_000), address, 0)).toBe(100_000);
  expect(slownessUs(silent(noServers, 2), address, 0)).toBe(24_376_000);
});

test('all this is forgotten 15 minutes after the last change', () => {
  const known = speaksPlain(answered(noServers, 100_000), address, 5);
  expect([isPlain(known, address, minutes15 + 4), isPlain(known, address, minutes15 + 5)]).toEqual([
    true,
    false,
  ]);
  expect([wait(known, minutes15 + 4), wait(known, minutes15 + 5)]).toEqual([300_000, 376_000]);
  expect(isPlain(noServers, address, 0)).toBe(false);
});

test('lame is a server for a zone and a type, for 15 minutes', () => {
  const place = {address, zone: 'example.', question: question('a.example. AAAA')};
  const marked = markLame(noServers, {...place, how: 'recursion-lame', nowUs: 7});
  expect(lameness(marked, place, minutes15 + 6)).toBe('recursion-lame');
  expect(lameness(marked, place, minutes15 + 7)).toBeUndefined();
  expect(lameness(marked, {...place, zone: 'EXAMPLE.'}, 7)).toBe('recursion-lame');
  expect(lameness(marked, {...place, zone: 'a.example.'}, 7)).toBeUndefined();
  expect(lameness(marked, {...place, question: question('a.example. A')}, 7)).toBeUndefined();
  expect(lameness(marked, {...place, address: '192.0.2.2'}, 7)).toBeUndefined();
});

test('of ten thousand servers and one the first is forgotten', () => {
  let servers = noServers;
  for (let n = 0; n <= 10_000; n++) servers = speaksPlain(servers, `server ${n}`, 0);
  expect([0, 1, 10_000].map((n) => isPlain(servers, `server ${n}`, 0))).toEqual([false, true, true]);
});
