// Oracle: RFC 6298 §2.2 to §2.5 and §5.5 by hand; FreeBSD's slop as tcp_output.c adds it.
import {expect, test} from 'vitest';
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import {backOff, rtoOf, rttSample} from '../../../source/stack/tcp/rto.ts';
import type {TcpSettings} from '../../../source/stack/tcp/settings.ts';

const settings = (change: Partial<TcpSettings> = {}): TcpSettings => ({
  ...{...profiles.rfc, minRtoUs: 1000, maxRtoUs: 60_000, minRtoAppliesTo: 'rto', rtoSlopUs: 0},
  ...change,
});
const unknown = {srttUs: undefined, rttvarUs: undefined, rtoUs: 1};

test('the first sample: SRTT is R, RTTVAR half of it (§2.2)', () => {
  expect(rttSample(unknown, 5001, settings())).toEqual({
    srttUs: 5001,
    rttvarUs: 2501,
    rtoUs: 5001 + 4 * 2501,
  });
  expect(rttSample({...unknown, srttUs: 7}, 5000, settings())).toMatchObject({srttUs: 5000, rttvarUs: 2500});
  expect(rttSample({...unknown, rttvarUs: 7}, 5000, settings())).toMatchObject({srttUs: 5000});
});

test('later ones: three quarters and one, seven eighths and one (§2.3)', () => {
  const before = {srttUs: 8000, rttvarUs: 400, rtoUs: 1};
  expect(rttSample(before, 8800, settings())).toEqual({srttUs: 8100, rttvarUs: 500, rtoUs: 10_100});
  expect(rttSample(before, 7200, settings())).toEqual({srttUs: 7900, rttvarUs: 500, rtoUs: 9900});
});

test('bounds: of the whole, or of the variation (§2.4, §2.5)', () => {
  expect([rtoOf(500, 10, settings()), rtoOf(59_000, 500, settings())]).toEqual([1000, 60_000]);
  // Without variation the clock's granularity, a microsecond, counts.
  expect(rtoOf(5000, 0, settings())).toBe(5001);
  expect(rtoOf(5000, 100, settings({minRtoAppliesTo: 'variance'}))).toBe(6000);
  expect(rtoOf(5000, 400, settings({minRtoAppliesTo: 'variance'}))).toBe(6600);
  expect(rtoOf(5000, 400, settings({rtoSlopUs: 200}))).toBe(6800);
});

test('each time-out is twice the last, up to the most; slop is added anew (§5.5)', () => {
  expect([backOff(1000, settings()), backOff(31_000, settings())]).toEqual([2000, 60_000]);
  const bsd = settings({rtoSlopUs: 200});
  // 2 × (1200 − 200) + 200; of the first SYN 2 × 1000 + 200.
  expect([backOff(1200, bsd), backOff(1000, bsd, {slopless: true})]).toEqual([2200, 2200]);
});
