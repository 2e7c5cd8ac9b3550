// The reader's buffer is used again for the next packets: whatever is to be known later has to be kept as a copy.
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {CaptureInspector} from '../../source/observe/capture-inspector.ts';
import {allShown} from '../../source/observe/inspection-json.ts';
import {OctetStore} from '../../source/observe/octet-store.ts';
import {capturedTls} from '../../source/observe/tls-captured.ts';
import {encodeFrame} from '../../source/wire/frame.ts';
import {CaptureReader} from '../../source/wire/pcap/reader.ts';
import {ropeFromBytes} from '../../source/wire/rope.ts';
import {seq} from '../../source/wire/seq.ts';
import {encodeUtf8} from '../../source/wire/utf8.ts';
import {inspectionJson} from '../helpers/inspection-json.ts';
import {captureFiles, captureFolder} from '../wire/captures.ts';

const facts = {
  format: 'pcap',
  byteOrder: 'little',
  linkType: 1,
  timestampPrecision: 'micro',
  snapLength: 0,
} as const;

const told = (inspector: CaptureInspector) => {
  inspector.finish();
  const {connections} = inspector;
  const tls = capturedTls(connections, undefined);
  return inspectionJson(facts, inspector, allShown(inspector, tls));
};

test.each(captureFiles)('%s says the same when each packet is written over once it has been read', (name) => {
  const file = readFileSync(captureFolder + name);
  const copied = new CaptureInspector();
  for (const record of new CaptureReader().push(file).records) copied.add(record);
  const passing = new CaptureInspector();
  new CaptureReader().read(file, (record) => {
    passing.add(record);
    record.bytes.fill(0xaa);
    return true;
  });
  expect(told(passing)).toEqual(told(copied));
});

const segment = (seqNumber: number, flags: number, text: string): Uint8Array => {
  const payload = ropeFromBytes(encodeUtf8(text));
  const numbers = {srcPort: 50_000, dstPort: 80, seq: seq(seqNumber), ack: seq(1), flags};
  const rest = {window: 1000, urgent: 0, options: [], payload};
  const ip = {version: 4, src: '192.0.2.1', dst: '192.0.2.2', ttl: 64, id: 0, dontFragment: true} as const;
  const transport = {kind: 'tcp', segment: {...numbers, ...rest}} as const;
  const packet = {...ip, trafficClass: 0, transport};
  return encodeFrame({src: '02:00:00:00:00:01', dst: '02:00:00:00:00:02', payload: {kind: 'ip', packet}});
};

test('a segment that came too early is still what it was when the gap before it is filled', () => {
  const [first, second] = ['GET /one HTTP/1.1\r\nHost: a', '.example\r\nCookie: c=1\r\n\r\n'];
  const frames = [segment(99, 2, ''), segment(100 + first.length, 24, second), segment(100, 24, first)];
  const inspector = new CaptureInspector();
  for (const [index, bytes] of frames.entries()) {
    const record = {frameNumber: index + 1, atUs: index, nanoseconds: 0, linkType: 1, comments: []};
    inspector.add({...record, originalLength: bytes.length, bytes, fileOffset: 0});
    bytes.fill(0xaa);
  }
  expect(told(inspector)['http']).toMatchObject([{target: '/one', host: 'a.example', cookie: 'c=1'}]);
});

test('nothing is read behind the packet at which the taker has enough', () => {
  const file = readFileSync(`${captureFolder}14c-http11-pipelining.pcap`);
  const reader = new CaptureReader();
  const taken: number[] = [];
  reader.read(file, ({frameNumber}) => {
    taken.push(frameNumber);
    return frameNumber < 3;
  });
  expect(taken).toEqual([1, 2, 3]);
});

test('a store gives back what it was given, and takes no more than it has room for', () => {
  const store = new OctetStore(3 << 20);
  const pieces = Array.from({length: 60}, (_, index) => new Uint8Array(50_000).fill(index));
  const places = pieces.map((piece) => store.add(piece));
  expect(places.filter((at) => at !== undefined)).toHaveLength(60);
  for (const [index, at = -1] of places.entries())
    expect(Buffer.from(store.read({at, length: 50_000})).equals(pieces[index] ?? Buffer.alloc(0))).toBe(true);
  expect(store.add(new Uint8Array(200_000))).toBeUndefined();
  expect(store.add(new Uint8Array(2 << 20))).toBeUndefined();
});
