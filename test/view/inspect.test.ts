// What `inspect` tells people. Oracle: what was done when the captures were made (fixtures/inspected/*.json, `what`), and the names
// of the lessons that there are.
import {existsSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {describe, expect, it, test} from 'vitest';
import {inspectCapture} from '../../source/io/capture.ts';
import {capturedTls} from '../../source/observe/tls-captured.ts';
import type {FindingId} from '../../source/verdict/ids.ts';
import {type Inspected, inspectionReport} from '../../source/view/inspect/report.ts';
import {allOf} from '../../source/view/inspect/selection.ts';
import {silenceEnd} from '../../source/view/inspect/silence.ts';
import {textWidth} from '../../source/words/width.ts';
import {some} from '../helpers/seeds.ts';
import {captureFiles, captureFolder} from '../wire/captures.ts';

const ownFolder = fileURLToPath(new URL('../fixtures/inspected/', import.meta.url));

const madeFolder = fileURLToPath(new URL('../fixtures/captures-made/', import.meta.url));

const inspected = async (name: string): Promise<Inspected> => {
  const folder = [ownFolder, madeFolder].find((each) => existsSync(each + name)) ?? captureFolder;
  const path = folder + name;
  const read = await inspectCapture(path);
  if (!read.ok) throw new Error(`${name} cannot be read`);
  const {inspector, facts} = read.value;
  return {name, facts, inspector, told: allOf(inspector, capturedTls(inspector.connections, undefined))};
};

/** What was done, and what is found of it. */
const explained: readonly (readonly [name: string, id: FindingId])[] = [
  ['05c-half-closed-at-end.pcapng', 'half-closed'],
  ['06c-refused-three-ports.pcap', 'refused'],
  ['06e-firewall-reject-icmp.pcap', 'admin-prohibited'],
  ['07a-black-hole-default.pcap', 'syn-unanswered'],
  ['08c-lost-syn.pcap', 'syn-repeated'],
  ['08e-lost-fin.pcapng', 'loss'],
  ['08g-rto-only.pcap', 'loss'],
  ['08j-three-losses.pcapng', 'loss'],
  ['09e-everything-twice.pcap', 'copied-on-the-way'],
  ['10a-zero-window-probes.pcap', 'zero-window'],
  ['11c-close-with-unread-data.pcap', 'reset-unread'],
  ['11e-half-open-keepalive.pcap', 'reset-half-open'],
  ['12a-syn-flood-no-cookies.pcap', 'syn-flood'],
  ['13c-dns-nxdomain.pcap', 'dns-nxdomain'],
  ['16i-tls-untrusted-certificate.pcap', 'tls-untrusted'],
  ['18l-offload-giant-segments.pcap', 'offload'],
];

describe('what was done is found', () => {
  it.each(explained)('%s: %s', async (name, id) => {
    expect((await inspected(name)).told.findings.map((each) => each.id)).toContain(id);
  });
});

/** Wireshark 4.0: `tcp.time_delta` at its largest, and where; the frames with `tcp.analysis.` retransmission, zero_window, keep_alive. */
const places = [
  {name: '08c-lost-syn.pcap', us: 1_022_299, frame: 6, end: 'again', told: {}},
  {name: '08g-rto-only.pcap', us: 499_988, frame: 10, end: 'again', told: {resent: [8, 10]}},
  {
    name: '10a-zero-window-probes.pcap',
    us: 1_355_673,
    frame: 20,
    end: 'opened',
    told: {zeroWindow: [9, 12, 18, 22], keepAlive: [11, 14, 17]},
  },
  {
    name: '11e-half-open-keepalive.pcap',
    us: 1_007_716,
    frame: 17,
    end: 'keepAlive',
    told: {keepAlive: [12, 15, 17]},
  },
  // Wireshark calls 18 a keep-alive; the window was closed to its sender since 9, so it is a probe (RFC 9293 §3.8.6.1).
  {
    name: '10e-zero-window-reset.pcap',
    us: 896_018,
    frame: 18,
    end: 'probe',
    told: {zeroWindow: [9, 13, 19], keepAlive: [12, 14, 18]},
  },
  {name: '14k-http-large-download.pcap', us: 30_792, frame: 5, end: 'acknowledged', told: {}},
] as const;

test.each(places)(
  '$name: the longest silence, what ended it, and which packets',
  async ({name, us, frame, end, told}) => {
    const [connection] = (await inspected(name)).inspector.connections;
    const silence = connection?.notes.silence;
    expect(silence).toMatchObject({us, frame});
    expect(silence && silenceEnd(silence)).toBe(end);
    const {resent = [], ...marked} = told as {readonly resent?: readonly number[]};
    expect([0, 1].flatMap((side) => connection?.reasons(side as 0 | 1).resendings.frames ?? [])).toEqual(
      resent,
    );
    for (const kind of ['zeroWindow', 'keepAlive'] as const)
      expect(connection?.notes.frames(kind), kind).toEqual((marked as {[each: string]: unknown})[kind] ?? []);
  },
);

test('quiet connections have nothing to show', async () => {
  expect((await inspected('01a-client-close-idle.pcap')).told.findings).toEqual([]);
  expect((await inspected('17c-url-to-page-plain.pcap')).told.findings).toEqual([]);
});

/** `ip.id` is 1 in every packet of it. */
test('an end that counts no identifications copies nothing', async () => {
  const {findings} = (await inspected('ports-reused.pcap')).told;
  expect(findings.map(({id}) => id)).not.toContain('copied-on-the-way');
});

test('lines keep to the width, in both languages and both sets of signs', async () => {
  for (const name of some(
    captureFiles.filter((file) => !file.startsWith('19')),
    10,
  )) {
    const found = await inspected(name);
    for (const language of ['en', 'zh'] as const)
      for (const ascii of [false, true]) {
        const lines = inspectionReport(found, {language, columns: 80, ascii});
        expect(Math.max(...lines.map((line) => textWidth(line))), name).toBeLessThanOrEqual(80);
        if (ascii && language === 'en') expect(lines.join('')).not.toMatch(/[→•]/);
      }
  }
});
