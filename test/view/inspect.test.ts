// What `inspect` tells people. Oracle: what was done when the captures were made (fixtures/inspected/*.json, `what`), and the names
// of the lessons that there are.
import {existsSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {describe, expect, it, test} from 'vitest';
import {inspectCapture} from '../../source/io/capture.ts';
import {capturedTls} from '../../source/observe/tls-captured.ts';
import {type Inspected, inspectionReport} from '../../source/view/inspect/report.ts';
import {silenceEnd} from '../../source/view/inspect/silence.ts';
import {allOf} from '../../source/view/inspect/told.ts';
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

/** What was done, and which lesson explains what came of it. */
const explained: readonly (readonly [name: string, lesson: string])[] = [
  ['00c-simultaneous-open.pcap', 'simultaneous-open'],
  ['04a-simultaneous-close.pcap', 'simultaneous-close'],
  ['05c-half-closed-at-end.pcapng', 'why-four'],
  ['06c-refused-three-ports.pcap', 'refused'],
  ['07a-black-hole-default.pcap', 'refused'],
  ['08c-lost-syn.pcap', 'handshake-loss'],
  ['08j-three-losses.pcapng', 'loss-recovery'],
  ['09e-everything-twice.pcap', 'loss-recovery'],
  ['10a-zero-window-probes.pcap', 'sliding-window'],
  ['11c-close-with-unread-data.pcap', 'half-open'],
  ['11e-half-open-keepalive.pcap', 'half-open'],
  ['12a-syn-flood-no-cookies.pcap', 'syn-flood'],
  ['13c-dns-nxdomain.pcap', 'dns-cache'],
  ['13e-dns-truncated-tcp.pcapng', 'dns-transport'],
  ['14e-http-redirect-and-404.pcap', 'http-status'],
  ['16i-tls-untrusted-certificate.pcap', 'https-why'],
  ['16a-tls12-rsa-gcm.pcap', 'https-tls12'],
];

describe('each oddity names its lesson', () => {
  it.each(explained)('%s → %s', async (name, lesson) => {
    const lessons = (await inspected(name)).told.findings.map((finding) => finding.lesson);
    expect(lessons).toContain(lesson);
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
    expect([0, 1].flatMap((side) => connection?.half(side as 0 | 1).reasons.resendings.frames ?? [])).toEqual(
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

/** Wireshark 4.0: frame 4 is `icmp.type == 3 && icmp.code == 13`, and quotes the SYN. */
test('a SYN that ICMP refuses was not met with silence', async () => {
  const {told} = await inspected('06e-firewall-reject-icmp.pcap');
  expect(told.findings.map(({text}) => text.en)).toEqual([
    '10.77.179.80 answered with ICMP: communication prohibited (packet 4).',
  ]);
});

/** What was done to make the captures (`what` of the reference side files); frames and times by Wireshark 4.0 (`tcp.analysis.retransmission`,
 * `tcp.time_delta`; for the copies: equal `ip.id`, `tcp.seq` and `tcp.len`). */
const causes: readonly (readonly [name: string, told: readonly string[]])[] = [
  [
    '08e-lost-fin.pcapng',
    [
      'the client sent its FIN again after 246 ms (packet 11): no ACK had come. Sent once by a loss probe or the retransmission timer, which no capture tells apart here. Presumably lost behind the capture point (packet 10).',
    ],
  ],
  [
    '08g-rto-only.pcap',
    [
      'the client sent the same segment again twice (packets 8, 10), after 251 ms, 499 ms: no ACK came, and each time it waited twice as long. Sent once by the retransmission timer (RTO), once by a loss probe or the retransmission timer, which no capture tells apart here. Presumably lost behind the capture point (packets 7, 8).',
    ],
  ],
  [
    '08j-three-losses.pcapng',
    [
      'the server sent 3 segments again (packets 45, 49, 51); all had been reported missing by SACK or duplicate ACKs. Sent 3 times because SACK or duplicate ACKs told of losses (RACK, fast retransmit). Lost behind the capture point (packets 18, 21, 22).',
    ],
  ],
  [
    '11c-close-with-unread-data.pcap',
    [
      'the server broke it off with RST instead of FIN: its program aborted or closed before it had read everything, or something on the path broke it off in its name.',
    ],
  ],
  [
    '11e-half-open-keepalive.pcap',
    [
      'the server answered a keep-alive probe (packet 17) with RST: it knows this connection no longer, or a firewall answers so.',
    ],
  ],
  [
    '11g-data-after-full-close.pcapng',
    [
      'the server answered the other end’s data (packet 14) with RST: its program had closed and reads no more.',
    ],
  ],
  [
    '09e-everything-twice.pcap',
    [
      '9 packets came twice, the same to the last octet (the first is packet 9): they were doubled on the way or by the capture, no end sent them again.',
    ],
  ],
  [
    '18l-offload-giant-segments.pcap',
    [
      '5 segments larger than the MSS (up to 18,824 bytes, MSS 1460): captured before the network card cut, or after it joined what came (offload).',
    ],
  ],
];

test.each(causes)('%s: what was sent again or broken off, and why', async (name, told) => {
  const texts = (await inspected(name)).told.findings.map(({text}) => text.en);
  expect(texts).toEqual(expect.arrayContaining([...told]));
});

/** RFC 9325 §4.1, §4.2; `tls.handshake.ciphersuite` by tshark. */
test.each([
  ['16a-tls12-rsa-gcm.pcap', [/forward secrecy/]],
  ['16b-tls12-rsa-cbc.pcap', [/forward secrecy/, /CBC/]],
  ['16c-tls12-ecdhe-rsa.pcapng', []],
  ['16e-tls13-full.pcapng', []],
] as const)('%s: what of its TLS is outdated', async (name, told) => {
  const texts = (await inspected(name)).told.findings.map(({text}) => text.en);
  expect(texts).toHaveLength(told.length);
  for (const [index, each] of told.entries()) expect(texts[index]).toMatch(each);
});

/** tshark: `tcp.len > 1460` in frames of three of the connections. */
test('where the capture was taken is told once, not for each connection', async () => {
  const {findings} = (await inspected('http-by-hand.pcap')).told;
  expect(findings.filter(({lesson}) => lesson === 'your-capture')).toMatchObject([
    {text: {en: expect.stringMatching(/^4 segments larger than the MSS \(up to 3839 bytes, MSS 1460\)/)}},
  ]);
  expect(findings.filter(({lesson}) => lesson === 'your-capture')[0]).not.toHaveProperty('connection');
});

/** `ip.id` is 1 in every packet of it. */
test('an end that counts no identifications copies nothing', async () => {
  const {findings} = (await inspected('ports-reused.pcap')).told;
  expect(findings.map(({text}) => text.en).filter((text) => text.includes('came twice'))).toEqual([]);
});

test('the oddest comes first', async () => {
  const weights = (await inspected('18a-mixed-twelve.pcap')).told.findings.map(({weight}) => weight);
  expect(weights).toEqual(weights.toSorted((a, b) => b - a));
  expect(weights.length).toBeGreaterThan(2);
});

test('every lesson that is named is one of ours', async () => {
  const source = ['tcp', 'opening', 'message'].map((kind) =>
    readFileSync(new URL(`../../source/view/inspect/${kind}-findings.ts`, import.meta.url), 'utf8'),
  );
  const tracks = ['dns', 'http', 'https', 'tcp-open', 'tcp-close', 'tcp-data'];
  const named = source.flatMap((text) => [...text.matchAll(/'((?:dns|http|https|tls)-[a-z0-9-]+)'/g)]);
  const ids = new Set([...named.map(([, id]) => id ?? ''), ...explained.map(([, lesson]) => lesson)]);
  for (const id of ids) {
    const files = tracks.map((track) =>
      fileURLToPath(new URL(`../../lessons/${track}/${id}.yaml`, import.meta.url)),
    );
    expect(
      files.some((file) => existsSync(file)),
      id,
    ).toBe(true);
  }
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
