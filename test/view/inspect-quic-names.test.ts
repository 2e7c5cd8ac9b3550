// Several QUIC connections between the same ports: each has a name of its own. Oracle: RFC 9000 §5.2, ids and not ports tell them apart.
import {readFileSync} from 'node:fs';
import {expect, it} from 'vitest';
import {nodeCrypto} from '../../source/io/crypto.ts';
import {CaptureInspector} from '../../source/observe/capture-inspector.ts';
import {capturedQuic} from '../../source/observe/quic-captured.ts';
import {quicName} from '../../source/view/inspect/quic-lines.ts';
import {readFrameHeaders} from '../../source/wire/frame-headers.ts';
import {readUint, writeUint} from '../../source/wire/octets.ts';
import {parseKeyLog} from '../../source/wire/tls/key-log.ts';
import {todayFolder} from '../helpers/captured-today.ts';
import {readBytes} from '../wire/captures.ts';

const gapUs = 10_000_000;

/** One connection after the other, each from the port that it had or all from one. */
const namesWith = (port: number | undefined): readonly string[] => {
  const inspector = new CaptureInspector({contents: true});
  const {records} = readBytes(readFileSync(`${todayFolder}22i-h3-three-connections.pcap`));
  const placed = records.map((record) => {
    const bytes = record.bytes.slice();
    const {transportAt} = readFrameHeaders(bytes, record.linkType, bytes.length);
    const at = readUint(bytes, transportAt, 2) === 443 ? transportAt + 2 : transportAt;
    const own = readUint(bytes, at, 2);
    if (port !== undefined) writeUint(bytes, at, 2, port);
    return {record: {...record, bytes}, own};
  });
  for (const [index, each] of [...new Set(placed.map(({own}) => own))].entries())
    for (const {record, own} of placed)
      if (own === each) inspector.add({...record, atUs: record.atUs + index * gapUs});
  return capturedQuic(inspector, {log: parseKeyLog(new Uint8Array(0)), crypto: nodeCrypto}).map(quicName);
};

it('is that of the ports, and the second one between them says so', () => {
  expect(namesWith(undefined)).toEqual(['u1', 'u2', 'u3']);
  expect(namesWith(40_000)).toEqual(['u1', 'u1.2', 'u1.3']);
});
