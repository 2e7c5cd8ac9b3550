// The server's carriers: sizes by RFC 1035 §4.2.1 and RFC 6891 §6.2, TCP by RFC 7766; the messages themselves: authority.test.ts.
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
  type AuthorityState,
  authorityStart,
  authorityStep,
} from '../../../source/stack/dns/authority-program.ts';
import {parseRecords, parseZone} from '../../../source/stack/dns/zone-file.ts';
import type {ProgramEnv} from '../../../source/stack/program.ts';
import {ruleOf} from '../../../source/stack/reason.ts';
import {decodeDns} from '../../../source/wire/dns/decode.ts';
import {optRecord} from '../../../source/wire/dns/edns.ts';
import {encodeDns} from '../../../source/wire/dns/encode.ts';
import type {DnsMessage} from '../../../source/wire/dns/message.ts';
import {rcodeName} from '../../../source/wire/dns/registry.ts';
import {acted} from '../../helpers/acted.ts';
import {runs} from '../../helpers/seeds.ts';
import {query, told} from './words.ts';

const quoted = (octets: number): string =>
  Array.from({length: octets / 100}, () => `"${'t'.repeat(99)}"`).join(' ');

const zone = parseZone(
  `@ 300 SOA ns h 1 2 3 4 5\n NS ns\ny A 203.0.113.80\nbig TXT ${quoted(900)}\nhuge TXT ${quoted(3000)}\n`,
  'abc.com.',
);
if (!zone.ok) throw new Error(JSON.stringify(zone.error));

const env = (nowUs: number): ProgramEnv => ({nowUs, addresses: ['203.0.113.53'], chance: () => 0});
const from = {ip: '192.0.2.53', port: 40_000};
const fresh = authorityStart({zones: [zone.value]});

const send = (state: AuthorityState, data: Uint8Array) => {
  const event = {kind: 'datagram', port: 53, local: '203.0.113.53', from, data} as const;
  const [effect, ...others] = authorityStep(state, event, env(0)).effects;
  if (effect) acted(effect);
  expect(others).toEqual([]);
  return effect;
};

const exchange = (
  message: DnsMessage,
  state = fresh,
): {octets: number; response: DnsMessage; because: string} => {
  const effect = send(state, encodeDns(message));
  if (effect?.kind !== 'datagram') throw new Error(`${effect?.kind} for an answer`);
  expect(effect).toMatchObject({port: 53, local: '203.0.113.53', to: from});
  const response = decodeDns(effect.data);
  if (!response.ok) throw new Error(response.error.code);
  return {octets: effect.data.length, response: response.value, because: ruleOf(effect.because)};
};

const withEdns = (name: string, udpSize: number): DnsMessage =>
  query(name, 'TXT', {additionals: [optRecord({udpSize})]});

test('it takes port 53 of both carriers', () => {
  expect(authorityStep(fresh, {kind: 'start'}, env(0)).effects).toEqual([
    {kind: 'bind', port: 53},
    {kind: 'listen', port: 53},
  ]);
});

describe('over UDP', () => {
  test.each([
    ['without EDNS', query('big.abc.com.', 'TXT'), 512, true],
    ['with room', withEdns('big.abc.com.', 1232), 1232, false],
    ['a size below 512 means 512', withEdns('big.abc.com.', 100), 512, true],
    ['also the server’s size', withEdns('huge.abc.com.', 65_535), 1232, true],
  ])('%s', (_, message, most, cut) => {
    const {octets, response, because} = exchange(message);
    expect(octets).toBeLessThanOrEqual(most);
    expect(response.flags.tc).toBe(cut);
    expect(response.answers.length).toBe(cut ? 0 : 1);
    expect(because).toBe(cut ? '1035:4.2.1/truncated' : '1034:4.3.2/answer');
    expect(response.additionals.length).toBe(message.additionals.length);
  });

  const header = Uint8Array.of(0xab, 0xcd, 0x01, 0x00, 0, 1, 0, 0, 0, 0, 0, 0);

  test('a header with no message behind it gets FORMERR under its id', () => {
    const effect = send(fresh, header);
    const response = effect?.kind === 'datagram' ? decodeDns(effect.data) : undefined;
    const message = response?.ok ? response.value : query('.', 'A');
    expect([message.id, rcodeName(message.rcode), message.flags.qr, message.flags.rd]).toEqual([
      0xabcd,
      'FORMERR',
      true,
      true,
    ]);
  });

  test.each([
    ['less than a header', header.subarray(0, 11)],
    ['a broken response', Uint8Array.of(...header.subarray(0, 2), 0x81, ...header.subarray(3))],
    ['a response', encodeDns({...query('y.abc.com.', 'A'), flags: {...query('.', 'A').flags, qr: true}})],
    ['nothing', new Uint8Array()],
  ])('%s is thrown away', (_, data) => {
    expect(send(fresh, data)).toEqual({kind: 'discard', because: '1035:4.1.1/not-a-query'});
  });
});

test('any octets get at most 512 octets back, under their id, or nothing', () => {
  const octets = fc.oneof(
    fc.uint8Array({maxLength: 80}),
    // A query with some of its octets changed.
    fc
      .tuple(fc.constantFrom('y', 'big', 'nope'), fc.array(fc.tuple(fc.nat(60), fc.nat(255)), {maxLength: 3}))
      .map(([host, changes]) => {
        const bytes = encodeDns(query(`${host}.abc.com.`, 'TXT'));
        for (const [at, octet] of changes) if (at < bytes.length) bytes[at] = octet;
        return bytes;
      }),
  );
  fc.assert(
    fc.property(octets, (data) => {
      const effect = send(fresh, data);
      if (effect?.kind === 'discard') return;
      if (effect?.kind !== 'datagram') throw new Error(`${effect?.kind} for an answer`);
      const response = decodeDns(effect.data);
      expect(response.ok && response.value.flags.qr).toBe(true);
      expect(effect.data.subarray(0, 2)).toEqual(data.subarray(0, 2));
      expect(effect.data.length).toBeLessThanOrEqual(512);
    }),
    {seed: 53, numRuns: runs(2000)},
  );
});

describe('over TCP', () => {
  const framed = (message: DnsMessage): readonly number[] => {
    const bytes = encodeDns(message);
    return [bytes.length >> 8, bytes.length & 0xff, ...bytes];
  };
  const stream = 's1';
  const accepted = authorityStep(
    fresh,
    {kind: 'accepted', stream, port: 53, local: '203.0.113.53', from},
    env(1_000_000),
  );
  const armedAt = (dueUs: number) => ({
    kind: 'timer',
    timer: 'idle s1',
    op: 'arm',
    dueUs,
    because: '7766:6.2.3/idle/start',
  });

  test('queries in a row are answered in a row, however they are cut into segments, and whole', () => {
    const names = ['y.abc.com.', 'nope.abc.com.', 'huge.abc.com.'];
    const octets = names.flatMap((name) => framed(query(name, name.startsWith('y') ? 'A' : 'TXT')));
    for (const size of [1, 7, 30, octets.length]) {
      let {state} = accepted;
      const written: number[] = [];
      for (let at = 0; at < octets.length; at += size) {
        const data = Uint8Array.from(octets.slice(at, at + size));
        const step = authorityStep(state, {kind: 'data', stream, data}, env(2_000_000 + at));
        state = step.state;
        for (const effect of step.effects) if (effect.kind === 'write') written.push(...effect.data);
        expect(step.effects.at(-1)).toEqual(armedAt(12_000_000 + at));
      }
      const answers: unknown[] = [];
      for (let at = 0; at < written.length; ) {
        const length = 256 * (written[at] ?? 0) + (written[at + 1] ?? 0);
        const message = decodeDns(Uint8Array.from(written.slice(at + 2, at + 2 + length)));
        answers.push(
          message.ok && [told(message.value).rcode, message.value.answers.length, message.value.flags.tc],
        );
        at += 2 + length;
      }
      expect(answers).toEqual([
        ['NOERROR', 1, false],
        ['NXDOMAIN', 0, false],
        ['NOERROR', 1, false],
      ]);
    }
  });

  test('an idle connection is closed after 10 s (RFC 7766 §6.2.3)', () => {
    expect(accepted.effects).toEqual([armedAt(11_000_000)]);
    const timer = {kind: 'timer', timer: 'idle s1'} as const;
    const closed = authorityStep(accepted.state, timer, env(11_000_000));
    expect(closed.effects).toEqual([{kind: 'close', stream}]);
    expect(authorityStep(closed.state, timer, env(12_000_000)).effects).toEqual([]);
    const data = Uint8Array.from(framed(query('y.abc.com.', 'A')));
    expect(authorityStep(closed.state, {kind: 'data', stream, data}, env(12_000_000)).effects).toEqual([]);
  });

  const stop = {kind: 'timer', timer: 'idle s1', op: 'cancel', because: '7766:6.2.3/idle/stop'};

  test.each([
    ['eof', [stop, {kind: 'close', stream}]],
    ['reset', [stop]],
  ] as const)('%s ends it', (how, effects) => {
    const ended = authorityStep(accepted.state, {kind: 'ended', stream, how}, env(2_000_000));
    expect(ended.effects).toEqual(effects);
    expect(ended.state.streams.size).toBe(0);
  });

  test('a reboot forgets connections, not zones', () => {
    expect(authorityStep(accepted.state, {kind: 'start'}, env(0)).state).toEqual(fresh);
  });
});

describe('editZone', () => {
  const edit = (origin: string, text: string) => {
    const records = parseRecords(text, {origin});
    const call = {call: 'editZone', origin, records: records.ok ? records.value : []} as const;
    return authorityStep(fresh, {kind: 'call', token: 7, call}, env(0));
  };

  test('what is asked next is answered from the new records', () => {
    const {state, effects} = edit('ABC.com.', 'y 300 A 203.0.113.81');
    expect(effects).toMatchObject([
      {kind: 'note', note: {kind: 'edit', origin: 'abc.com.', serial: 2}},
      {kind: 'return', token: 7, answer: {result: 'ok', serial: 2}},
    ]);
    expect(told(exchange(query('y.abc.com.', 'A'), state).response).answer).toEqual([
      'y.abc.com. 300 A 203.0.113.81',
    ]);
  });

  test.each([
    ['xyz.com.', 'y 300 A 203.0.113.81'],
    ['abc.com.', 'y 300 CNAME ns'],
    ['abc.com.', '@ 300 CNAME ns'],
  ])('what would be no zone is refused: %s %s', (origin, text) => {
    const {state, effects} = edit(origin, text);
    expect(effects).toEqual([{kind: 'return', token: 7, answer: {result: 'EINVAL'}}]);
    expect(state).toBe(fresh);
  });
});
