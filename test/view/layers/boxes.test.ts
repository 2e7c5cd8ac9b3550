// The boxes of every kind of frame. Oracles: tshark's lengths of recorded captures, the sizes that headers give in simulated
// packets (RFC 791 §3.1, RFC 768, RFC 9293 §3.1), the curriculum's numbers of one request.
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import type {Trace} from '../../../source/sim/trace.ts';
import {packetView} from '../../../source/view/bytes/inspector-view.ts';
import {type Box, boxesOf, onTheWire, sizeOf} from '../../../source/view/layers/boxes.ts';
import type {Layer} from '../../../source/wire/layer.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {capturedTrace} from '../../helpers/captured.ts';
import {todayCaptures, todayTrace} from '../../helpers/captured-today.ts';
import {some} from '../../helpers/seeds.ts';
import {captureFiles, captureFolder} from '../../wire/captures.ts';

type Seen = {readonly boxes: readonly Box[]; readonly length: number; readonly layers: readonly Layer[]};

const seen = (trace: Trace, id: number): Seen => {
  const view = packetView(trace, id, {language: 'en', cursor: trace.length, hides: []});
  return {boxes: boxesOf(view), length: view.originalLength, layers: view.layers};
};

const named = ({boxes}: Seen, ...protocols: readonly string[]): Box | undefined =>
  boxes.find(({protocol}) => protocols.includes(protocol));

/** Each header with what is behind it, and all of them together. */
const expectSum = (frame: Seen, where: string): void => {
  const {boxes, length} = frame;
  const last = boxes.at(-1);
  const headers = boxes.reduce((sum, {header}) => sum + header, 0);
  const fill = (boxes[0]?.padding ?? 0) + (boxes[0]?.trailer ?? 0);
  expect(headers + (last?.payload ?? 0) + fill, where).toBe(length);
  for (const [index, box] of boxes.entries()) {
    const inner = boxes[index + 1];
    if (inner) expect(box.payload, `${where}: ${box.protocol}`).toBe(sizeOf(inner));
    expect(Math.min(box.header, box.payload), where).toBeGreaterThanOrEqual(0);
  }
};

/** RFC 9000 §1 and RFC 9113 §1: what UDP and TCP carry is no part of the network below them. */
test.each(some([...todayCaptures('21'), ...todayCaptures('22')], 1))(
  '%s: boxes add up, above UDP and TCP, too',
  (name) => {
    const trace = todayTrace(name);
    for (let id = 1; id <= Math.min(trace.packetCount, framesLooked); id++) {
      const frame = seen(trace, id);
      expectSum(frame, `frame ${id}`);
      const above = frame.boxes.slice(frame.boxes.findIndex(({rung}) => rung === 'transport'));
      if (named(frame, 'udp', 'tcp'))
        expect(
          above.map(({rung}) => rung),
          `frame ${id}`,
        ).not.toContain('network');
    }
  },
);

const whole = captureFiles.filter((name) => !name.startsWith('19'));
const framesLooked = 60;

test.each(some(whole, 14))('%s: boxes add up, and are as large as tshark says', (name) => {
  const trace = capturedTrace(name);
  const rows: readonly {readonly [field: string]: string}[] = JSON.parse(
    readFileSync(`${captureFolder}${name}.tshark.json`, 'utf8'),
  );
  for (let id = 1; id <= Math.min(trace.packetCount, framesLooked); id++) {
    const frame = seen(trace, id);
    const row = rows[id - 1] ?? {};
    const where = `frame ${id}`;
    expectSum(frame, where);
    // Several values: packets that an error quotes, messages of a segment.
    const told = (field: string): number | undefined =>
      /^\d+$/.test(row[field] ?? '') ? Number(row[field]) : undefined;
    const ip = named(frame, 'ip');
    if (ip && told('ip.len')) expect(sizeOf(ip), where).toBe(told('ip.len'));
    const tcp = named(frame, 'tcp');
    if (tcp && told('tcp.len') !== undefined) expect(tcp.payload, where).toBe(told('tcp.len'));
    const udp = named(frame, 'udp');
    const fragment = frame.layers.some(({fields}) =>
      fields.some((field) => field.name === 'ip.flags.mf' && field.value === '1'),
    );
    if (udp && told('udp.length') !== undefined && !fragment)
      expect(sizeOf(udp), where).toBe(told('udp.length'));
  }
});

const lookedAt = ['handshake base', 'data-transfer base', 'refused filtered', 'dns-iterative base'];

test('every packet of simulated runs: boxes add up to what its headers say', () => {
  const runs = allRuns().filter(({name}) => lookedAt.includes(name));
  expect(runs.map(({name}) => name).toSorted()).toEqual(lookedAt.toSorted());
  for (const run of runs) {
    const trace = traceOf(run);
    for (let id = 1; id <= Math.min(trace.packetCount, framesLooked); id++) {
      const frame = seen(trace, id);
      expectSum(frame, `${run.name}, packet ${id}`);
      const size = (name: string): number | undefined => {
        const field = frame.layers
          .filter(({quoted}) => !quoted)
          .flatMap(({fields}) => fields)
          .find((each) => each.name === name);
        return field && Number(field.value);
      };
      const ip = named(frame, 'ip');
      if (ip) expect([ip.header, sizeOf(ip)]).toEqual([size('ip.hdr_len'), size('ip.len')]);
      const tcp = named(frame, 'tcp');
      if (tcp) expect([tcp.header, tcp.payload]).toEqual([size('tcp.hdr_len'), size('tcp.len')]);
      const udp = named(frame, 'udp');
      if (udp) expect([udp.header, sizeOf(udp)]).toEqual([8, size('udp.length')]);
      expect(frame.boxes.map(({protocol}) => protocol).slice(0, 2)).toEqual(['eth', 'ip']);
    }
  }
});

const captured = (name: string, id: number) =>
  seen(capturedTrace(name), id).boxes.map(({protocol, rung}) => `${protocol} ${rung}`);

test('each layer has its row: tags, cooked headers, ARP, quoted packets, fragments', () => {
  expect(captured('18d-vlan-tagged.pcap', 1)).toEqual(['eth link', 'vlan link', 'arp between']);
  expect(captured('18d-vlan-tagged.pcap', 3)).toEqual([
    'eth link',
    'vlan link',
    'ip network',
    'tcp transport',
  ]);
  expect(captured('18f-cooked-any.pcap', 1)[0]).toBe('sll link');
  expect(captured('18j-bsd-null.pcap', 1)[0]).toBe('null link');
  const sealed = capturedTrace('17a-url-to-page-tls13.pcap');
  const hello = Array.from({length: sealed.packetCount}, (_, index) => seen(sealed, index + 1)).find(
    (frame) => named(frame, 'tls'),
  );
  expect(hello?.boxes.map(({protocol, rung}) => `${protocol} ${rung}`).slice(-2)).toEqual([
    'tcp transport',
    'tls presentation',
  ]);
  const trace = capturedTrace('06e-firewall-reject-icmp.pcap');
  const icmp = Array.from({length: trace.packetCount}, (_, index) => seen(trace, index + 1)).find((frame) =>
    named(frame, 'icmp'),
  );
  expect(icmp?.boxes.map(({protocol, rung, header}) => [protocol, rung, header])).toEqual([
    ['eth', 'link', 14],
    ['ip', 'network', 20],
    ['icmp', 'network', 8],
  ]);
  expect(icmp?.boxes.at(-1)?.quotes).toEqual(['ip', 'tcp']);
});

test('Ethernet carries at least 64 bytes with its check sequence, and a capture less (IEEE 802.3 §4.4.2)', () => {
  const trace = capturedTrace('00a-handshake-only.pcap');
  const {boxes} = seen(trace, 1);
  expect(onTheWire(boxes, 54)).toEqual({padding: 6, bytes: 64});
  expect(onTheWire(boxes, 60)).toEqual({padding: 0, bytes: 64});
  expect(onTheWire(boxes, 111)).toEqual({padding: 0, bytes: 115});
  expect(onTheWire(boxes, 1514)).toEqual({padding: 0, bytes: 1518});
  expect(onTheWire(boxes, 1515)).toBeUndefined();
  const cooked = seen(capturedTrace('18f-cooked-any.pcap'), 1).boxes;
  expect(onTheWire(cooked, 76)).toBeUndefined();
});

test('a packet is named in the words of the language', () => {
  const trace = todayTrace('27a-traceroute.pcap');
  const named = (language: 'en' | 'zh') => packetView(trace, 6, {language, cursor: trace.length, hides: []});
  expect([named('en').summary, named('zh').summary]).toEqual(['ICMP TTL ran out', 'ICMP TTL 耗尽']);
});
