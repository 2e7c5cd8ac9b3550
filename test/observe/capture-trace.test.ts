// Recorded captures as Traces; addresses are held against tshark's reading of the same files.
import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {CaptureIndex} from '../../source/observe/capture-trace.ts';
import type {CaptureRecord} from '../../source/wire/pcap/record.ts';
import {capturedTrace} from '../helpers/captured.ts';
import {some} from '../helpers/seeds.ts';
import {captureFiles, captureFolder, readCapture} from '../wire/captures.ts';

const readable = captureFiles.filter((name) => readCapture(name).records.length > 0);

type Told = {readonly [field: string]: string | undefined};

/** tshark prints several values where a header occurs twice (an ICMP error quotes one): the first is the packet's own. */
const first = (value: string | undefined): string | undefined => value?.split(',')[0];

const senderByTshark = (told: Told): string | undefined =>
  first(told['ip.src'] ?? told['ipv6.src'] ?? told['arp.src.proto_ipv4']);

const tsharkOf = (name: string): readonly Told[] =>
  JSON.parse(readFileSync(`${captureFolder}${name}.tshark.json`, 'utf8'));

const traced = readable.filter((name) => !name.startsWith('19k'));

describe.each(some(traced, 16))('%s', (name) => {
  const trace = capturedTrace(name);
  const {records} = readCapture(name);

  test('frame number = packet number, bytes as in the file', () => {
    expect(trace.packetCount).toBe(records.length);
    for (const record of records) {
      const packet = trace.packet(record.frameNumber);
      expect(Buffer.compare(packet.bytes, record.bytes)).toBe(0);
      expect(packet.originalLength).toBe(record.originalLength);
    }
  });

  test('each frame is a send and an end, unless nobody can tell that; one of them was seen at most; states and losses are deduced', () => {
    let last = Number.NEGATIVE_INFINITY;
    const events = [...trace.events()];
    const endless = records.filter(({frameNumber}) => {
      const {forMany, deduced} = trace.packet(frameNumber);
      return forMany || deduced?.what === 'unknown';
    });
    expect(events.filter(({kind}) => kind !== 'state')).toHaveLength(2 * records.length - endless.length);
    const numbers = (from?: number, to?: number): readonly number[] =>
      [...trace.events(from, to)].map(({n}) => n);
    expect(numbers(-1, 2)).toEqual([1, 2].slice(0, events.length));
    expect(numbers(events.length, events.length + 9)).toEqual([events.length]);
    for (const [index, event] of events.entries()) {
      expect(event.n).toBe(index + 1);
      expect(event.atUs).toBeGreaterThanOrEqual(last);
      expect(event.deduced).toBe(event.kind === 'state' || event.kind === 'drop' ? true : undefined);
      last = event.atUs;
    }
    let seenUs = 0;
    const ns = (record: CaptureRecord | undefined): bigint =>
      BigInt(record?.atUs ?? 0) * 1000n + BigInt(record?.nanoseconds ?? 0);
    for (const record of records) {
      const {frameNumber} = record;
      const packet = trace.packet(frameNumber);
      const sent = trace.event(packet.sendEvent);
      expect(sent).toMatchObject({kind: 'send', packet: frameNumber, atUs: packet.sentUs});
      // As tshark subtracts for frame.time_relative; cut when it is done.
      seenUs = Math.max(seenUs, Number((ns(record) - ns(records[0])) / 1000n));
      expect(packet.capturedUs).toBe(seenUs);
      if (packet.forMany || packet.deduced?.what === 'unknown') {
        expect(packet.endEvent).toBeUndefined();
        expect(packet.dueUs).toBe(packet.sentUs);
        continue;
      }
      const arrived = trace.event(packet.endEvent ?? 0);
      if (packet.deduced?.what === 'lost') {
        expect(arrived).toMatchObject({kind: 'drop', packet: frameNumber, host: packet.from});
        expect(arrived.atUs).toBeGreaterThanOrEqual(packet.sentUs);
        expect(arrived.atUs).toBeLessThanOrEqual(packet.dueUs);
        continue;
      }
      expect(arrived).toMatchObject({kind: 'arrive', packet: frameNumber, atUs: packet.dueUs});
      // Only what was seen is no guess, and one of the two is one.
      if (!sent.estimated) expect(sent.atUs).toBe(seenUs);
      if (!arrived.estimated) expect(arrived.atUs).toBe(seenUs);
      expect(sent.estimated ?? arrived.estimated ?? sent.untimed ?? arrived.untimed).toBe(true);
      // Without an estimate nothing is said to have taken any time.
      if (sent.untimed ?? arrived.untimed) expect(arrived.atUs).toBe(sent.atUs);
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
      const before = states.get(end);
      if (before !== undefined) expect(event.from).toBe(before);
      // The end that sends the first SYN leaves CLOSED. The state of the other end may be unknown.
      else expect(event.from ?? 'LISTEN').toBe(event.to === 'SYN-SENT' && event.from ? 'CLOSED' : 'LISTEN');
      states.set(end, event.to);
    }
  });

  test('one conversation of it is what is read when only that is asked for', () => {
    const indexed = (only?: number) => {
      const index = new CaptureIndex({contents: true, only});
      for (const record of records) index.add(record);
      return {index, trace: index.trace({source: name, read: () => new Uint8Array()})};
    };
    const all = indexed();
    const {connections, udp} = all.index.inspector;
    for (const conversation of [...connections.map(({id}) => id), ...udp.all.map(({id}) => -id)]) {
      const picked = all.trace.only(conversation);
      const alone = indexed(conversation).trace;
      expect([...picked.events()].map(({n, kind, atUs, ...rest}) => [n, kind, atUs, rest.instant])).toEqual(
        [...alone.events()].map(({n, kind, atUs, ...rest}) => [n, kind, atUs, rest.instant]),
      );
      expect(picked.header.hosts).toEqual(alone.header.hosts);
      expect(picked.connections.map(({id}) => id)).toEqual(alone.connections.map(({id}) => id));
    }
  });

  test('every datagram that tshark sees is in a conversation, with its sender', () => {
    const index = new CaptureIndex({contents: true});
    for (const record of records) index.add(record);
    const {all} = index.inspector.udp;
    const told = tsharkOf(name).filter((fields) => fields['udp.srcport'] && !fields['icmp.type']);
    expect(all.reduce((sum, {packets}) => sum + packets, 0)).toBe(told.length);
    const ends = new Set(all.flatMap((each) => each.ends.map(({address, port}) => `${address} ${port}`)));
    for (const fields of told)
      expect(ends).toContain(`${first(fields['ip.src'] ?? fields['ipv6.src'])} ${fields['udp.srcport']}`);
  });

  test('what tshark calls a group’s address is for many, and nothing else', () => {
    for (const [index, told] of tsharkOf(name).entries()) {
      const [v4, v6, mac] = [told['ip.dst'], told['ipv6.dst'], told['eth.dst']].map(
        (text) => first(text) ?? '',
      );
      const isIp = v4 !== '' || v6 !== '';
      const byIp = Number.parseInt(v4 ?? '', 10) >= 224 || v6?.startsWith('ff');
      const byLink = (Number.parseInt(mac?.slice(0, 2) ?? '', 16) & 1) === 1;
      if (told['arp.opcode'] !== undefined || told['arp.src.proto_ipv4'] !== undefined) continue;
      if (!isIp && mac === '') continue;
      expect(trace.packet(index + 1).forMany ?? false).toBe(byIp || byLink);
    }
  });

  test('ARP is told as tshark tells it, and no time of it is a guess', () => {
    for (const [index, told] of tsharkOf(name).entries()) {
      const sender = first(told['arp.src.proto_ipv4']);
      if (sender === undefined) continue;
      const {frame, sendEvent, endEvent} = trace.packet(index + 1);
      expect(frame?.payload).toMatchObject({kind: 'arp', message: {senderIp: sender}});
      for (const event of [sendEvent, endEvent ?? sendEvent])
        expect(trace.event(event).atUs).toBe(trace.packet(index + 1).capturedUs);
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
  const trace = index.trace({source: '', read: () => a.bytes});
  expect([trace.packet(1).capturedUs, trace.packet(2).capturedUs]).toEqual([0, 0]);
});

test('of a capture that is being made a trace stays what it was, and so does one conversation of it', () => {
  const {records} = readCapture('00a-handshake-only.pcap');
  const index = new CaptureIndex();
  // Two of ARP, then SYN and SYN,ACK; an ACK comes later.
  for (const record of records.slice(0, 4)) index.add(record);
  const trace = index.trace({source: '', read: () => new Uint8Array()});
  for (const record of records.slice(4, 5)) index.add(record);
  expect([trace.packetCount, trace.only(1).packetCount]).toEqual([4, 2]);
  const later = index.trace({source: '', read: () => new Uint8Array()});
  expect([later.packetCount, later.only(1).packetCount]).toEqual([5, 3]);
});

test('events are those from 1 to the last', () => {
  const trace = capturedTrace('00a-handshake-only.pcap');
  expect(trace.event(1).n).toBe(1);
  expect(trace.event(trace.length).n).toBe(trace.length);
  for (const n of [0, trace.length + 1]) expect(() => trace.event(n)).toThrow(RangeError);
});

test('a packet says which conversation it belongs to; one of ARP belongs to none', () => {
  const trace = capturedTrace('00a-handshake-only.pcap');
  const told = [1, 2, 3, 4, 5].map((id) => trace.packet(id).conversation);
  expect(told).toEqual([undefined, undefined, 1, 1, 1]);
});

// tshark, frame.time_relative of packet 11 (its frame 16: it counts blocks that are no packets, too): 0.000626324; of the two stamps cut to microseconds the difference would be 627.
test('stamps of nanoseconds are subtracted first and cut afterwards', () => {
  expect(capturedTrace('19e-unknown-blocks.pcapng').packet(11).capturedUs).toBe(626);
});

/** Oracle: RFC 9293 §3.5, figure 6. A capture shows nothing of what came before its first frame. */
test.each([
  [0, ['CLOSED > SYN-SENT', 'LISTEN > SYN-RECEIVED']],
  [1, ['LISTEN > SYN-RECEIVED', 'undefined > SYN-SENT']],
  [2, ['undefined > ESTABLISHED', 'undefined > CLOSE-WAIT']],
  [3, ['undefined > ESTABLISHED', 'undefined > CLOSE-WAIT']],
])('begins as seen, without %i', (missing, begins) => {
  const index = new CaptureIndex();
  for (const record of readCapture('../captures-made/loss-fast-retransmission.pcap').records.slice(missing))
    index.add(record);
  const seen = new Set<string>();
  const first = [...index.trace({source: 'cut', read: () => new Uint8Array()}).events()].flatMap((event) => {
    if (event.kind !== 'state' || seen.has(event.host)) return [];
    seen.add(event.host);
    return [`${event.from} > ${event.to}`];
  });
  expect(first).toEqual(begins);
});
