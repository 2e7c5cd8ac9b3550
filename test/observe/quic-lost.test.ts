// A datagram of QUIC that ACKs show to be lost is lost in the Trace, too, and on the ladder. Oracle: RFC 9002 §6.1.1, for packets that
// were sealed here.
import {expect, it} from 'vitest';
import {nodeCrypto} from '../../source/io/crypto.ts';
import {LinkTypes} from '../../source/wire/frame-headers.ts';
import {encodePcap} from '../../source/wire/pcap/writer.ts';
import {joinBytes, uint16} from '../../source/wire/tls/presentation.ts';
import {traceOfFile} from '../helpers/captured.ts';
import {canvasOf, open, started, textOf} from '../view/player.ts';
import {frames, hello, keysOf, long, madeLog, short, versionOf} from './quic-made.ts';

const version = versionOf(1);
const keys = keysOf(version, 0x1301);
const [toServer, toClient] = keys.application;
if (!toServer || !toClient) throw new Error('no keys');
const dcid = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
const clientId = Uint8Array.of(0xc1, 0xc2, 0xc3, 0xc4);
const serverId = Uint8Array.of(0x51, 0x52, 0x53, 0x54);

const client = {address: [10, 0, 0, 1], port: 50_000};
const server = {address: [10, 0, 0, 2], port: 443};

/** IPv4 with UDP, without checksums. */
const datagram = (from: typeof client, to: typeof client, payload: Uint8Array): Uint8Array =>
  joinBytes([
    Uint8Array.of(0x45, 0),
    uint16.write(28 + payload.length),
    Uint8Array.of(0, 0, 0x40, 0, 64, 17, 0, 0, ...from.address, ...to.address),
    ...[uint16.write(from.port), uint16.write(to.port), uint16.write(8 + payload.length), uint16.write(0)],
    payload,
  ]);

const initial = long({
  ...{version, kind: 'Initial', dcid, scid: clientId},
  ...{
    payload: joinBytes([frames.crypto(hello.client()), new Uint8Array(1000)]),
    keys: keys.initial(dcid).client,
  },
});
const answer = long({
  ...{version, kind: 'Initial', dcid: clientId, scid: serverId},
  ...{payload: frames.crypto(hello.server(0x1301)), keys: keys.initial(dcid).server},
});
const piece = (number: number) =>
  short(serverId, {
    ...{number, keys: toServer},
    payload: frames.stream(0, new Uint8Array(5).fill(0x61), {offset: 5 * number}),
  });
/** Of everything behind packet 1, and of packet 0. */
const acknowledgement = short(clientId, {
  ...{number: 0, keys: toClient},
  payload: Uint8Array.of(0x02, 6, 0, 1, 4, 0, 0),
});

const said = [
  datagram(client, server, initial),
  datagram(server, client, answer),
  ...[0, 1, 2, 3, 4, 5, 6].map((number) => datagram(client, server, piece(number))),
  datagram(server, client, acknowledgement),
];

it('what ACKs pass over is lost, and drawn so; what they name has come', () => {
  const records = said.map((bytes, index) => ({
    atUs: 1_000_000 + 1000 * index,
    bytes,
    linkType: LinkTypes.raw,
  }));
  const file = Buffer.concat([...encodePcap(101, records)]);
  const trace = traceOfFile(file, 'lost.pcap', true).withQuic({crypto: nodeCrypto, log: madeLog()});
  const fates = [3, 4, 5].map((id) => trace.packet(id));
  expect(fates.map(({deduced, lost}) => [deduced?.what, deduced?.shownBy, lost])).toEqual([
    ['delivered', [10], false],
    ['lost', [10], true],
    ['delivered', [10], false],
  ]);
  const ends = [...trace.events()].filter(({kind}) => kind === 'drop');
  expect(ends).toMatchObject([{packet: 4, deduced: true}]);
  const opened = open({trace});
  const ladder = textOf(
    canvasOf(opened, started({viewMs: opened.pacing.durationMs}), {columns: 120, rows: 40}),
  );
  expect(ladder.filter((line) => /├─+ ✗ .*presumably lost/.test(line))).toHaveLength(1);
});
