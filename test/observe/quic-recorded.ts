// Packets that were sealed in quic-made.ts, put into a capture: raw IP with UDP, as somebody between both ends would have recorded them.
import {nodeCrypto} from '../../source/io/crypto.ts';
import type {CapturedTrace} from '../../source/observe/capture-trace.ts';
import {LinkTypes} from '../../source/wire/frame-headers.ts';
import {encodePcap} from '../../source/wire/pcap/writer.ts';
import {joinBytes, uint16} from '../../source/wire/tls/presentation.ts';
import {traceOfFile} from '../helpers/captured.ts';
import {type Frames, slot} from '../helpers/growing.ts';
import {readBytes} from '../wire/captures.ts';
import {frames, hello, keysOf, long, madeLog, short, versionOf} from './quic-made.ts';

const ends = [
  {address: [10, 0, 0, 1], port: 50_000},
  {address: [10, 0, 0, 2], port: 443},
] as const;

/** IPv4 with UDP, without checksums. */
const packetOf = (side: 0 | 1, payload: Uint8Array): Uint8Array => {
  const [from, to] = [ends[side], ends[side === 0 ? 1 : 0]];
  return joinBytes([
    Uint8Array.of(0x45, 0),
    uint16.write(28 + payload.length),
    Uint8Array.of(0, 0, 0x40, 0, 64, 17, 0, 0, ...from.address, ...to.address),
    ...[uint16.write(from.port), uint16.write(to.port), uint16.write(8 + payload.length), uint16.write(0)],
    payload,
  ]);
};

/** Who sends, and a datagram; a millisecond apart. */
export type SaidInQuic = readonly [side: 0 | 1, datagram: Uint8Array];

export const quicFileOf = (said: readonly SaidInQuic[]): Uint8Array => {
  const records = said.map(([side, datagram], index) => ({
    atUs: 1_000_000 + 1000 * index,
    bytes: packetOf(side, datagram),
    linkType: LinkTypes.raw,
  }));
  return joinBytes([...encodePcap(LinkTypes.raw, records)]);
};

/** For a capture in the making. */
export const quicFrames = (said: readonly SaidInQuic[]): Frames =>
  readBytes(quicFileOf(said)).records.map((each, index) => ({...each, fileOffset: index * slot}));

export const madeKeys = {crypto: nodeCrypto, log: madeLog()};

export const quicRecorded = (said: readonly SaidInQuic[]): CapturedTrace =>
  traceOfFile(quicFileOf(said), 'made.pcap', true).withQuic(madeKeys);

const version = versionOf(1);
const suite = 0x1301;

export const ids = {
  first: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8),
  client: Uint8Array.of(0xc1, 0xc2, 0xc3, 0xc4),
  server: Uint8Array.of(0x51, 0x52, 0x53, 0x54),
};

const {initial, handshake, application} = keysOf(version, suite);
const [toServer, toClient] = application;
const [, ofServer] = handshake;
if (!toServer || !toClient || !ofServer) throw new Error('no keys');

/** Of 1-RTT packets, by sender. */
export const appKeys = [toServer, toClient] as const;

/** Who says what in packets of 1-RTT; each side numbers its own from 0. */
export const conversation = () => {
  const numbers = [0, 0];
  return (side: 0 | 1, ...payload: readonly Uint8Array[]): SaidInQuic => {
    const number = numbers[side] ?? 0;
    numbers[side] = number + 1;
    const dcid = side === 0 ? ids.server : ids.client;
    return [side, short(dcid, {number, keys: appKeys[side], payload: joinBytes(payload)})];
  };
};

/** The hellos, then EncryptedExtensions with what the server has chosen. */
export const openingOf = (alpn: string): readonly SaidInQuic[] => [
  [
    0,
    long({
      ...{version, kind: 'Initial', dcid: ids.first, scid: ids.client, keys: initial(ids.first).client},
      payload: joinBytes([frames.crypto(hello.client()), new Uint8Array(1000)]),
    }),
  ],
  [
    1,
    joinBytes([
      long({
        ...{version, kind: 'Initial', dcid: ids.client, scid: ids.server, keys: initial(ids.first).server},
        payload: frames.crypto(hello.server(suite)),
      }),
      long({
        ...{version, kind: 'Handshake', dcid: ids.client, scid: ids.server, keys: ofServer},
        payload: frames.crypto(hello.encrypted(alpn)),
      }),
    ]),
  ],
];

export const opening = openingOf('h3');
