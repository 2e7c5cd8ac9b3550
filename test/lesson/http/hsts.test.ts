// HSTS in the browser of a lesson. Oracle: RFC 6797 §8.1 (over TLS only, max-age, 0 takes it back), §8.2, §8.3.
import {expect, test} from 'vitest';
import {page, runOf} from '../tls/page.ts';
import {exchangesOf} from './site.ts';

const field = (value: string) => `headers: {Strict-Transport-Security: "${value}"}`;
const sites = (secure: string, plain = '') => `apps:
  - {host: server, http: {routes: [{get: /, body: 5B${plain}}]}}
  - {host: server, tls: {certificate: good, versions: [1.3], http: {routes: [{get: /, body: 5B${secure}}, {get: /off, body: 1B, ${field('max-age=0')}}]}}}
`;
const [plain, secure] = ['http://www.example.com/', 'https://www.example.com/'];

/** The URLs that were really asked for, one each second. */
const asked = (apps: string, ...urls: readonly (readonly [at: string, url: string])[]): readonly string[] => {
  const causes = urls.map(([at, url]) => `{at: ${at}, host: client, call: get, url: '${url}'}`);
  const trace = runOf(page(`${apps}script: [${causes.join(', ')}]\n`));
  return urls.flatMap((_, nth) => exchangesOf(trace, nth));
};

test('http becomes https once the site has asked for it over TLS, until max-age is over', () => {
  const asks = [
    ['1s', plain],
    ['2s', secure],
    ['3s', plain],
    ['20s', plain],
  ] as const;
  expect(asked(sites(`, ${field('max-age=10')}`), ...asks)).toEqual([
    `200 ${plain}`,
    `200 ${secure}`,
    `200 ${secure}`,
    // The answer at 3 s has begun the ten seconds anew; they are over all the same.
    `200 ${plain}`,
  ]);
});

test('what plain http says counts for nothing', () => {
  const asks = [
    ['1s', plain],
    ['2s', plain],
  ] as const;
  expect(asked(sites('', `, ${field('max-age=10')}`), ...asks)).toEqual([`200 ${plain}`, `200 ${plain}`]);
});

test('max-age=0 takes it back', () => {
  const asks = [
    ['1s', secure],
    ['2s', `${secure}off`],
    ['3s', plain],
  ] as const;
  expect(asked(sites(`, ${field('max-age=10')}`), ...asks).at(-1)).toBe(`200 ${plain}`);
});
