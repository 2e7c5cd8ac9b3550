// Captures that nobody would make: two thousand octets out of one, lengths that are none, names that lead in circles.
import {readFileSync} from 'node:fs';
import {gzipSync} from 'node:zlib';
import {captureFolder} from '../../wire/captures.ts';

const handshake = readFileSync(`${captureFolder}00a-handshake-only.pcap`);
const header = handshake.subarray(0, 24);
const frames = handshake.subarray(24);

const repeated = (bytes: Uint8Array, count: number): Uint8Array =>
  Buffer.concat(new Array(count).fill(bytes));

/** 64 MiB of packets, each as long as one may be. */
const longPackets = (): Uint8Array => {
  const one = Buffer.alloc(2 ** 18);
  for (const at of [8, 12]) one.writeUInt32LE(one.length - 16, at);
  return repeated(one, 256);
};

const block = (type: number, body: Uint8Array, length = 12 + body.length): Uint8Array => {
  const around = Buffer.alloc(12);
  around.writeUInt32LE(type, 0);
  for (const at of [4, 8]) around.writeUInt32LE(length, at);
  return Buffer.concat([around.subarray(0, 8), body, around.subarray(8)]);
};

const section = block(0x0a0d0d0a, Buffer.from('4d3c2b1a01000000ffffffffffffffff', 'hex'));
const linkType = Buffer.from('0100000000000000', 'hex');
const someInterface = block(1, linkType);

const secretsOf = (bytes: number): Uint8Array => {
  const body = Buffer.alloc(8 + bytes);
  body.writeUInt32LE(0x544c534b, 0);
  body.writeUInt32LE(bytes, 4);
  return block(10, body);
};

const option = (): Uint8Array => {
  const bytes = Buffer.alloc(4 + 65_532);
  bytes.writeUInt16LE(2, 0);
  bytes.writeUInt16LE(65_532, 2);
  return bytes;
};

const record = (frame: Uint8Array): Uint8Array => {
  const lengths = Buffer.alloc(16);
  for (const at of [8, 12]) lengths.writeUInt32LE(frame.length, at);
  return Buffer.concat([lengths, frame]);
};

const datagram = (payload: Uint8Array): Uint8Array => {
  const before = Buffer.from(
    '0200000000010200000000020800450000000000000040110000c0000201c000020200350fa000000000',
    'hex',
  );
  before.writeUInt16BE(28 + payload.length, 16);
  before.writeUInt16BE(8 + payload.length, 38);
  return Buffer.concat([before, payload]);
};

const dns = (questions: number, rest: Uint8Array): Uint8Array => {
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0x8180, 2);
  for (const at of [4, 6]) head.writeUInt16BE(questions, at);
  return record(datagram(Buffer.concat([head, rest])));
};

/** Each pointer leads to the one before it. */
const pointers = (): Uint8Array => {
  const bytes = Buffer.alloc(60_000);
  for (let at = 0; at < bytes.length; at += 2)
    bytes.writeUInt16BE(0xc000 | Math.max(12, (10 + at) & 0x3fff), at);
  return bytes;
};

/** With the exit code that `inspect` gives, and a part of what it says. */
export const captures: Readonly<
  Record<string, readonly [make: () => Uint8Array, exit: 0 | 2, says?: RegExp]>
> = {
  'two-gigabytes.pcap.gz': [
    () => Buffer.concat([gzipSync(header), repeated(gzipSync(longPackets()), 32)]),
    0,
    / contains more than 1024 MiB: only the first [\d,]+ packets are shown\n.*--max-mebibytes 4096/,
  ],
  'zeros.pcap.gz': [() => repeated(gzipSync(Buffer.alloc(2 ** 26)), 32), 2, /is not a capture/],
  'one-packet-of-zeros.pcap.gz': [
    () => Buffer.concat([gzipSync(header), repeated(gzipSync(Buffer.alloc(2 ** 26)), 32)]),
    0,
    /more than 1024 MiB/,
  ],
  'gzip-of-gzip.pcap.gz': [() => gzipSync(gzipSync(gzipSync(Buffer.alloc(2 ** 26)))), 2, /begins with 1f 8b/],
  'members.pcap.gz': [
    () => Buffer.concat([gzipSync(header), repeated(gzipSync(repeated(frames, 100)), 1000)]),
    0,
  ],
  'empty-members.pcap.gz': [
    () => Buffer.concat([gzipSync(handshake), repeated(gzipSync(Buffer.alloc(0)), 100_000)]),
    0,
  ],
  'cut.pcap.gz': [
    () => gzipSync(Buffer.concat([header, repeated(frames, 2000)])).subarray(0, -300),
    0,
    /ends in the middle of packet/,
  ],
  'magic-only.pcap.gz': [() => Buffer.from([0x1f, 0x8b]), 2, /it is empty/],
  'a-length-of-4-GiB.pcap': [
    () => Buffer.concat([header, Buffer.from(`${'00'.repeat(8)}${'ff'.repeat(8)}`, 'hex')]),
    2,
    /length 4294967295/,
  ],
  'a-block-of-4-GiB.pcapng': [
    () => Buffer.concat([section, someInterface, block(6, Buffer.alloc(100), 0xffff_fffc)]),
    2,
    /damaged/,
  ],
  'a-block-of-nothing.pcapng': [
    () => Buffer.concat([section, someInterface, block(6, Buffer.alloc(100), 0)]),
    2,
    /damaged/,
  ],
  'interfaces.pcapng': [() => Buffer.concat([section, repeated(someInterface, 200_000)]), 0],
  'sections.pcapng': [() => repeated(section, 200_000), 0],
  'options.pcapng': [
    () => Buffer.concat([section, repeated(block(1, Buffer.concat([linkType, repeated(option(), 40)])), 20)]),
    0,
  ],
  'secrets.pcapng': [() => Buffer.concat([section, someInterface, repeated(secretsOf(2 ** 23), 20)]), 0],
  'names-in-circles.pcap': [
    () =>
      Buffer.concat([
        header.subarray(0, 20),
        Buffer.from([1, 0, 0, 0]),
        ...new Array(100).fill(
          Buffer.concat([
            dns(1, Buffer.from('c00c00010001', 'hex')),
            dns(65_535, pointers()),
            dns(65_535, Buffer.alloc(60_000)),
          ]),
        ),
      ]),
    0,
  ],
};
