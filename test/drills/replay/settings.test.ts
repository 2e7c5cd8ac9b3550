// What SYNs and windows tell of a TCP. Oracle: RFC 9293 §3.7.1 (MSS), RFC 6691, RFC 7323 §2, RFC 3168 §6.1.1, RFC 9293 §3.8.4 (keep-alives).
import {describe, expect, test} from 'vitest';
import {
  headersOf,
  mssOf,
  profileOf,
  segmentBytesOf,
  settingsOf,
  vainProbes,
} from '../../../source/drills/replay/host-settings.ts';
import {bufferOf, readsLate, readsOf} from '../../../source/drills/replay/reading.ts';
import {connection, lookAt, seenFrom} from './segments.ts';

const opened = (client: string, server: string, ...more: readonly string[]) =>
  connection(`0 c S 0:1 ${client}`, `20 s SA 0:1 ack 1 ${server}`, '20 c A 1 ack 1', ...more);

describe('sizes', () => {
  test('the smaller MSS holds, less the timestamps that both have', () => {
    const seen = opened('mss 1460 ts', 'mss 1400 ts');
    expect([mssOf(seen, 0), mssOf(seen, 1)]).toEqual([1460, 1400]);
    expect([segmentBytesOf(seen, 0), segmentBytesOf(seen, 1)]).toEqual([1388, 1388]);
    expect(segmentBytesOf(opened('mss 1460 ts', 'mss 1400'), 0)).toBe(1400);
  });
  test('without the option: 536 over IPv4, 1220 over IPv6', () => {
    const seen = opened('', 'mss 9000');
    const [a, b] = seen.ends;
    const six = {
      ...seen,
      ends: [
        {...a, ip: '2001:db8::1'},
        {...b, ip: '2001:db8::2'},
      ] as const,
    };
    expect([mssOf(seen, 0), headersOf(seen)]).toEqual([536, 40]);
    expect([mssOf(six, 0), headersOf(six)]).toEqual([1220, 60]);
  });
});

test.each([
  ['mss 1460 sackOK ts ws 7', 'linux', 'sack-first'],
  ['mss 1460 ws 6 sackOK ts', 'freebsd', 'scale-first'],
  ['sackOK', 'linux', 'sack-first'],
  ['ws 6', 'linux', 'sack-first'],
])('whose SYN says %s', (options, profile, synOptionLayout) => {
  const seen = opened(options, 'mss 1460');
  expect(profileOf(seen)).toBe(profile);
  expect(settingsOf(seen, 0)).toMatchObject({synOptionLayout});
  expect(settingsOf(seen, 0).windowUpdate).toBe(profile === 'linux' ? 'doubled' : undefined);
  expect(settingsOf(seen, 0).repeatsDoubtful).toBe(profile === 'linux' ? false : undefined);
});

test('what its options say, each end for itself', () => {
  const seen = opened('mss 1460 sackOK ts ws 7', '');
  expect(settingsOf(seen, 0)).toMatchObject({
    ...{mss: 1460, noOptions: false, windowScale: 7, sackPermitted: true, timestamps: true},
    // A SYN has no ACK: what it offers is not counted.
    rcvBufferBytes: 1000,
    noDelay: true,
  });
  expect(settingsOf(seen, 1)).toMatchObject({
    ...{mss: 536, noOptions: true, windowScale: 'off', sackPermitted: false, timestamps: false},
  });
  expect(settingsOf(connection('0 c S 0:1'), 1)).toEqual({});
});

test.each([
  ['SEW', 'SEA', 'request', 'accept'],
  ['SE', 'SA', 'off', 'off'],
  ['SW', 'SWA', 'off', 'off'],
  ['S', 'SA', 'off', 'off'],
])('ECN is asked for with ECE and CWR, and granted with ECE: %s and %s', (client, server, asks, grants) => {
  const seen = connection(`0 c ${client} 0:1`, `20 s ${server} 0:1 ack 1`);
  expect([settingsOf(seen, 0).ecn, settingsOf(seen, 1).ecn]).toEqual([asks, grants]);
});

describe('keep-alives: one below what is next, after silence', () => {
  const kept = (...lines: readonly string[]): readonly (number | undefined)[] | undefined => {
    const {keepAlive, keepAliveIdleUs, keepAliveIntervalUs} = settingsOf(opened('', '', ...lines), 0);
    return keepAlive ? [keepAliveIdleUs, keepAliveIntervalUs] : undefined;
  };
  const quiet = ['100 c PA 1:11 ack 1', '120 s A 1 ack 11'] as const;
  test.each([
    ['one, answered', ['1020 c A 10 ack 1', '1040 s A 1 ack 11'], [900_000, 900_000]],
    ['again when nobody answers', ['7320 c A 10 ack 1', '7820 c A 10 ack 1'], [7_200_000, 500_000]],
    ['with an octet', ['1120 c A 10:11 ack 1'], [1_000_000, 1_000_000]],
    ['too early', ['1019.999 c A 10 ack 1'], undefined],
    ['with what is next', ['1120 c A 11 ack 1'], undefined],
    ['of two octets', ['1120 c A 10:12 ack 1'], undefined],
    ['by the other end', ['1120 s A 0 ack 11'], undefined],
    ['something not acknowledged', ['130 c PA 11:21 ack 1', '1120 c A 20 ack 1'], undefined],
    ['window closed', ['130 s A 1 ack 11 win 0', '1120 c A 10 ack 1'], undefined],
    ['a FIN', ['130 c FA 11:12 ack 1', '150 s A 1 ack 12', '1120 c FA 11:12 ack 1'], undefined],
  ])('%s', (_, lines, times) => expect(kept(...quiet, ...lines)).toEqual(times));
});

test('questions that nobody answers any more', () => {
  const asked = ['100 c PA 1:11 ack 1', '120 s A 1 ack 11', '1020 c A 10 ack 1', '2020 c A 10 ack 1'];
  const seen = opened('', '', ...asked, '3000 c A 11 ack 1', '3020 c RA 10 ack 1', '4000 c A 10:11 ack 1');
  expect([vainProbes(seen, 1), vainProbes(seen, 0)]).toEqual([3, 0]);
  expect(settingsOf(seen, 0).keepAliveProbes).toBe(3);
  expect(settingsOf(seen, 1).keepAliveProbes).toBeUndefined();
  expect(settingsOf(opened('', '', ...asked.slice(0, 3)), 0).keepAliveProbes).toBeUndefined();
});

test.each([
  ['doubled at once', [0, 1000, 3000, 7000], 0],
  ['same twice, then doubled', [0, 1000, 2000, 3000, 5000], 2],
  ['half more', [0, 1000, 2500], undefined],
  ['never doubled', [0, 1000, 2000], undefined],
  ['repeated once', [0, 1000], undefined],
])('a SYN again: %s', (_, times, linear) => {
  const seen = connection(...times.map((ms) => `${ms} c S 0:1`));
  expect(settingsOf(seen, 0).synLinearTimeouts).toBe(linear);
});

describe('when a program read, by its window', () => {
  const offering = (...lines: readonly string[]) =>
    lookAt(connection('0 c S 0:1 win 1000', '20 s SA 0:1 ack 1 win 1000', ...lines), seenFrom(0, 10));
  const filled = [
    ...['30 c PA 1:601 ack 1', '50 s A 1 ack 601 win 400', '60 s A 1 ack 601 win 700'],
    ...['61 s A 1 ack 601 win 1000', '62 s A 1 ack 601 win 1000'],
  ];
  test('the edge moves by what was read', () => {
    const look = offering(...filled);
    expect(readsLate(look, 1)).toBe(true);
    expect(bufferOf(look.seen, 1)).toBe(1000);
    expect(readsOf(look, 1).map(({segment, bytes, tells}) => [segment.packet, bytes, tells])).toEqual([
      [5, 300, false],
      [6, 300, false],
    ]);
  });
  test('a window that is twice what was left, of at most half the buffer, is told of at once (Linux)', () => {
    const tells = (left: number, now: number): readonly boolean[] =>
      readsOf(
        offering(
          `30 c PA 1:${1001 - left} ack 1`,
          `50 s A 1 ack ${1001 - left} win ${left}`,
          `60 s A 1 ack ${1001 - left} win ${now}`,
        ),
        1,
      ).map((read) => read.tells);
    expect(tells(500, 1000)).toEqual([true]);
    expect(tells(500, 999)).toEqual([false]);
    expect(tells(501, 1000)).toEqual([false]);
    expect(tells(400, 800)).toEqual([true]);
  });
  test.each([
    ['half is left', '50 s A 1 ack 501 win 500', false],
    ['less is left', '50 s A 1 ack 502 win 499', true],
    ['a reset offers nothing', '50 s RA 1 ack 502 win 0', false],
    ['only data say so', '50 s PA 1:2 ack 502 win 499', false],
  ])('it reads late: %s', (_, line, late) => {
    expect(readsLate(offering('30 c PA 1:502 ack 1', line), 1)).toBe(late);
  });
});
