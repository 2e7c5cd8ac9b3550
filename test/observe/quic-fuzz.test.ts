// Nothing that somebody sends makes the readers of QUIC and HTTP/3 throw: octets by chance, captures that were damaged, and
// rubbish that was sealed well.
import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {expect, it} from 'vitest';
import {nodeCrypto} from '../../source/io/crypto.ts';
import {CaptureInspector} from '../../source/observe/capture-inspector.ts';
import {Http3Connection} from '../../source/observe/http3-connection.ts';
import {http3Json, http3On} from '../../source/observe/http3-json.ts';
import {capturedQuic} from '../../source/observe/quic-captured.ts';
import {QuicConnections} from '../../source/observe/quic-connections.ts';
import {quicJson} from '../../source/observe/quic-json.ts';
import {QuicStream} from '../../source/observe/quic-streams.ts';
import {http3Rows} from '../../source/wire/http3/frame.ts';
import {QpackDecoder} from '../../source/wire/http3/qpack.ts';
import {shownFramesIn} from '../../source/wire/quic/frame.ts';
import {headerRows, packetsIn} from '../../source/wire/quic/packet-header.ts';
import {joinBytes} from '../../source/wire/tls/presentation.ts';
import {runs, seed} from '../helpers/seeds.ts';
import {readBytes} from '../wire/captures.ts';
import {quicFile, quicKeys} from './quic-captures.ts';
import {frames, hello, keysOf, long, madeLog, short, versionOf} from './quic-made.ts';

const octets = fc.uint8Array({maxLength: 200});
const many = (count: number) => ({numRuns: runs(count), seed});

it('frames, headers and field sections', () => {
  fc.assert(
    fc.property(octets, (bytes) => {
      const read = shownFramesIn(bytes);
      for (const {start, end} of read.frames) expect(end).toBeGreaterThan(start);
      for (const {start, end} of read.rows) expect(start <= end && end <= bytes.length).toBe(true);
      for (const header of packetsIn(bytes)) headerRows(bytes, header);
      http3Rows(bytes, 2);
      const qpack = new QpackDecoder();
      qpack.maxCapacity = 4096;
      qpack.takeInstructions(bytes);
      qpack.decode(bytes);
      expect(qpack.tableSize).toBeLessThanOrEqual(1 << 20);
    }),
    many(4000),
  );
});

it('streams of HTTP/3', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat({max: 15}), octets), {maxLength: 20}), (pieces) => {
      const http3 = new Http3Connection();
      const streams = new Map<number, QuicStream>();
      for (const [frame, [id, bytes]] of pieces.entries()) {
        const stream = streams.get(id) ?? new QuicStream(id);
        streams.set(id, stream);
        http3.take({stream, side: frame % 2 === 0 ? 0 : 1, bytes, frame});
      }
      http3Json({connection: 0, http3});
    }),
    many(2000),
  );
});

it('what was sealed well and says nothing', () => {
  const version = versionOf(1);
  const keys = keysOf(version, 0x1301);
  const dcid = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  const [application] = keys.application;
  if (!application) throw new Error('no keys');
  const ids = {dcid, scid: dcid, version, kind: 'Initial'} as const;
  const padding = new Uint8Array(1200);
  const payload = joinBytes([frames.crypto(hello.client()), padding]);
  const first = long({...ids, payload, keys: keys.initial(dcid).client});
  const answer = long({
    ...ids,
    payload: frames.crypto(hello.server(0x1301)),
    keys: keys.initial(dcid).server,
  });
  fc.assert(
    fc.property(fc.array(octets, {maxLength: 8}), (payloads) => {
      const connections = new QuicConnections({crypto: nodeCrypto, log: madeLog()});
      const sealed = payloads.map((each, number) => short(dcid, {number, payload: each, keys: application}));
      for (const [at, bytes] of [first, answer, ...sealed].entries()) {
        const [from, to] = at === 1 ? ['b:443', 'a:1'] : ['a:1', 'b:443'];
        connections.take({frame: at + 1, atUs: at, from, to, bytes});
      }
      expect(connections.all.map(quicJson)).toMatchObject([{packets: {Initial: 2}}]);
      expect(connections.all[0]?.openedPackets).toBe(payloads.length);
    }),
    many(750),
  );
});

it('captures that were damaged', () => {
  const name = '22c-quic-retry';
  const {records} = readBytes(readFileSync(quicFile(name)));
  const keys = quicKeys(name);
  const flips = fc.array(
    fc.tuple(fc.nat({max: records.length - 1}), fc.nat({max: 1400}), fc.nat({max: 255})),
    {
      minLength: 1,
      maxLength: 12,
    },
  );
  fc.assert(
    fc.property(flips, (all) => {
      const inspector = new CaptureInspector();
      for (const [index, record] of records.entries()) {
        const bytes = record.bytes.slice();
        for (const [at, place, octet] of all) if (at === index) bytes[place % bytes.length] = octet;
        inspector.add({...record, bytes});
      }
      const quic = capturedQuic(inspector, keys);
      for (const {connection} of quic) quicJson(connection);
      http3On(quic).map(http3Json);
    }),
    many(200),
  );
});
