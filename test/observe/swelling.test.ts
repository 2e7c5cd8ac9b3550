// How a way grows while a queue fills, by arithmetic: RFC 6298 §2.3 for the smoothing, RFC 7323 §4 for what an echo names.
import {describe, expect, test} from 'vitest';
import {EchoTimes, Swelling} from '../../source/observe/swelling.ts';

const grown = (...samples: readonly number[]): number => {
  const swelling = new Swelling();
  for (const us of samples) swelling.add(us);
  return swelling.growthUs;
};
const times = (count: number, us: number): readonly number[] => Array.from({length: count}, () => us);

describe('growth', () => {
  test('is what the smoothed way takes at most beyond the least; fewer than sixteen samples tell nothing', () => {
    expect(grown(...times(15, 100), 900)).toBe(100);
    expect(grown(...times(14, 100), 900)).toBe(0);
    expect(grown(...times(16, 100))).toBe(0);
    expect(grown(...times(16, 100), ...times(200, 900), ...times(200, 100))).toBe(800);
  });

  test('one late answer is none', () => {
    expect(grown(...times(20, 1000), 41_000, ...times(20, 1000))).toBe(5000);
  });
});

describe('the time until an echo', () => {
  const growthOf = (...pairs: readonly (readonly [said: number, came: number])[]): number => {
    const echoes = new EchoTimes();
    for (const [index, [said, came]] of pairs.entries()) {
      echoes.said({stamp: 10 + index, atUs: said});
      echoes.said({stamp: 10 + index, atUs: said + 500});
      echoes.came({echo: 10 + index, atUs: came, length: 1});
      echoes.came({echo: 10 + index, atUs: came + 9000, length: 1});
    }
    return echoes.growthUs;
  };

  test('runs from the first that bore the timestamp to the first data that echo it', () => {
    const steady = Array.from({length: 16}, (_, n) => [n * 1e6, n * 1e6 + 40_000] as const);
    expect(growthOf(...steady)).toBe(0);
    const longer = steady.map(([said, came], n) => [said, came + (n === 15 ? 80_000 : 0)] as const);
    expect(growthOf(...longer)).toBe(10_000);
  });

  test('an ACK alone, and data that echo what was not seen, tell nothing; what is passed over is not waited for', () => {
    const echoes = new EchoTimes();
    const sampled = () => {
      for (let n = 0; n < 16; n += 1) {
        echoes.said({stamp: 100 + n, atUs: 0});
        echoes.came({echo: 100 + n, atUs: 1000, length: 1});
      }
      return echoes.growthUs;
    };
    echoes.came({echo: 5, atUs: 0, length: 1});
    echoes.said({stamp: 7, atUs: 0});
    echoes.came({echo: 7, atUs: 9_000_000, length: 0});
    echoes.said({stamp: 8, atUs: 0});
    echoes.said({stamp: 9, atUs: 0});
    echoes.came({echo: 9, atUs: 1000, length: 1});
    echoes.came({echo: 8, atUs: 9_000_000, length: 1});
    expect(sampled()).toBe(0);
    echoes.said({stamp: undefined, atUs: 0});
    echoes.came({echo: undefined, atUs: 0, length: 1});
  });
});
