// Replay codes: round trips, and any text is refused or read without an exception.
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {machineVersion} from '../../source/sim/identity.ts';
import {decodeReplay, encodeReplay, type Replay} from '../../source/sim/replay.ts';
import {formatSetting, parseSetting} from '../../source/sim/setting.ts';
import {fromBase64url, toBase64url} from '../../source/wire/base64url.ts';
import {runs} from '../helpers/seeds.ts';

const replay: Replay = {
  source: 'handshake',
  identity: '0123456789ab',
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

test('a code carries settings beside faults, and is the same as ever without them', () => {
  const set = [
    {place: 'path.delay', value: '80ms'},
    {place: 'client.send.text', value: 'a=b@packet=3, c'},
  ];
  expect(decodeReplay(encodeReplay({...replay, set}))).toEqual({ok: true, value: {...replay, set}});
  expect(encodeReplay({...replay, set: []})).toBe(encodeReplay(replay));
});

test('a code carries calls and segments of one’s own as the moves they are, with everything beside them', () => {
  const moves = [
    'drop@packet=2',
    'path.delay=80ms',
    'call=close@host=server,at=1s',
    'answer=flags:RST,seq:0',
  ];
  const {faults: _, ...rest} = replay;
  const by = (...texts: readonly string[]): Replay => ({...rest, faults: [], moves: texts});
  for (const texts of [moves, moves.slice(2, 3), moves.slice(3)])
    expect(decodeReplay(encodeReplay(by(...texts)))).toEqual({ok: true, value: by(...texts)});
  // Without any of these the code is the one of faults and settings.
  expect(encodeReplay(by('drop@packet=2'))).toBe(encodeReplay(replay));
});

test.each([
  ['path.delay=80ms', {place: 'path.delay', value: '80ms'}],
  ['client.send.2.text=x=y', {place: 'client.send.2.text', value: 'x=y'}],
  ['delay=200ms@from=client', undefined],
  ['edit:tcp.ack_raw=500@packet=3', undefined],
  ['delay=1.5s@packet=2', undefined],
  ['path.delay=', undefined],
  ['path=1', undefined],
  ['path.delay=1\n2', undefined],
])('as a setting, %j is %j', (text, setting) => {
  expect(parseSetting(text)).toEqual(setting);
  if (setting) expect(formatSetting(setting)).toBe(text);
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

describe('each part has to be of its kind', () => {
  const right: readonly unknown[] = [
    ...[machineVersion, 'handshake', '0123456789ab', 7],
    ...['linux', 'base', ['drop@packet=2']],
  ];
  const decoded = (parts: unknown) => decodeReplay(`pt1-${toBase64url(Buffer.from(JSON.stringify(parts)))}`);

  test.each([
    [1, 1],
    [2, 1],
    [3, '7'],
    [3, 1.5],
    [3, -1],
    [3, 2 ** 32],
    [4, 1],
    [4, 'windows'],
    [5, 1],
    [6, 'drop@packet=2'],
    [6, [2]],
    [6, ['drop@packet=2', 'drop@packet']],
  ])('part %i is not %o', (part, value) => {
    expect(decoded(right).ok).toBe(true);
    expect(decoded(right.with(part, value)).ok).toBe(false);
  });

  test.each(['linux', 'rfc', 'freebsd'])('the profile may be %s', (profile) => {
    expect(decoded(right.with(4, profile))).toMatchObject({ok: true, value: {profile}});
  });

  test('seeds go from 0 to 4294967295', () => {
    for (const seed of [0, 0xffffffff]) expect(decoded(right.with(3, seed))).toMatchObject({value: {seed}});
  });

  test('there are seven parts, and they are a list', () => {
    for (const parts of [right.slice(0, -1), [...right, 1], {...right}, 'linux'])
      expect(decoded(parts).ok).toBe(false);
  });

  test('of 4096 characters, not more; twelve digits of the identity', () => {
    const sized = (size: number) => encodeReplay({...replay, source: 'x'.repeat(size)});
    let size = 4096;
    while (sized(size).length > 4096) size--;
    expect(sized(size).length).toBe(4096);
    expect(decodeReplay(sized(size)).ok).toBe(true);
    expect(decodeReplay(sized(size + 3)).ok).toBe(false);
    const longer = encodeReplay({...replay, identity: '0123456789abcdef'});
    expect(decodeReplay(longer)).toMatchObject({value: {identity: '0123456789ab'}});
  });
});

describe('a code of another machine is known by its version', () => {
  const codeOf = (parts: readonly unknown[]) => `pt1-${toBase64url(Buffer.from(JSON.stringify(parts)))}`;
  // Of the program before machines had versions: `show handshake --drop 2` of 0.1.0.
  const old = 'pt1-WyJoYW5kc2hha2UiLCJhNWM0MzQ4Yjk3NWQiLDEsImxpbnV4IiwiYmFzZSIsWyJkcm9wQHBhY2tldD0yIl1d';

  test('those that do not say one are of the first', () => {
    expect(decodeReplay(old)).toEqual({ok: false, error: {code: 'machine', machine: 1}});
  });

  test.each([1, machineVersion - 1, machineVersion + 1, 1_000_000])('%i', (machine) => {
    const error = {code: 'machine', machine};
    expect(decodeReplay(codeOf([machine, 'handshake', {of: 'its own'}]))).toEqual({ok: false, error});
  });

  test.each([0, -1, 1.5, null, '2'])('%o is no version', (machine) => {
    const code = codeOf([machine, 'handshake', '0123456789ab', 7, 'linux', 'base', []]);
    expect(decodeReplay(code)).toEqual({ok: false, error: {code: 'unreadable'}});
  });
});
