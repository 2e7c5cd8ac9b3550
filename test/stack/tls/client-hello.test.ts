// The first message of a client, octet for octet. Oracles: RFC 8701 §2 and §3.1 for reserved values, RFC 7685 §3 and §4 for padding.
import {describe, expect, test} from 'vitest';
import type {TlsClientSettings} from '../../../source/stack/tls/settings.ts';
import {Pair} from './pair.ts';

/** Without the header of the record. */
const helloOf = (client: Partial<TlsClientSettings>, seed = 'a'): Buffer => {
  const pair = new Pair({client, seed});
  pair.client.happen({kind: 'open'});
  return Buffer.concat([...pair.client.take()]).subarray(5);
};

type Extension = {readonly type: number; readonly data: Buffer};

/** The fields of RFC 8446 §4.1.2 by their lengths alone. */
const partsOf = (hello: Buffer): {readonly suites: readonly number[]; readonly extensions: Extension[]} => {
  const suitesAt = 4 + 2 + 32 + 1 + (hello[38] ?? 0);
  const suiteBytes = hello.readUInt16BE(suitesAt);
  const suites = Array.from({length: suiteBytes / 2}, (_, n) => hello.readUInt16BE(suitesAt + 2 + 2 * n));
  const methodsAt = suitesAt + 2 + suiteBytes;
  const extensions: Extension[] = [];
  for (let at = methodsAt + 1 + (hello[methodsAt] ?? 0) + 2; at < hello.length; ) {
    const end = at + 4 + hello.readUInt16BE(at + 2);
    extensions.push({type: hello.readUInt16BE(at), data: hello.subarray(at + 4, end)});
    at = end;
  }
  return {suites, extensions};
};

describe('reserved values (RFC 8701)', () => {
  const reserved = Array.from({length: 16}, (_, n) => 0x1010 * n + 0x0a0a);
  const hellos = Array.from({length: 64}, (_, n) => partsOf(helloOf({grease: true}, `${n}`)));

  test('the first and the last extension, never twice the same one (RFC 8446 §4.2)', () => {
    for (const {extensions} of hellos) {
      const types = extensions.map(({type}) => type);
      expect(reserved).toContain(types[0]);
      expect(reserved).toContain(types.at(-1));
      expect(new Set(types).size).toBe(types.length);
    }
  });

  test('every value comes: by chance, as §2 asks', () => {
    const suites = hellos.map(({suites}) => suites[0] ?? 0);
    expect([...new Set(suites)].sort((a, b) => a - b)).toEqual(reserved);
  });

  test('the group of the first key share is that of supported_groups (§3.1); of its key one octet', () => {
    for (const {extensions} of hellos) {
      const of = (wanted: number): Buffer =>
        extensions.find(({type}) => type === wanted)?.data ?? Buffer.of();
      const group = of(10).readUInt16BE(2);
      expect(reserved).toContain(group);
      expect([of(51).readUInt16BE(2), of(51).readUInt16BE(4)]).toEqual([group, 1]);
      expect(reserved).toContain(of(43).readUInt16BE(1));
    }
  });

  test('none without being asked for', () => {
    const {suites, extensions} = partsOf(helloOf({}));
    for (const value of [...suites, ...extensions.map(({type}) => type)])
      expect(reserved).not.toContain(value);
  });
});

test.each([
  [[0x0304, 0x0303], '9846:4.2.2/client-hello'],
  [[0x0303], '5246:7.4.1.2/client-hello'],
])('versions %o: the hello is told by %s', (versions, rule) => {
  const pair = new Pair({client: {versions}});
  pair.client.happen({kind: 'open'});
  const [hello] = pair.client.of('note').filter(({note}) => note.kind === 'message');
  expect(hello?.because).toBe(rule);
});

describe('padding (RFC 7685)', () => {
  const sized = (size: number, helloPadding: boolean): Buffer => {
    const shortest = helloOf({serverName: 'x'}).length;
    return helloOf({serverName: 'x'.repeat(size - shortest + 1), helloPadding});
  };

  test.each([255, 512])('a hello of %i octets stays as it is', (size) => {
    expect(sized(size, true)).toEqual(sized(size, false));
    expect(sized(size, true).length).toBe(size);
  });

  // §3: zeros. Below 508 octets there is room for the header and at least one octet of it.
  test.each([256, 300, 507])('a hello of %i octets is brought to 512', (size) => {
    const hello = sized(size, true);
    const {type, data} = partsOf(hello).extensions.at(-1) ?? {};
    expect([hello.length, type, data]).toEqual([512, 21, Buffer.alloc(512 - size - 4)]);
  });

  test.each([508, 511])('a hello of %i octets gets one octet', (size) => {
    const hello = sized(size, true);
    expect([hello.length, partsOf(hello).extensions.at(-1)?.data]).toEqual([size + 5, Buffer.alloc(1)]);
  });
});
