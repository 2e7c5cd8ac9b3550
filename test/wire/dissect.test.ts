// Oracle: tshark 4.0, live where it is installed, and its stored output everywhere (fixtures/captures/*.tshark.json,
// written anew with UPDATE_TSHARK=1).
import {readFileSync, writeFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type Dissection, dissect} from '../../source/wire/dissect.ts';
import {runs} from '../helpers/seeds.ts';
import {captureFiles, captureFolder, readCapture} from './captures.ts';
import {oddities, ofOddities} from './odd-frames.ts';
import {cutSegments} from './oddities-dns.ts';
import {type FrameFields, ourFields, tsharkFields, tsharkMissing} from './tshark.ts';

const linkTypes = [0, 1, 101, 108, 113, 228, 229, 276];
const missing = tsharkMissing();
if (missing) console.log(`dissect: compared with stored output only, because ${missing}`);
const update = process.env['UPDATE_TSHARK'] !== undefined && !missing;

/** Enough to notice a field at the wrong place, without the long ones. */
const stored = new Set([
  ...['eth.src', 'vlan.id', 'sll.ifindex', 'sll.src.eth', 'null.family', 'arp.opcode', 'arp.src.proto_ipv4'],
  ...['ip.src', 'ip.dst', 'ip.id', 'ip.flags', 'ip.frag_offset', 'ip.len', 'ip.ttl', 'ip.checksum.status'],
  ...[
    'ipv6.src',
    'ipv6.dst',
    'ipv6.plen',
    'ipv6.hlim',
    'tcp.srcport',
    'tcp.dstport',
    'tcp.seq_raw',
    'tcp.ack_raw',
  ],
  ...['tcp.len', 'tcp.flags', 'tcp.flags.str', 'tcp.window_size_value', 'tcp.checksum.status', 'tcp.options'],
  ...[
    'tcp.options.timestamp.tsval',
    'tcp.options.sack_le',
    'tcp.options.mss_val',
    'tcp.options.wscale.shift',
  ],
  ...[
    'udp.srcport',
    'udp.length',
    'udp.checksum.status',
    'icmp.type',
    'icmp.code',
    'icmpv6.type',
    'icmpv6.checksum',
  ],
  ...[
    'dns.id',
    'dns.flags',
    'dns.qry.name',
    'dns.qry.type',
    'dns.resp.name',
    'dns.resp.type',
    'dns.resp.ttl',
  ],
  ...['dns.a', 'dns.aaaa', 'dns.ns', 'dns.cname', 'dns.soa.minimum_ttl', 'dns.rr.udp_payload_size'],
  ...['http.request.uri', 'http.response.code', 'http.host', 'http.cookie', 'http.set_cookie'],
]);

const storedOnly = (frame: FrameFields): FrameFields =>
  Object.fromEntries(Object.entries(frame).filter(([name]) => stored.has(name)));

const storedFile = (name: string): string => `${captureFolder}${name}.tshark.json`;

const readStored = (name: string): readonly FrameFields[] =>
  JSON.parse(readFileSync(storedFile(name), 'utf8'));

const writeStored = (name: string, frames: readonly FrameFields[]): void =>
  writeFileSync(storedFile(name), `[\n${frames.map((frame) => JSON.stringify(frame)).join(',\n')}\n]\n`);

const dissectCapture = (name: string): readonly Dissection[] =>
  readCapture(name).records.map(({bytes, linkType, originalLength}) =>
    dissect(bytes, linkType, originalLength),
  );

const readable = captureFiles.filter((name) => !/^19[ac]-/.test(name));

describe.each(readable)('%s', (name) => {
  const ours = dissectCapture(name).map(ourFields);

  test.skipIf(missing !== undefined)('every field of every frame is tshark’s', () => {
    const theirs = tsharkFields(captureFolder + name);
    if (update) writeStored(name, theirs.map(storedOnly));
    expect(ours).toEqual(theirs);
  });

  test('the stored fields of every frame are tshark’s', () => {
    expect(ours.map(storedOnly)).toEqual(readStored(name));
  });
});

/** Where a dissector stopped, only what both print is compared: how far each goes on is a matter of taste. */
const comparable = (
  ours: FrameFields,
  theirs: FrameFields,
  {problem}: Dissection,
  except: readonly string[],
) => {
  const shared = (frame: FrameFields): FrameFields =>
    Object.fromEntries(
      Object.entries(frame).filter(
        ([name]) => !except.includes(name) && (problem === undefined || (name in ours && name in theirs)),
      ),
    );
  return [shared(ours), shared(theirs)];
};

const oddityFile = 'oddities';

describe('frames that no recorded capture has', () => {
  const compare = (frames: readonly FrameFields[]): void => {
    expect(frames).toHaveLength(oddities.length);
    for (const [index, {name, bytes, linkType, originalLength, except = []}] of oddities.entries()) {
      const dissection = dissect(bytes, linkType, originalLength);
      const [ours, theirs] = comparable(ourFields(dissection), frames[index] ?? {}, dissection, except);
      expect(ours, name).toEqual(theirs);
    }
  };

  test.skipIf(missing !== undefined)('as tshark reads them now', () => {
    const frames = ofOddities(tsharkFields);
    if (update) writeStored(oddityFile, frames);
    compare(frames);
  });

  test('as tshark read them', () => compare(readStored(oddityFile)));

  test('a problem names the protocol and what is wrong', () => {
    const problems = Object.fromEntries(
      oddities.map(({name, bytes, linkType, originalLength}) => [
        name,
        dissect(bytes, linkType, originalLength).problem,
      ]),
    );
    expect(problems).toMatchObject({
      'header length under 20': 'tcp:tcp.hdr_len',
      'option length 0': 'tcp:tcp.option_len',
      'cut after 10 octets': 'eth:short',
      'cut after 30 octets': 'ip:short',
      'cut after 50 octets': 'tcp:short',
      'echo request': undefined,
      'DNS: a pointer forward': 'dns:dns.qry.name',
      'DNS: an MX whose name ends too early': 'dns:dns.resp.len',
      'DNS: octets behind the message': 'dns:dns.count.add_rr',
      'DNS: a record cut in its RDATA': 'dns:short',
      'DNS: half a header': 'dns:short',
      'HTTP: a head cut in a field line': undefined,
      'HTTP: a folded line': 'http:obs-fold',
      'HTTP: a space before the colon': 'http:field-name-space',
    });
  });
});

test('a link type that is not known gives the bytes and says so', () => {
  const {layers, problem} = dissect(Uint8Array.of(1, 2, 3), 195);
  expect(problem).toBe('link-type:195');
  expect(layers.map(({protocol, start, end}) => ({protocol, start, end}))).toEqual([
    {protocol: 'data', start: 0, end: 3},
  ]);
});

test('an original length below what was captured is not believed', () => {
  for (const {bytes, linkType} of oddities) {
    expect(dissect(bytes, linkType, 3)).toEqual(dissect(bytes, linkType));
  }
});

test('the packet that an ICMP error reports is marked as quoted', () => {
  const [{layers} = {layers: []}] = dissectCapture('06e-firewall-reject-icmp.pcap').slice(3);
  expect(layers.map(({protocol, quoted = false}) => `${protocol}${quoted ? ' quoted' : ''}`)).toEqual([
    'eth',
    'ip',
    'icmp',
    'ip quoted',
    'tcp quoted',
  ]);
});

const expectSpansInside = ({layers}: Dissection, length: number): void => {
  for (const {start, end, fields} of layers) {
    expect(start).toBeLessThanOrEqual(end);
    for (const field of fields) {
      expect(field.start).toBeGreaterThanOrEqual(0);
      expect(field.end).toBeGreaterThanOrEqual(field.start);
      expect(field.end).toBeLessThanOrEqual(length);
    }
    expect(end).toBeLessThanOrEqual(length);
  }
};

test('a segment that cuts a message stays data: one packet does not tell where a message began', () => {
  for (const bytes of cutSegments)
    expect(dissect(bytes, 1).layers.map(({protocol}) => protocol)).toEqual(['eth', 'ip', 'tcp', 'data']);
});

test('any bytes: never throws, every span lies in the frame', () => {
  const anything = fc.tuple(fc.uint8Array({maxLength: 120}), fc.constantFrom(...linkTypes, 195), fc.nat(200));
  fc.assert(
    fc.property(anything, ([bytes, linkType, more]) => {
      expectSpansInside(dissect(bytes, linkType, bytes.length + more), bytes.length);
    }),
    {numRuns: runs(500)},
  );
});

test('any damaged frame: never throws, every span lies in the frame', () => {
  const damage = fc.tuple(
    fc.constantFrom(...oddities),
    fc.array(fc.tuple(fc.nat(120), fc.nat(255)), {maxLength: 4}),
    fc.nat(120),
  );
  fc.assert(
    fc.property(damage, ([{bytes, linkType}, changes, length]) => {
      const copy = bytes.slice(0, Math.max(1, length));
      for (const [at, octet] of changes) if (at < copy.length) copy[at] = octet;
      expectSpansInside(dissect(copy, linkType, bytes.length), copy.length);
    }),
    {numRuns: runs(500)},
  );
});

test('a checksum over cut bytes is not judged', () => {
  const [snapped] = readCapture('18h-short-snap-length.pcap').records.filter(
    ({bytes, originalLength}) => originalLength > bytes.length,
  );
  expect(snapped).toBeDefined();
  if (!snapped) return;
  const status = ourFields(dissect(snapped.bytes, 1, snapped.originalLength))['tcp.checksum.status'];
  expect(status).toBe('2');
});

test('layers of a segment with several messages: heads, and their content as data', () => {
  const layersOf = (name: string): readonly string[] => {
    const {bytes = new Uint8Array(0), linkType = 1} = oddities.find((oddity) => oddity.name === name) ?? {};
    return dissect(bytes, linkType).layers.map(({protocol, start, end}) => `${protocol} ${end - start}`);
  };
  const below = ['eth 14', 'ip 20', 'tcp 20'];
  expect(layersOf('HTTP: two requests in one segment')).toEqual([...below, 'http 28', 'http 28']);
  expect(layersOf('HTTP: two responses, one with content and without a reason')).toEqual([
    ...below,
    'http 36',
    'data 2',
    'http 45',
  ]);
  expect(layersOf('HTTP: a head cut in a field line')).toEqual([...below, 'http 26', 'data 8']);
  expect(layersOf('HTTP: content, as it begins in the middle')).toEqual([...below, 'data 24']);
});
