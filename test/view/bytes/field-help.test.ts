// Help of the inspector: one sentence in both languages for every field that a dissector can emit, and its clause.
import {readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {everywhere} from '../../../source/lesson/everywhere.ts';
import type {Language} from '../../../source/lesson/text.ts';
import {packetLayers} from '../../../source/observe/packet-layers.ts';

import {fieldHelp} from '../../../source/view/bytes/field-help.ts';
import {type InspectorRow, rowTree} from '../../../source/view/bytes/inspector-rows.ts';
import {type PacketView, packetView} from '../../../source/view/bytes/inspector-view.ts';
import {entryOf} from '../../../source/view/fields/registry.ts';
import {unicodeGlyphs} from '../../../source/view/glyphs.ts';
import {dissect} from '../../../source/wire/dissect.ts';
import {http2FrameLayer} from '../../../source/wire/dissect-http2.ts';
import {encodeFrame} from '../../../source/wire/frame.ts';
import {
  decodeFrame,
  type FrameBody,
  frameHeaderSize,
  readFrameHeader,
} from '../../../source/wire/http2/frame.ts';
import {FrameType} from '../../../source/wire/http2/registry.ts';
import type {Field, Layer} from '../../../source/wire/layer.ts';
import {explainedFields, fieldText} from '../../../source/words/field-texts.ts';
import {textWidth} from '../../../source/words/width.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {todayCaptures, todayFolder, todayTrace} from '../../helpers/captured-today.ts';
import {handshakeScenario} from '../../helpers/scenarios.ts';
import {runs} from '../../helpers/seeds.ts';
import {run} from '../../helpers/traces.ts';
import {frames} from '../../wire/arbitrary.ts';
import {captureFiles, readBytes, readCapture} from '../../wire/captures.ts';
import {oddities} from '../../wire/oddities.ts';
import {dnsOddities} from '../../wire/oddities-dns.ts';
import '../../helpers/meaning.ts';

const explained =
  /^(eth|arp|ip|ipv6|tcp|udp|http2?|icmp(?:v6)?|vlan|dns|tls|x509\w+|pkcs1|pkixalgs|data|gre|vxlan|dhcp|websocket)\./;

/** Names of layers and of protocols that have the look of a field. */
const layerNames = ['ipv6.hopopts', 'ipv6.routing', 'ipv6.fraghdr', 'ipv6.dstopts'];

/** Field names that stand in the source of the dissectors, whether a test's frame reaches them or not. */
const namesInSource = (): Set<string> => {
  const folder = fileURLToPath(new URL('../../../source/wire/', import.meta.url));
  const text = [...readdirSync(folder), ...readdirSync(`${folder}tls/`).map((file) => `tls/${file}`)]
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(folder + file, 'utf8'))
    .join('\n');
  const names = [
    ...text.matchAll(
      /'((?:eth|arp|ip|ipv6|tcp|udp|http2?|icmp(?:v6)?|vlan|dns|tls|x509\w+|pkcs1|pkixalgs|data|gre|vxlan|dhcp|websocket)\.[A-Za-z0-9_.]+)'/g,
    ),
  ].map(([, name = '']) => name);
  return new Set(names.filter((name) => !layerNames.includes(name)));
};

const namesIn = (bytes: Uint8Array, linkType: number, originalLength = bytes.length): string[] =>
  dissect(bytes, linkType, originalLength).layers.flatMap(({fields}) => fields.map(({name}) => name));

/** A frame of each type, as short as it can be, and a setting that nobody knows. */
const http2Frames = [
  ...Object.values(FrameType).map((type) => Uint8Array.of(0, 0, 0, type, 0, 0, 0, 0, 1)),
  Uint8Array.of(0, 0, 6, FrameType.SETTINGS, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 1),
];

const bodyOf = (bytes: Uint8Array): FrameBody | undefined => {
  const body = decodeFrame(readFrameHeader(bytes), bytes.subarray(frameHeaderSize));
  return body.ok ? body.value : undefined;
};

const namesEmitted = (): Set<string> => {
  const names = new Set<string>();
  for (const {bytes, linkType, originalLength} of [
    ...captureFiles.flatMap((file) => readCapture(file).records),
    ...oddities,
    ...dnsOddities,
  ])
    for (const name of namesIn(bytes, linkType, originalLength)) names.add(name);
  for (const bytes of http2Frames)
    for (const {name} of http2FrameLayer(bytes, {body: bodyOf(bytes), block: undefined}).fields)
      names.add(name);
  // Frames of HTTP/2 are read out of streams, where they were opened.
  for (const {bytes, linkType} of ['27c-dhcp.pcap', '28j-vxlan.pcap'].flatMap(
    (name) => readBytes(readFileSync(todayFolder + name)).records,
  ))
    for (const name of namesIn(bytes, linkType)) names.add(name);
  for (const trace of todayCaptures('21').map(todayTrace))
    for (let id = 1; id <= trace.packetCount; id += 1)
      for (const {protocol, fields} of packetLayers(trace, id).layers)
        if (protocol === 'http2') for (const {name} of fields) names.add(name);
  fc.assert(
    fc.property(frames, (frame) => {
      for (const name of namesIn(encodeFrame(frame), 1)) names.add(name);
    }),
    {numRuns: runs(500), seed: 1},
  );
  return names;
};

let gathered: ReadonlySet<string> | undefined;
const allNames = (): ReadonlySet<string> => {
  gathered ??= new Set([...namesInSource(), ...namesEmitted()]);
  return gathered;
};

test('every field that can be emitted has help', () => {
  const names = allNames();
  const missing = [...names].filter((name) => explained.test(name) && !fieldText(name));
  expect(names.size).toBeGreaterThan(120);
  expect(missing).toEqual([]);
});

test('no help for a field that nothing emits', () => {
  const names = allNames();
  // Made from parts in the source, and not in any of the frames.
  const parts =
    /^(vlan|ipv6\.(hopopts|dstopts)|arp\.(src|dst)\.(hw|proto)$|icmp(v6)?\.(type|code|checksum)|.*\.checksum\.status$)/;
  expect(explainedFields.filter((name) => !names.has(name) && !parts.test(name))).toEqual([]);
});

test('one sentence each, with its clause, in both languages', () => {
  for (const name of explainedFields) {
    const {text, clause} = fieldText(name) ?? {text: everywhere({en: '', zh: ''}), clause: ''};
    // What no protocol explains stands in none, nor what libpcap alone defines (tcpdump.org/linktypes).
    if (!/^(data|sll|null)\./.test(name))
      expect(clause).toMatch(/^(RFC \d+( §[A-Z\d][\d.]*)?|IEEE 802\.\w+ §[\d.]+)$/);
    // It follows “NAME = VALUE: ”: no capital but of a word that has one, one full stop; versions have a dot.
    expect(text.en).toMatch(/^([^.]|\d\.\d)+\.$/);
    expect(text.en).not.toMatch(/^(The|A|An|This|It|Bytes) |!|simply|just/);
    expect(text.zh).toMatch(/^[^。]+。$/);
    expect(text.zh).not.toMatch(/被|进行|您/);
    expect(text.en.length).toBeLessThan(90);
  }
  expect(new Set(explainedFields).size).toBe(explainedFields.length);
});

const trace = run(handshakeScenario());

const leaves = (rows: readonly InspectorRow[]): InspectorRow[] =>
  rows.flatMap((row) => [row, ...leaves(row.children)]);

const viewOf = (id: number, language: Language): PacketView =>
  packetView(trace, id, {language, cursor: trace.length, hides: []});

const helpOf = (id: number, name: string, language: Language = 'en', roomy = false): readonly string[] => {
  const view = viewOf(id, language);
  const row = leaves(rowTree(view)).find(({field, layer}) => (field?.name ?? layer.protocol) === name);
  if (!row) throw new Error(`no ${name}`);
  return fieldHelp(row, view, {language, glyphs: unicodeGlyphs, relative: false, columns: 74, roomy});
};

test('how the field stands on the wire, by its bits', () => {
  expect(helpOf(2, 'tcp.hdr_len')[1]).toBe('4 bits: 0b1000.  RFC 9293 §3.1');
  expect(helpOf(2, 'tcp.flags')[1]).toBe('12 bits: 0b000000010010.  RFC 9293 §3.1');
  expect(helpOf(2, 'tcp.flags.syn')[1]).toBe('1 bit: 1.  RFC 9293 §3.5');
  expect(helpOf(2, 'ip.ttl')[1]).toBe('8 bits: 0x40.  RFC 791 §3.1');
  expect(helpOf(2, 'tcp.srcport')[1]).toBe('16 bits, network order: 0x0050.  RFC 9293 §3.1');
  expect(helpOf(2, 'eth.dst').at(-1)).toBe('6 bytes.  IEEE 802.3 §3.2.4');
  expect(helpOf(2, 'tcp.len').join(' ')).toSay({says: 'inspector.inspectorTexts.computed'});
  expect(helpOf(2, 'tcp.options.mss_val').at(-1)).toContain('16 bits, network order: 0x05b4.');
  expect(helpOf(2, 'tcp')).toEqual(['TCP: 32 bytes, RFC 9293 §3.1.']);
});

test('whether another field makes it count', () => {
  expect(helpOf(1, 'tcp.ack_raw')[1]).toSay({says: 'inspector.unreadField', flag: 'ACK'});
  expect(helpOf(2, 'tcp.ack_raw')[1]).toSay({says: 'inspector.inspectorTexts.ackValid'});
  expect(helpOf(2, 'tcp.urgent_pointer').join(' ')).toSay({says: 'inspector.unreadField', flag: 'URG'});
  expect(helpOf(2, 'tcp.window_size_value').join(' ')).toContain('Never scaled in a SYN');
  expect(helpOf(3, 'tcp.window_size_value').join(' ')).not.toContain('Never scaled');
});

test('at 80 columns every help takes three lines at most; with room it ends with its clause', () => {
  for (const language of ['en', 'zh'] as const)
    for (const id of [1, 2, 3]) {
      const view = viewOf(id, language);
      for (const row of leaves(rowTree(view))) {
        const options = {language, glyphs: unicodeGlyphs, relative: false, columns: 74};
        const tight = fieldHelp(row, view, {...options, roomy: false});
        expect(tight.length).toBeLessThanOrEqual(3);
        for (const line of tight) expect(textWidth(line)).toBeLessThanOrEqual(74);
        const roomy = fieldHelp(row, view, {...options, roomy: true}).at(-1) ?? '';
        const name = row.field?.name ?? '';
        // What its flag switches off is not read (RFC 9293 §3.1); the SYN has no ACK, and none of these URG.
        const unread = name === 'tcp.urgent_pointer' || (id === 1 && name === 'tcp.ack_raw');
        expect(roomy).toContain(unread ? 'RFC 9293 §3.1' : row.field ? fieldText(name)?.clause : 'RFC');
      }
    }
});

// RFC 9846 has no records of TLS 1.2; hellos of both versions carry extensions that only it defines.
test.each(['rsa', 'ecdhe', 'resumed'])('TLS 1.2, %s: its clauses', (name) => {
  const secured = traceOf(allRuns().find((each) => each.name === `https-tls12 ${name}`) ?? expect.fail(name));
  const of13 =
    /^tls\.(handshake\.extensions[._](supported_version|key_share|psk|cookie)|extension\.psk|early_data|handshake\.session_ticket_(age|nonce))/;
  const cited = new Map<string, string>();
  for (let id = 1; id <= secured.packetCount; id += 1) {
    const view = packetView(secured, id, {language: 'en', cursor: secured.length, hides: []});
    for (const {field, layer} of leaves(rowTree(view)))
      if (field && layer.protocol === 'tls')
        cited.set(field.name, fieldText(field.name, view.isTls12)?.clause ?? '');
  }
  expect(cited.get('tls.app_data') ?? 'RFC 5246 §6.2.3').toBe('RFC 5246 §6.2.3');
  expect(cited.get('tls.record.length')).toBe('RFC 5246 §6.2.1');
  expect([...cited].filter(([field, clause]) => /9846/.test(clause) && !of13.test(field))).toEqual([]);
});

// RFC 3971 §5.3.2: type 14.
const meaningOf = (field: Field, layer: Layer) => entryOf(field.name).means?.(field, layer, false);

test('the nonce of a solicitation is told by its type, other options by theirs', () => {
  const field = (value: string) => ({name: 'icmpv6.opt.type', value, start: 0, end: 1});
  const layer = {protocol: 'icmpv6', start: 0, end: 1, fields: []};
  expect(meaningOf(field('14'), layer)?.clause).toBe('RFC 3971 §5.3.2');
  expect(meaningOf(field('14'), layer)?.text.en).toContain('nonce');
  expect(meaningOf(field('1'), layer)).toBeUndefined();
  expect(fieldText('icmpv6.opt.type')?.text.en).toContain('1 and 2 a hardware address');
});

// RFC 4443 §2.1, §3.1; RFC 3810 §5.2.1.
test.each([
  ['1', '4', undefined],
  ['128', '0', 'RFC 4443 §2.1'],
  ['143', '0', 'RFC 3810 §5.2.1'],
])('ICMPv6 of type %s, code %s', (type, code, clause) => {
  const [kind, field] = [
    {name: 'icmpv6.type', value: type, start: 0, end: 1},
    {name: 'icmpv6.code', value: code, start: 1, end: 2},
  ];
  const layer = {protocol: 'icmpv6', start: 0, end: 2, fields: [kind, field]};
  expect(meaningOf(field, layer)?.clause).toBe(clause);
});
