// The one format of times, numbers and addresses.
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {secondsText} from '../../source/drills/packetdrill/failure.ts';
import {timeText, valueText} from '../../source/lesson/value.ts';
import {lengthText, secondsAs} from '../../source/quiz/times.ts';
import {formatDuration} from '../../source/sim/fault-text.ts';
import {
  fineColumns,
  formatBytes,
  formatClock,
  formatCount,
  formatEstimate,
  formatFine,
  formatMoment,
  formatSeen,
  formatShortTime,
  formatSocket,
  formatTerm,
  formatTime,
  formatWhole,
} from '../../source/words/format.ts';
import {spokenEstimate} from '../../source/words/spoken-text.ts';

test.each([
  [0, '0 ms'],
  [350, '350 µs'],
  [999, '999 µs'],
  [1_000, '1 ms'],
  [1_500, '1.50 ms'],
  [12_500, '12.5 ms'],
  [50_000, '50 ms'],
  [123_456, '123 ms'],
  [999_999, '999 ms'],
  [1_000_000, '1.000 s'],
  [1_050_000, '1.050 s'],
  [9_999_999, '9.999 s'],
  [59_950_000, '59.95 s'],
  [127_000_000, '127.0 s'],
  [7_200_000_000, '7200 s'],
  [1_000_000_000_000, '277 h'],
])('%d µs is %s', (us, text) => {
  expect(formatTime(us)).toBe(text);
});

test('prose has the digits of the screen; only whole seconds go without decimals', () => {
  fc.assert(
    fc.property(fc.integer({min: 1, max: 9_999_000_000}), (us) => {
      const said = valueText({kind: 'time', us});
      expect(said).toBe(us % 1_000_000 === 0 ? `${us / 1_000_000} s` : formatTime(us));
    }),
  );
  // RTTVAR after four samples of 100 ms: 50 × (3/4)⁴ ms.
  expect(valueText({kind: 'time', us: 15_820.3125})).toBe('15.8 ms');
});

test('never more than 7 columns, and never ahead of the time', () => {
  fc.assert(
    fc.property(fc.integer({min: 0, max: 9_999_999_999_999}), (us) => {
      const text = formatTime(us);
      expect(text.length).toBeLessThanOrEqual(7);
      const [value = '', unit = ''] = text.split(' ');
      const scale = {µs: 1, ms: 1000, s: 1_000_000, h: 3_600_000_000}[unit] ?? Number.NaN;
      expect(Math.floor(Number(value) * scale)).toBeLessThanOrEqual(us);
    }),
  );
});

test.each([
  [1_050_000, '1.050 s'],
  [61_200_000, '61.20 s'],
  [61_204_999, '61.204 s'],
  [127_000_000, '127.0 s'],
  [3_720_412_500, '3720.412 s'],
  [7_275_000_000, '7275 s'],
])('%d µs in a sentence is %s: no millisecond is cut off', (us, text) => {
  expect(formatMoment(us)).toBe(text);
});

test('a length is told as the clock at its end tells it, and its short form does not say more', () => {
  expect(formatTime(3_598_900_000)).toBe('3598 s');
  fc.assert(
    fc.property(fc.integer({min: 1_000_000_000, max: 99_999_000_000}), (us) => {
      expect(formatTime(us)).toBe(formatShortTime(us));
    }),
  );
  const unitsUs = {µs: 1, ms: 1000, s: 1_000_000};
  fc.assert(
    fc.property(fc.integer({min: 1, max: 99_999_000_000}), (us) => {
      const [value, unit] = formatShortTime(us).split(' ') as [string, keyof typeof unitsUs];
      expect(Number(value) * unitsUs[unit]).toBeLessThanOrEqual(us);
    }),
  );
});

test('in a column of times 10 ms are seen, however late it is', () => {
  expect([0, 1_050_000, 59_950_000, 127_050_000, 1_740_050_000, 172_800_050_000].map(formatFine)).toEqual([
    '0 ms',
    '1.050 s',
    '59.95 s',
    '127.05 s',
    '1740.05 s',
    '172800.05 s',
  ]);
  fc.assert(
    fc.property(fc.integer({min: 0, max: 999_999_999_999}), (us) => {
      expect(formatFine(us)).not.toBe(formatFine(us + 10_000));
      expect(formatFine(us).length).toBeLessThanOrEqual(fineColumns(us + 10_000));
    }),
  );
});

test('the clock shows whole milliseconds once there are any', () => {
  expect([350, 1_234, 78_999, 1_040_000].map(formatClock)).toEqual(['350 µs', '1 ms', '78 ms', '1.040 s']);
});

test('the whole of a timer is never told as less than what is left of it', () => {
  expect([60_000_000, 19_190_000, 19_000_000, 1_000_000, 1_050_000, 40_000].map(formatWhole)).toEqual([
    '60 s',
    '19.19 s',
    '19 s',
    '1 s',
    '1.05 s',
    '40 ms',
  ]);
  const usOf = (text: string): number => {
    const [value = '', unit = ''] = text.split(' ');
    return Number(value) * ({µs: 1, ms: 1000, s: 1_000_000}[unit] ?? Number.NaN);
  };
  fc.assert(
    fc.property(
      fc.integer({min: 1, max: 7_200_000_000}),
      fc.double({min: 0, max: 1, noNaN: true}),
      (us, share) => {
        expect(usOf(formatTime(Math.floor(us * share)))).toBeLessThanOrEqual(usOf(formatWhole(us)));
      },
    ),
  );
});

test.each([
  [0, '≈0 ms'],
  [999, '≈999 µs'],
  [999.5, '≈1.0 ms'],
  [5_249, '≈5.2 ms'],
  [5_250, '≈5.3 ms'],
  [9_949, '≈9.9 ms'],
  [9_950, '≈10 ms'],
  [24_499, '≈24 ms'],
  [24_500, '≈25 ms'],
  [999_499, '≈999 ms'],
  [999_500, '≈1.00 s'],
  [1_095_000, '≈1.10 s'],
  [9_996_000, '≈10.0 s'],
  [99_960_000, '≈100 s'],
  [127_600_000, '≈128 s'],
  [3_600_500_000, '≈3601 s'],
  [-300, '≈0 ms'],
  [-25_500, '≈−26 ms'],
  [-99_600, '≈−0.1 s'],
  [-9_960_000, '≈−10 s'],
])('of what is estimated %d µs is %s: rounded, half of the last digit up', (us, text) => {
  expect(formatSeen(us, true)).toBe(text);
});

test('an estimate is as near as its digits go', () => {
  fc.assert(
    fc.property(fc.integer({min: -1_000_000_000, max: 9_999_999_999}), (us) => {
      const [, minus, number = '', unit = ''] = /^≈(−?)([\d.]+) (\S+)$/.exec(formatSeen(us, true)) ?? [];
      const scale = {µs: 1, ms: 1000, s: 1_000_000}[unit] ?? Number.NaN;
      const last = scale / 10 ** (number.split('.')[1]?.length ?? 0);
      expect(Math.abs(Number(`${minus === '' ? '' : '-'}${number}`) * scale - us)).toBeLessThanOrEqual(
        last / 2 + 1e-3,
      );
    }),
  );
});

test('short times for tight places', () => {
  expect([975_000, 1_000_000, 1_965_000, 59_950_000, 250].map(formatShortTime)).toEqual([
    '975 ms',
    '1 s',
    '1.9 s',
    '59 s',
    '250 µs',
  ]);
});

test('IPv6 addresses stand in brackets before a port', () => {
  expect(formatSocket('192.0.2.10', 80)).toBe('192.0.2.10:80');
  expect(formatSocket('2001:db8::1', 80)).toBe('[2001:db8::1]:80');
  expect(formatSocket('192.0.2.10', undefined)).toBe('192.0.2.10');
});

const clocks = {
  formatTime,
  formatMoment,
  formatFine,
  formatTerm,
  formatClock,
  formatShortTime,
  formatWhole,
  timeText,
  lengthText,
  secondsAs: (us: number) => secondsAs([us])(us),
};

/** Formats a size; no file is larger than the largest safe integer. */
const sizes = (bytes: number): string => formatBytes(Math.min(bytes, Number.MAX_SAFE_INTEGER));

const quantities = {...clocks, formatEstimate, sizes, formatCount, formatDuration, secondsText};

test('every finite number has a text, also a fraction, a huge number and a negative one', () => {
  const any = fc.oneof(
    fc.double({noNaN: true, noDefaultInfinity: true}),
    fc.double({min: -1e9, max: 1e9, noNaN: true}),
    fc.integer({min: -1_000_000_000, max: 1_000_000_000}).map((odd) => odd + 0.5),
  );
  fc.assert(
    fc.property(any, (us) => {
      for (const [name, format] of Object.entries(quantities))
        expect(`${name}(${us}) = ${format(us)}`).toMatch(
          /= [-−]?\d[\d,]*(\.\d+)?(e[+-]\d+)?( ?([µum]?s|[hB]|[kMGT]B))?$/,
        );
    }),
  );
});

test('a clock cuts off fractions of a microsecond', () => {
  fc.assert(
    fc.property(
      fc.integer({min: 0, max: 9_999_999_999}),
      fc.double({min: 0, max: 0.999, noNaN: true}),
      (us, fraction) => {
        for (const [name, format] of Object.entries(clocks))
          expect(`${name} ${format(us + fraction)}`).toBe(`${name} ${format(us)}`);
      },
    ),
  );
  expect(secondsAs([1_500_001, 0.5])(1_500_001.5)).toBe('1.500001 s');
});

test('the ear hears of an estimate what the eye reads', () => {
  expect([24_700, 5_250, -25_500, 0].map((us) => spokenEstimate(us, 'en'))).toEqual([
    '25 milliseconds',
    '5.3 milliseconds',
    'minus 26 milliseconds',
    '0 milliseconds',
  ]);
});
