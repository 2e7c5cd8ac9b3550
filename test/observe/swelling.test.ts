// How a way grows while a queue fills, by arithmetic; RFC 7323 §4 for what an echo names.
import {describe, expect, test} from 'vitest';
import {EchoTimes, Swelling} from '../../source/observe/swelling.ts';

const grown = (...samples: readonly number[]): number => {
  const swelling = new Swelling();
  for (const us of samples) swelling.add(us);
  return swelling.sustainedUs;
};
const times = (count: number, us: number): readonly number[] => Array.from({length: count}, () => us);

describe('growth', () => {
  test('is by how much the second longest exceeds the shortest; fewer than four samples tell nothing', () => {
    expect(grown(100, 900, 900)).toBe(0);
    expect(grown(100, 900, 700, 300)).toBe(600);
    expect(grown(...times(16, 100))).toBe(0);
  });

  test('one late answer is none', () => {
    expect(grown(...times(20, 1000), 41_000, ...times(20, 1000))).toBe(0);
  });
});

describe('the time until an echo', () => {
  const grownOf = (...pairs: readonly (readonly [said: number, came: number])[]): number => {
    const echoes = new EchoTimes();
    for (const [index, [said, came]] of pairs.entries()) {
      echoes.said({stamp: 10 + index, atUs: said});
      echoes.said({stamp: 10 + index, atUs: said + 500});
      echoes.came({echo: 10 + index, atUs: came, length: 1});
      echoes.came({echo: 10 + index, atUs: came + 9000, length: 1});
    }
    return echoes.sustainedUs;
  };

  test('runs from the first that bore the timestamp to the first data that echo it', () => {
    const steady = Array.from({length: 16}, (_, n) => [n * 1e6, n * 1e6 + 40_000] as const);
    expect(grownOf(...steady)).toBe(0);
    const longer = steady.map(([said, came], n) => [said, came + (n > 13 ? 80_000 : 0)] as const);
    expect(grownOf(...longer)).toBe(80_000);
  });

  test('an ACK alone, and data that echo what was not seen, tell nothing; what is passed over is not waited for', () => {
    const echoes = new EchoTimes();
    const sampled = () => {
      for (let n = 0; n < 16; n += 1) {
        echoes.said({stamp: 100 + n, atUs: 0});
        echoes.came({echo: 100 + n, atUs: 1000, length: 1});
      }
      return echoes.sustainedUs;
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
