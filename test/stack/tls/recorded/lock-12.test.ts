// Recorded records of TLS 1.2 and before. Oracle: records made with Node's cryptography as the RFCs say: the PRF of RFC 2246 §5 and
// RFC 5246 §5, keys by §6.3, CBC with its MAC inside (§6.2.3.2, RFC 2246 §6.2.3.2: each record's IV is the last block before it) or
// outside (RFC 7366 §3), AEAD by RFC 5288 §3 and RFC 7905 §2.
import {createCipheriv, createHmac} from 'node:crypto';
import {describe, expect, test} from 'vitest';
import {nodeCrypto} from '../../../../source/io/crypto.ts';
import type {Lock} from '../../../../source/stack/tls/recorded/lock.ts';
import {unlock12} from '../../../../source/stack/tls/recorded/lock-12.ts';
import {hexOf} from '../../../../source/wire/octets.ts';
import {parseKeyLog} from '../../../../source/wire/tls/key-log.ts';
import type {TlsRecord} from '../../../../source/wire/tls/record.ts';

const master = Buffer.alloc(48, 7);
const [clientRandom, serverRandom] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
const log = parseKeyLog(Buffer.from(`CLIENT_RANDOM ${hexOf(clientRandom)} ${hexOf(master)}\n`));
const hmac = (hash: string, key: Uint8Array, ...data: readonly Uint8Array[]): Buffer =>
  data.reduce((sum, each) => sum.update(each), createHmac(hash, key)).digest();

const expanded = (hash: string, secret: Uint8Array, size: number): Buffer => {
  const seed = Buffer.concat([Buffer.from('key expansion'), serverRandom, clientRandom]);
  let [a, out] = [hmac(hash, secret, seed), Buffer.alloc(0)];
  while (out.length < size)
    [a, out] = [hmac(hash, secret, a), Buffer.concat([out, hmac(hash, secret, a, seed)])];
  return out.subarray(0, size);
};
const keyBlock = (version: number, size: number): Buffer => {
  if (version >= 0x0303) return expanded('sha256', master, size);
  const sha = expanded('sha1', master.subarray(24), size);
  return Buffer.from(
    expanded('md5', master.subarray(0, 24), size).map((octet, at) => octet ^ (sha[at] ?? 0)),
  );
};

const header = (sequence: number, version: number, size: number): Buffer => {
  const octets = Buffer.alloc(13);
  octets.writeUInt32BE(sequence, 4);
  octets.writeUInt8(23, 8);
  octets.writeUInt16BE(version, 9);
  octets.writeUInt16BE(size, 11);
  return octets;
};

type Cbc = {
  version: number;
  suite: number;
  cipher: string;
  keyBytes: number;
  blockBytes: number;
  mac: string;
  macBytes: number;
};
const aes = {suite: 0x002f, cipher: 'aes-128-cbc', keyBytes: 16, blockBytes: 16, mac: 'sha1', macBytes: 20};

type Sender = 'client' | 'server';
/** How one end seals what it says, record by record; `spoil` changes the padding. */
const sealer = (
  {version, cipher, keyBytes, blockBytes, mac, macBytes}: Cbc,
  sender: Sender,
  outside: boolean,
) => {
  const chains = version < 0x0302;
  const sizes = [macBytes, keyBytes, chains ? blockBytes : 0];
  const block = keyBlock(version, 2 * sizes.reduce((sum, each) => sum + each));
  const nth = sender === 'server' ? 1 : 0;
  const [macKey, key, firstIv] = sizes.map((size, part) => {
    const start = 2 * sizes.slice(0, part).reduce((sum, each) => sum + each, 0) + nth * size;
    return block.subarray(start, start + size);
  }) as [Buffer, Buffer, Buffer];
  let [sequence, before] = [0, firstIv];
  return (content: Uint8Array, spoil = (padding: Buffer): Buffer => padding): TlsRecord => {
    const iv = chains ? before : Buffer.alloc(blockBytes, 0x30 + sequence);
    const inside = outside
      ? Buffer.alloc(0)
      : hmac(mac, macKey, header(sequence, version, content.length), content);
    const count = blockBytes - ((content.length + inside.length) % blockBytes);
    const padding = spoil(Buffer.alloc(count, count - 1));
    const sealing = createCipheriv(cipher, key, iv).setAutoPadding(false);
    const sealed = Buffer.concat([
      sealing.update(Buffer.concat([content, inside, padding])),
      sealing.final(),
    ]);
    const body = chains ? sealed : Buffer.concat([iv, sealed]);
    before = sealed.subarray(-blockBytes);
    const behind = outside
      ? hmac(mac, macKey, header(sequence, version, body.length), body)
      : Buffer.alloc(0);
    sequence += 1;
    return {type: 23, version, fragment: Uint8Array.from(Buffer.concat([body, behind]))};
  };
};

const lockOf = (version: number, suite: number, sender: Sender, encryptThenMac = false): Lock => {
  const session = {version, suite, clientRandom, serverRandom, encryptThenMac};
  const found = unlock12(nodeCrypto)(session, sender, log);
  return found.ok ? found.value : expect.fail(found.error);
};
/** What they hold, and where it stands. */
const opened = (first: Lock, records: readonly TlsRecord[]): readonly string[] => {
  let lock: Lock | undefined = first;
  return records.map((record) => {
    const found = lock?.open(record);
    lock = found?.next;
    return found ? `${found.type} ${found.at} ${new TextDecoder().decode(found.content)}` : 'closed';
  });
};
const octets = (text: string) => new TextEncoder().encode(text);

const said = ['GET /', '', 'x'.repeat(44), 'y'.repeat(300)];

describe.each([
  ['TLS 1.0', {...aes, version: 0x0301}],
  [
    'TLS 1.0, 3DES',
    {...aes, version: 0x0301, suite: 0x000a, cipher: 'des-ede3-cbc', keyBytes: 24, blockBytes: 8},
  ],
  ['TLS 1.1', {...aes, version: 0x0302}],
  ['TLS 1.2', {...aes, version: 0x0303}],
  ['TLS 1.2, SHA-256', {...aes, version: 0x0303, suite: 0x003c, mac: 'sha256', macBytes: 32}],
] as const)('CBC of %s', (_, how) => {
  test.each([
    ['client', false],
    ['server', false],
    ['client', true],
    ['server', true],
  ] as const)('record after record of the %s, MAC outside: %s', (sender, outside) => {
    const seal = sealer(how, sender, outside);
    const records = said.map((text) => seal(octets(text)));
    const at = how.version < 0x0302 ? 0 : how.blockBytes;
    const lock = lockOf(how.version, how.suite, sender, outside);
    expect(opened(lock, records)).toEqual(said.map((text) => `23 ${at} ${text}`));
    // In no other order, and by nobody else's keys.
    expect(opened(lock, records.slice(1, 2))).toEqual(['closed']);
    const other = lockOf(how.version, how.suite, sender === 'client' ? 'server' : 'client', outside);
    expect(opened(other, records.slice(0, 1))).toEqual(['closed']);
  });

  test.each([true, false])('one octet that is another, MAC outside: %s', (outside) => {
    const whole = sealer(how, 'client', outside)(octets('GET /'));
    for (let n = 0; n < whole.fragment.length; n += 5) {
      const fragment = whole.fragment.with(n, (whole.fragment[n] ?? 0) ^ 0x80);
      expect(
        opened(lockOf(how.version, how.suite, 'client', outside), [{...whole, fragment}]),
        `${n}`,
      ).toEqual(['closed']);
      const cut = {...whole, fragment: whole.fragment.slice(0, n)};
      expect(opened(lockOf(how.version, how.suite, 'client', outside), [cut]), `${n}`).toEqual(['closed']);
    }
  });
});

describe('within the rules', () => {
  const how = {...aes, version: 0x0302};
  const after = (content: Uint8Array, outside: boolean, spoil?: (padding: Buffer) => Buffer) =>
    opened(lockOf(how.version, how.suite, 'client', outside), [
      sealer(how, 'client', outside)(content, spoil),
    ]);

  test('all octets of the padding are alike, and no more than there are (§6.2.3.2)', () => {
    const text = octets('12345');
    for (const outside of [true, false]) {
      expect(after(text, outside)).toEqual(['23 16 12345']);
      expect(after(text, outside, (padding) => Buffer.from(padding.with(0, 99)))).toEqual(['closed']);
      expect(after(text, outside, (padding) => Buffer.alloc(padding.length, 0xff))).toEqual(['closed']);
      const more = (padding: Buffer) => Buffer.alloc(padding.length + 32, padding.length + 31);
      expect(after(text, outside, more)).toEqual(['23 16 12345']);
    }
  });

  test('2^14 octets of content and no more (§6.2.1)', () => {
    const sized = (size: number) => after(new Uint8Array(size).fill(0x61), false)[0]?.length;
    expect([sized(16_384), sized(16_385)]).toEqual(['23 16 '.length + 16_384, 'closed'.length]);
  });
});

describe.each([
  ['AES_128_GCM', 0x009c, 'aes-128-gcm', 16, 4],
  ['CHACHA20_POLY1305', 0xcca8, 'chacha20-poly1305', 32, 12],
] as const)('AEAD %s', (_, suite, cipher, keyBytes, ivBytes) => {
  const seal = (sender: Sender) => {
    const nth = sender === 'server' ? 1 : 0;
    const block = keyBlock(0x0303, 2 * (keyBytes + ivBytes));
    const key = block.subarray(nth * keyBytes, (nth + 1) * keyBytes);
    const iv = block.subarray(2 * keyBytes + nth * ivBytes, 2 * keyBytes + (nth + 1) * ivBytes);
    return (text: string, sequence: number): TlsRecord => {
      // RFC 5288: 8 octets of its own choice; RFC 7905: the number of the record, into the IV.
      const explicit = ivBytes === 4 ? Buffer.alloc(8, 0x50 + sequence) : Buffer.alloc(0);
      const nonce =
        ivBytes === 4 ? Buffer.concat([iv, explicit]) : Buffer.from(iv.with(11, (iv[11] ?? 0) ^ sequence));
      const options = {authTagLength: 16};
      const sealing = createCipheriv(cipher as 'chacha20-poly1305', key, nonce, options);
      sealing.setAAD(header(sequence, 0x0303, text.length), {plaintextLength: text.length});
      const sealed = Buffer.concat([sealing.update(text), sealing.final(), sealing.getAuthTag()]);
      return {type: 23, version: 0x0303, fragment: Uint8Array.from(Buffer.concat([explicit, sealed]))};
    };
  };

  test.each(['client', 'server'] as const)('record after record of the %s', (sender) => {
    const records = said.map(seal(sender));
    const at = ivBytes === 4 ? 8 : 0;
    expect(opened(lockOf(0x0303, suite, sender), records)).toEqual(said.map((text) => `23 ${at} ${text}`));
    expect(opened(lockOf(0x0303, suite, sender === 'client' ? 'server' : 'client'), records)[0]).toBe(
      'closed',
    );
    const [first] = records;
    const short = {
      type: 23,
      version: 0x0303,
      fragment: first?.fragment.slice(0, at + 15) ?? new Uint8Array(),
    };
    expect(opened(lockOf(0x0303, suite, sender), [short])).toEqual(['closed']);
  });
});

test('no secret, one of another length, a suite that is not spoken', () => {
  const fault = (suite: number, text: string) => {
    const session = {version: 0x0303, suite, clientRandom, serverRandom, encryptThenMac: false};
    const found = unlock12(nodeCrypto)(session, 'client', parseKeyLog(Buffer.from(text)));
    return found.ok ? 'opens' : found.error;
  };
  const line = (octets: number) => `CLIENT_RANDOM ${hexOf(clientRandom)} ${'ab'.repeat(octets)}`;
  expect([fault(0x009c, line(48)), fault(0x009c, line(47)), fault(0x009c, '')]).toEqual([
    'opens',
    'secret',
    'secret',
  ]);
  // TLS_RSA_WITH_RC4_128_SHA
  expect(fault(0x0005, line(48))).toBe('suite');
});
