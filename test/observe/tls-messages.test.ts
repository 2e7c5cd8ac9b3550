// Messages over the bounds of records, and alerts (RFC 9846 §4, §5.1, §6): type, three octets of length, body.
import {expect, test} from 'vitest';
import type {TlsContent} from '../../source/observe/tls-contents.ts';
import {MessageReader} from '../../source/observe/tls-messages.ts';
import {octetsOf} from '../../source/wire/octets.ts';
import {ContentType} from '../../source/wire/tls/registry.ts';
import {hello} from './quic-made.ts';

const content = (
  side: 0 | 1,
  frame: number,
  given: string | Uint8Array | undefined,
  type: keyof typeof ContentType = 'handshake',
  encrypted = false,
): TlsContent => ({
  seen: {
    ...{side, start: 0, frame, event: 10 * frame},
    record: {type: ContentType[type], version: 0x0303, fragment: new Uint8Array()},
  },
  ...{type: ContentType[type], encrypted, start: 5},
  content: typeof given === 'string' ? octetsOf(given.replaceAll(' ', '')) : given,
});

const reading = (version: number | undefined, ...contents: readonly TlsContent[]) => {
  const reader = new MessageReader(version);
  for (const each of contents) reader.take(each);
  return reader;
};

const told = ({messages}: MessageReader) =>
  messages.map(({side, frame, event, name, bytes, encrypted}) => [
    ...[side, frame, event, name, bytes.length, encrypted],
  ]);

test('several in a record, one over several, each direction by itself', () => {
  const first = content(1, 3, '01 02 14 000000');
  const reader = reading(
    0x0303,
    ...[content(0, 1, '0e000000 14000001 aa 0b0000'), content(1, 2, '0b0000'), first],
    content(0, 4, '00', 'handshake', true),
  );
  expect(told(reader)).toEqual([
    [0, 1, 10, 'server_hello_done', 4, false],
    [0, 1, 10, 'finished', 5, false],
    [1, 3, 30, 'certificate', 5, false],
    [1, 3, 30, 'finished', 4, false],
    [0, 4, 40, 'certificate', 4, true],
  ]);
  expect([...reader.heldBefore].map(([{seen}, held]) => [seen.frame, held.length])).toEqual([
    [3, 3],
    [4, 3],
  ]);
});

test('what is closed to us says nothing; other types are no messages', () => {
  const reader = reading(0x0303, content(0, 1, undefined), content(0, 2, '0e000000', 'application_data'));
  expect([reader.messages, reader.alerts, reader.heldBefore.size]).toEqual([[], [], 0]);
});

test('a message that is too long ends what was begun', () => {
  const reader = reading(0x0303, content(0, 1, '0bffffff 00'), content(0, 2, '0e000000'));
  expect(told(reader)).toEqual([[0, 2, 20, 'server_hello_done', 4, false]]);
});

test('alerts: two octets, no more', () => {
  const reader = reading(
    0x0303,
    ...[
      content(0, 1, '0100', 'alert'),
      content(1, 2, '0228', 'alert', true),
      content(0, 3, '022800', 'alert'),
    ],
  );
  expect(reader.alerts).toEqual([
    {side: 0, frame: 1, event: 10, encrypted: false, level: 1, description: 0},
    {side: 1, frame: 2, event: 20, encrypted: true, level: 2, description: 40},
  ]);
  expect(reader.messages).toEqual([]);
});

test('read by their version; one that cannot be read has its number’s name', () => {
  const names = (version: number | undefined) =>
    reading(version, content(1, 1, hello.server(0x1301)), content(1, 1, hello.encrypted())).messages.map(
      ({name, message}) => [name, message?.type],
    );
  expect(names(0x0304)).toEqual([
    ['server_hello', 'server_hello'],
    ['encrypted_extensions', 'encrypted_extensions'],
  ]);
  // Only TLS 1.3 has the second one.
  expect(names(0x0303)[1]).toEqual(['encrypted_extensions', undefined]);
  const broken = reading(0x0304, content(1, 1, '02000001 00')).messages[0];
  expect([broken?.name, broken?.message]).toEqual(['server_hello', undefined]);
});

// RFC 9846 §4.2.4: the SHA-256 of "HelloRetryRequest" in place of a random number.
test('a ServerHello that asks for another hello has a name of its own', () => {
  const random = 'cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c';
  const body = `0303 ${random} 00 1301 00 0006 002b 0002 0304`;
  const retry = `020000${(body.replaceAll(' ', '').length / 2).toString(16).padStart(2, '0')} ${body}`;
  expect(reading(0x0304, content(1, 1, retry)).messages.map(({name}) => name)).toEqual([
    'hello_retry_request',
  ]);
});

test('taken back, it reads on from what was begun', () => {
  const reader = reading(0x0303, content(0, 1, '0e000000 0b0000'), content(1, 2, '0100', 'alert'));
  const back = reader.asItIs();
  for (const each of [content(0, 3, '01aa'), content(1, 4, '14'), content(1, 5, '0100', 'alert')])
    reader.take(each);
  expect([reader.messages.length, reader.alerts.length]).toEqual([2, 2]);
  back();
  expect([reader.messages.length, reader.alerts.length]).toEqual([1, 1]);
  reader.take(content(0, 6, '00'));
  reader.take(content(1, 7, '14000000'));
  expect(told(reader).slice(1)).toEqual([
    [0, 6, 60, 'certificate', 4, false],
    [1, 7, 70, 'finished', 4, false],
  ]);
});
