// What records carry: in clear, opened, or closed (RFC 9846 §5.1, §5.2; RFC 5246 §7.1). The lock is the test's own: it opens what begins
// with an octet of 1, and changes its key with each record.
import {describe, expect, test} from 'vitest';
import {ContentReader} from '../../source/observe/tls-contents.ts';
import type {Hellos} from '../../source/observe/tls-hellos.ts';
import type {Lock, LockFault, TlsKeys} from '../../source/stack/tls/recorded/lock.ts';
import {octetsOf} from '../../source/wire/octets.ts';
import {err, ok} from '../../source/wire/result.ts';
import {tls13} from '../../source/wire/tls/handshake.ts';
import {ContentType} from '../../source/wire/tls/registry.ts';
import {hello} from './quic-made.ts';

const read = (bytes: Uint8Array) => {
  const message = tls13.decode(bytes);
  if (!message.ok) throw new Error(message.error.code);
  return message.value;
};

const hellosOf = (version: 0x0303 | 0x0304, retried = false): Hellos => {
  const [client, server] = [read(hello.client()), read(hello.server(0x1301))];
  if (client.type !== 'client_hello' || server.type !== 'server_hello') throw new Error('no hellos');
  const {extensions: _, ...plain} = server.body;
  const retry = {...plain, extensions: []};
  return {
    ...{first: client.body, client: client.body, retry: retried ? retry : undefined},
    server: version === 0x0304 ? server.body : {...plain, extensions: []},
  };
};

/** `nth`: how many records it has opened. */
const lockAt = (nth: number): Lock => ({
  open: ({fragment}) =>
    fragment[0] === 1
      ? {type: ContentType.handshake, content: Uint8Array.of(nth), at: 8, next: lockAt(nth + 1)}
      : undefined,
});

const keys = (fault?: LockFault): TlsKeys => ({
  log: {secrets: new Map(), unreadable: 0},
  unlock: (session, sender) => {
    expect(session.suite).toBe(0x1301);
    return fault !== undefined && sender === 'client'
      ? err(fault)
      : ok(lockAt(sender === 'client' ? 10 : 20));
  },
});

type Said = readonly [side: 0 | 1, type: keyof typeof ContentType, hex: string];

const contentsOf = (hellos: Hellos, secrets: TlsKeys | undefined, said: readonly Said[]) => {
  const reader = new ContentReader(hellos, secrets);
  const take = ([side, type, hex]: Said, index: number) => {
    const record = {type: ContentType[type], version: 0x0303, fragment: octetsOf(hex)};
    reader.take({side, record, start: 100 * (index + 1), frame: index + 1, event: index + 1});
  };
  for (const [index, each] of said.entries()) take(each, index);
  const told = () =>
    reader.contents.map(
      ({type, encrypted, content, start}) =>
        `${type} ${encrypted ? (content ? 'opened' : 'closed') : 'clear'} ${content?.join(' ') ?? ''}@${start}`,
    );
  return {reader, told, take};
};

const none: Hellos = {first: undefined, client: undefined, retry: undefined, server: undefined};

test('in clear until something is protected: in TLS 1.3 by its type', () => {
  const said: readonly Said[] = [
    ...[
      [0, 'handshake', '05'] as const,
      [0, 'change_cipher_spec', '01'] as const,
      [0, 'alert', '0228'] as const,
    ],
    [0, 'application_data', '0102'],
  ];
  expect(contentsOf(hellosOf(0x0304), undefined, said).told()).toEqual([
    ...['22 clear 5@105', '20 clear 1@205', '21 clear 2 40@305', '23 closed @405'],
  ]);
  expect(contentsOf(none, undefined, said).told()).toEqual([
    ...['22 clear 5@105', '20 clear 1@205', '21 closed @305', '23 closed @405'],
  ]);
});

test('in TLS 1.2 all behind ChangeCipherSpec, each direction by itself; not where the client had to try again', () => {
  const said: readonly Said[] = [
    ...[
      [0, 'change_cipher_spec', '01'] as const,
      [1, 'handshake', '05'] as const,
      [0, 'handshake', '06'] as const,
    ],
  ];
  expect(contentsOf(hellosOf(0x0303), undefined, said).told()).toEqual([
    ...['20 clear 1@105', '22 clear 5@205', '22 closed @305'],
  ]);
  expect(contentsOf(hellosOf(0x0303, true), undefined, said).told()[2]).toBe('22 clear 6@305');
});

describe('with secrets', () => {
  const data = (side: 0 | 1, hex: string): Said => [side, 'application_data', hex];

  test('opened in order, by the key of each record, with its own type and place', () => {
    const {told, reader} = contentsOf(hellosOf(0x0304), keys(), [
      data(0, '01'),
      data(1, '01'),
      data(0, '01'),
    ]);
    expect(told()).toEqual(['22 opened 10@113', '22 opened 20@213', '22 opened 11@313']);
    expect(reader.closed).toEqual([]);
  });

  test('what does not open before anything has is skipped; told until something opens', () => {
    const {told, reader, take} = contentsOf(hellosOf(0x0304), keys(), [data(0, '02'), data(0, '02')]);
    expect(reader.closed).toEqual([{side: 0, why: 'record', frame: 1}]);
    take(data(1, '02'), 2);
    expect(reader.closed).toEqual([
      {side: 0, why: 'record', frame: 1},
      {side: 1, why: 'record', frame: 3},
    ]);
    take(data(0, '01'), 3);
    expect(reader.closed).toEqual([{side: 1, why: 'record', frame: 3}]);
    expect(told()).toEqual(['23 closed @105', '23 closed @205', '23 closed @305', '22 opened 10@413']);
  });

  test('what does not open behind one that has is the end of that direction', () => {
    const {told, reader} = contentsOf(hellosOf(0x0304), keys(), [
      ...[data(0, '01'), data(0, '02'), data(0, '01'), data(1, '01')],
    ]);
    expect(told()).toEqual(['22 opened 10@113', '23 closed @205', '23 closed @305', '22 opened 20@413']);
    expect(reader.closed).toEqual([{side: 0, why: 'record', frame: 2}]);
  });

  test.each(['secret', 'suite', 'version'] as const)('no %s: that is why, for that direction', (fault) => {
    const {reader} = contentsOf(hellosOf(0x0304), keys(fault), [data(0, '01'), data(1, '01'), data(0, '01')]);
    expect(reader.closed).toEqual([{side: 0, why: fault, frame: 1}]);
  });

  test('without both hellos, or without keys, nobody asks why', () => {
    for (const {reader, told} of [
      contentsOf(none, keys(), [data(0, '01')]),
      contentsOf(hellosOf(0x0304), undefined, [data(0, '01')]),
      contentsOf({...hellosOf(0x0304), server: undefined}, keys(), [data(0, '01')]),
    ]) {
      expect([reader.closed, told()]).toEqual([[], ['23 closed @105']]);
    }
  });

  test('taken back, it reads on with the keys of before', () => {
    const {told, reader, take} = contentsOf(hellosOf(0x0304), keys(), [data(0, '01'), data(1, '01')]);
    const back = reader.asItIs();
    for (const [index, said] of [data(0, '01'), data(1, '01'), data(0, '02'), data(1, '02')].entries())
      take(said, index);
    expect(reader.closed).toHaveLength(2);
    back();
    expect([reader.closed, told()]).toEqual([[], ['22 opened 10@113', '22 opened 20@213']]);
    take(data(0, '01'), 0);
    take(data(1, '01'), 1);
    expect(told().slice(2)).toEqual(['22 opened 11@113', '22 opened 21@213']);
  });
});
