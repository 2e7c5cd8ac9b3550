// Recorded captures as Traces; addresses are held against tshark's reading of the same files.
import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {CaptureIndex} from '../../source/observe/capture-trace.ts';
import {capturedTrace} from '../helpers/captured.ts';
import {captureFiles, captureFolder, readCapture} from '../wire/captures.ts';

const readable = captureFiles.filter((name) => readCapture(name).records.length > 0);

type Told = {readonly [field: string]: string | undefined};

/** tshark prints several values where a header occurs twice (an ICMP error quotes one): the first is the packet's own. */
const first = (value: string | undefined): string | undefined => value?.split(',')[0];

const senderByTshark = (told: Told): string | undefined =>
  first(told['ip.src'] ?? told['ipv6.src'] ?? told['arp.src.proto_ipv4']);

const tsharkOf = (name: string): readonly Told[] =>
  JSON.parse(readFileSync(`${captureFolder}${name}.tshark.json`, 'utf8'));

describe.each(readable.filter((name) => !name.startsWith('19k')))('%s', (name) => {
  const trace = capturedTrace(name);
  const {records} = readCapture(name);

  test('frame number = packet number, bytes as in the file', () => {
    expect(trace.packetCount).toBe(records.length);
    for (const record of records) {
      const packet = trace.packet(record.frameNumber);
      expect(packet.bytes).toEqual(record.bytes);
      expect(packet.originalLength).toBe(record.originalLength);
    }
  });

  test('each frame is a send and an estimated arrival, in the order of time; states are deduced', () => {
    let last = 0;
    const events = [...trace.events()];
    const frames = events.filter(({kind}) => kind !== 'state');
    expect(frames).toHaveLength(2 * records.length);
    for (const [index, event] of events.entries()) {
      expect(event.n).toBe(index + 1);
      expect(event.atUs).toBeGreaterThanOrEqual(last);
      expect(event.deduced).toBe(event.kind === 'state' ? true : undefined);
      expect(event.estimated).toBe(event.kind === 'arrive' ? true : undefined);
      last = event.atUs;
    }
    for (const [index, event] of frames.entries())
      expect(event.kind).toBe(index % 2 === 0 ? 'send' : 'arrive');
    for (const {id, sendEvent, endEvent} of records.map(({frameNumber}) => trace.packet(frameNumber))) {
      expect(trace.event(sendEvent)).toMatchObject({kind: 'send', packet: id});
      expect(trace.event(endEvent ?? 0)).toMatchObject({kind: 'arrive', packet: id});
    }
  });

  test('the states of an end follow each other', () => {
    const states = new Map<string, string>();
    // A machine that talks to itself has one name for both ends.
    const selves = new Set(
      trace.connections.flatMap(({id, ends: [a, b]}) => (a.address === b.address ? [`${id}`] : [])),
    );
    for (const event of trace.events()) {
      if (event.kind !== 'state' || selves.has(event.connection ?? '')) continue;
      const end = `${event.connection} ${event.host}`;
      expect(event.from).toBe(states.get(end) ?? 'CLOSED');
      states.set(end, event.to);
    }
  });

  test('a capture has no states of its own', () => {
    expect(trace.stateAt(trace.length)).toBeUndefined();
    expect(trace.endReason).toBe('eof');
  });

  test('the sender is who tshark says', () => {
    const told = tsharkOf(name);
    for (const record of records) {
      const sender = senderByTshark(told[record.frameNumber - 1] ?? {});
      const {from} = trace.packet(record.frameNumber);
      // A machine that talks to itself has a name for each port.
      const [address = from] = trace.header.hosts.find(({name}) => name === from)?.ip ?? [];
      if (sender !== undefined) expect(address).toBe(sender);
    }
  });

  test('IP packets are there as values', () => {
    const told = tsharkOf(name);
    for (const record of records) {
      const {frame} = trace.packet(record.frameNumber);
      const src = told[record.frameNumber - 1]?.['ip.src'];
      if (src === undefined || told[record.frameNumber - 1]?.['ip.frag_offset'] !== '0') continue;
      expect(frame?.payload.kind === 'ip' ? frame.payload.packet.src : undefined).toBe(first(src));
    }
  });
});

test('a clock that is set back does not turn the order of frames', () => {
  const [a, b] = readCapture('00a-handshake-only.pcap').records;
  if (!a || !b) throw new Error('the capture has three packets');
  const index = new CaptureIndex();
  index.add({...a, atUs: b.atUs});
  index.add({...b, atUs: a.atUs});
  const trace = index.trace({source: '', sourceDigest: '', read: () => a.bytes});
  expect([trace.packet(1).sentUs, trace.packet(2).sentUs]).toEqual([0, 0]);
});
