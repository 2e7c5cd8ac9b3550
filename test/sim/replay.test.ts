// Replay codes: round trips, and any text is refused or read without an exception.
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {fromBase64url, toBase64url} from '../../source/sim/base64url.ts';
import {decodeReplay, encodeReplay, type Replay} from '../../source/sim/replay.ts';
import {runs} from '../helpers/seeds.ts';

const replay: Replay = {
  source: 'handshake',
  sourceDigest: '0123456789ab',
  seed: 7,
  profile: 'linux',
  run: 'base',
  faults: [{kind: 'drop', at: {packet: 2}}],
};

test('a code gives back what went in', () => {
  const code = encodeReplay(replay);
  expect(code).toMatch(/^pt1-[A-Za-z0-9_-]+$/);
  expect(decodeReplay(code)).toEqual({ok: true, value: replay});
});

test('base64url agrees with Node for any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(toBase64url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
      expect(fromBase64url(toBase64url(bytes))).toEqual(new Uint8Array(bytes));
    }),
  );
});

test('what is no code is refused', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(decodeReplay(`pt1-${text}`).ok).toBe(false);
    }),
    {numRuns: runs(500)},
  );
  expect(decodeReplay('pt2-abc').ok).toBe(false);
  expect(decodeReplay(`pt1-${toBase64url(Buffer.from('["a","b",-1,"linux","base",[]]'))}`).ok).toBe(false);
  expect(decodeReplay(`pt1-${toBase64url(Buffer.from('["a","b",1,"windows","base",[]]'))}`).ok).toBe(false);
});
