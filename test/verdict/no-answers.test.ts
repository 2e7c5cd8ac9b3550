// Oracle: RFC 792 and RFC 826, by frames that are written out: what has no answer, what ICMP says, and what hides packets of its own leads to a finding.
import {expect, test} from 'vitest';
import {nodeCrypto} from '../../source/io/crypto.ts';
import {CaptureInspector} from '../../source/observe/capture-inspector.ts';
import {allShown} from '../../source/observe/inspection-json.ts';
import {capturedQuic} from '../../source/observe/quic-captured.ts';
import {findingsIn} from '../../source/verdict/verdicts.ts';
import {sentenceOf} from '../../source/view/findings/sentence.ts';
import {parseKeyLog} from '../../source/wire/tls/key-log.ts';
import {meaningsOf} from '../helpers/meaning.ts';

const octets = (hex: string): Uint8Array =>
  Uint8Array.from(hex.replaceAll(' ', '').match(/../g) ?? [], (each) => Number.parseInt(each, 16));

const ip4 = (protocol: string, ends: string, payload: string): string => {
  const length = (20 + octets(payload).length).toString(16).padStart(4, '0');
  return `4500 ${length} 0000 0000 40${protocol} 0000 ${ends} ${payload}`;
};
const there = '0a000001 0a000002';
const back = '0a000002 0a000001';

const foundIn = (...frames: readonly string[]) => {
  const inspector = new CaptureInspector();
  for (const [index, hex] of frames.entries()) {
    const bytes = octets(`020000000002 020000000001 ${hex}`);
    const known = {linkType: 1, originalLength: bytes.length, frameNumber: index + 1, comments: []};
    inspector.add({...known, atUs: index * 1000, bytes, nanoseconds: 0, fileOffset: 0});
  }
  inspector.finish();
  const quic = capturedQuic(inspector, {crypto: nodeCrypto, log: parseKeyLog(new Uint8Array(0))});
  return findingsIn({...allShown(inspector, []), quic, inspector});
};

const toldOf = (...frames: readonly string[]): readonly unknown[] =>
  foundIn(...frames).flatMap((each) => meaningsOf(sentenceOf(each).en));

const texts = 'findings.captureTexts';
const error = (meaning: string, more: object) => ({
  ...{says: 'findings.networkTexts.icmp-error', by: '10.0.0.9', count: 1, meaning},
  ...more,
});

const question = ip4('11', there, 'c000 0035 001b 0000 1234 0100 0001 0000 0000 0000 0161 00 0001 0001');
const answer = ip4('11', back, '0035 c000 001b 0000 1234 8180 0001 0000 0000 0000 0161 00 0001 0001');
const echo = ip4('01', there, '0800 0000 0001 0001');
const reply = ip4('01', back, '0000 0000 0001 0001');
const who = '0806 0001 0800 0604 0001 020000000001 0a000001 000000000000 0a000002';

test('what the file has no answer to is told, by kinds', () => {
  expect(toldOf(`0800 ${question}`, `0800 ${echo}`, who)).toMatchObject([
    {
      says: `${texts}.no-answer-seen`,
      asked: ['dns', 'pings', 'arp'].map((kind) => ({says: `${texts}.asked.${kind}`, count: 1})),
    },
  ]);
  expect(toldOf(`0800 ${question}`, `0800 ${echo}`, `0800 ${reply}`, `0800 ${answer}`)).toEqual([]);
});

const datagram = ip4('11', there, 'c001 2710 000c 0000 61626364');

test.each([
  ['0c00', 'parameter problem'],
  ['0302', 'unreachable: protocol'],
])('an error of ICMP that nothing else explains: %s', (type, meaning) => {
  const icmp = ip4('01', '0a000009 0a000001', `${type} 0000 00000000 ${datagram}`);
  expect(toldOf(`0800 ${datagram}`, `0800 ${icmp}`)).toContainEqual(
    expect.objectContaining(error(meaning, {from: '10.0.0.1', to: '10.0.0.2'})),
  );
});

test('what quotes nothing is told, too', () => {
  expect(toldOf(`0800 ${ip4('01', '0a000009 0a000001', '0303 0000 00000000')}`)).toMatchObject([
    error('unreachable: port', {known: false}),
  ]);
});

test.each([
  ['MPLS', `8847 00010140 ${question}`],
  ['SNAP', `0030 aaaa03000000 0800 ${question}`],
  ['STP', '0026 424203 0000'],
  ['GTP-U', `0800 ${ip4('11', there, `0868 0868 0010 0000 30ff0000 00000001`)}`],
  ['Geneve', `0800 ${ip4('11', there, `c000 17c1 0010 0000 00000800 00000000`)}`],
])('%s is named', (name, frame) => {
  const facts = expect.objectContaining({service: name, packets: 1});
  expect(foundIn(frame)).toContainEqual(expect.objectContaining({id: 'not-read', facts}));
});

const of443 = (octet: string): string =>
  `0800 ${ip4('11', there, `c000 01bb 0028 0000 ${octet}${'5a'.repeat(31)}`)}`;

test('what shows no long header of QUIC is not read, and called QUIC only as a guess by its port', () => {
  expect(foundIn(of443('5a'), of443('5a'))).toMatchObject([
    {id: 'not-read', facts: {service: 'QUIC', packets: 2}},
  ]);
  expect(foundIn(of443('38'))).toMatchObject([{id: 'not-read', facts: {service: undefined, port: 443}}]);
});

test('what is not read is shown by its own first packets', () => {
  const other = ip4('11', there, 'c001 2710 000c 0000 61626364');
  const stp = '0026 424203 0000';
  expect(foundIn(`0800 ${question}`, `0800 ${answer}`, `0800 ${other}`, stp, stp)).toMatchObject([
    {id: 'not-read', frames: [3]},
    {id: 'not-read', frames: [4, 5]},
  ]);
});

test('small first fragments in great number, and never the rest, are a flood; a few are missing parts', () => {
  const lone = (id: number): string =>
    `0800 4500 001c ${id.toString(16).padStart(4, '0')} 2000 4001 0000 ${there} 0800 0000 0001 0001`;
  const many = foundIn(...Array.from({length: 5000}, (_, index) => lone(index)));
  expect(many).toMatchObject([{id: 'fragment-flood', facts: {datagrams: 5000, from: '10.0.0.1'}}]);
  expect(many[0]?.frames[0]).toBe(1);
  const few = foundIn(...Array.from({length: 40}, (_, index) => lone(index)));
  expect(few.map(({id}) => id)).not.toContain('fragment-flood');
});
