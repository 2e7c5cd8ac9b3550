// How connections end, by captures of known causes: each finding where it has to be, and not where the cause is another one.
import {expect, test} from 'vitest';
import {findingTable} from '../../source/verdict/ids.ts';
import {found} from './causes.ts';

const ids = Object.keys(findingTable);
const ending = ids.slice(ids.indexOf('reset-unread'), ids.indexOf('nat-new-port') + 1);
const endings = (name: string, alter = {}) => found(ending, name, alter);

test('broken off with octets unread, or all read', () => {
  expect(endings('reset-unread')).toEqual([
    'request-refused 1 server-program',
    'reset-unread 1 server-program',
  ]);
  expect(endings('reset-abort')).toEqual(['reset-abort 1 client-program']);
  expect(endings('reset-abort', {keep: (frame: number) => frame < 8})).toEqual([]);
});

test('a RST by another TTL is somebody else’s, by the same one the end’s own', () => {
  expect(endings('reset-forged')).toEqual(['reset-forged 1 path']);
  expect(endings('reset-forged', {hops: (frame: number) => (frame === 9 ? 55 : undefined)})).not.toContain(
    'reset-forged 1 path',
  );
  expect(endings('reset-half-open')).toEqual(['reset-half-open 1 server']);
  expect(endings('reset-half-open', {hops: (frame: number) => (frame === 8 ? 61 : undefined)})).toEqual([
    'idle-forgotten 1 path',
  ]);
});

test('forgotten in a long silence; without the silence the other end is gone', () => {
  expect(endings('idle-forgotten')).toEqual(['idle-forgotten 1 path']);
  expect(endings('idle-forgotten-then-rst')).toEqual(['idle-forgotten 1 path']);
  const soon = {earlier: (frame: number) => (frame > 10 ? 890 : 0)};
  expect(endings('idle-forgotten', soon)).toEqual(['peer-gone 1 unknown']);
  expect(endings('peer-gone')).toEqual(['peer-gone 1 unknown']);
  expect(endings('peer-gone', {keep: (frame: number) => frame < 28})).toEqual([]);
});

test('keep-alive probes without an answer, and a RST; with the answers all is well', () => {
  expect(endings('keep-alive-gave-up')).toEqual(['keep-alive-gave-up 1 unknown']);
  expect(endings('keep-alive-gave-up', {keep: (frame: number) => frame < 14})).toEqual([]);
});

test('closed by a timer after a round number of seconds; sooner it is somebody’s wish', () => {
  expect(endings('idle-closed')).toEqual(['idle-closed 1 server-program']);
  expect(endings('idle-closed', {earlier: (frame: number) => (frame > 9 ? 12 : 0)})).toEqual([]);
});

test('a request that crosses the end of an idle connection; without the request it is a plain end', () => {
  expect(endings('keep-alive-race')).toEqual(['keep-alive-race 1 unknown']);
  expect(endings('keep-alive-race', {keep: (frame: number) => frame < 7 || frame === 8})).toEqual([
    'idle-closed 1 server-program',
  ]);
});

test('one direction is closed and the other goes on; both at once are no half-close', () => {
  expect(endings('half-closed')).toEqual(['half-closed 1 client-program']);
  const still = (frame: number) => ![8, 9, 10, 11, 12, 13, 14].includes(frame);
  expect(endings('half-closed', {keep: still})).toEqual([]);
});

test('the numbers of another connection under another port; alone it is a host that knows nothing', () => {
  expect(endings('nat-new-port')).toEqual(['nat-new-port 2 path']);
  expect(endings('nat-new-port', {keep: (frame: number) => frame > 7})).toEqual([
    'reset-half-open 1 unknown',
  ]);
});
