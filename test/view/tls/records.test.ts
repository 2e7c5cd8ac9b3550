// The records panel. Oracles: figure 1 of RFC 9846 §2, which says what is in clear, under handshake keys and under application
// keys; what Wireshark opened of a recorded connection; the sizes in the segments of the run.
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import type {Eyes} from '../../../source/account/eyes.ts';
import {recordsPanel} from '../../../source/view/panels/records.ts';
import {type RecordRow, recordScene} from '../../../source/view/tls/records.ts';
import {keyLogOf, todayCaptures, todayFolder, todayTrace} from '../../helpers/captured-today.ts';
import {openedTrace, sideFileOf, tlsCaptures} from '../../observe/tls-captured.ts';
import {canvasOf, type Opened, open, playingAt, textOf} from '../player.ts';
import {lookAt, tlsRun, tlsTrace} from './runs.ts';
import '../../helpers/meaning.ts';

const run = tlsRun('full');

const rowText = ({host, seal, parts}: RecordRow): string => {
  const by = seal ? (seal.key ? `${seal.key.number} ${seal.key.place}` : 'sealed') : 'clear';
  const inside = parts.map((part) => ('text' in part ? part.text : part.kind)).join('+');
  return `${host}: ${by}: ${inside}`;
};

const rowsAt = (name: string, us: number): readonly string[] =>
  (recordScene(lookAt(tlsRun(name), us))?.rows ?? []).map(rowText);

test('a full handshake is sealed as figure 1 of RFC 9846 says', () => {
  expect(rowsAt('full', 310_000)).toEqual([
    'client: clear: ClientHello (SNI www.example.com)',
    'server: clear: ServerHello',
    'server: clear: spec',
    'server: 2 server handshake: EncryptedExtensions+Certificate+CertificateVerify+Finished',
    'client: clear: spec',
    'client: 1 client handshake: Finished',
    'client: 3 client application: GET / HTTP/1.1',
    'server: 4 server application: NewSessionTicket',
    'server: 4 server application: HTTP/1.1 200 OK',
  ]);
});

test('a record is there when the packet that completes it has left', () => {
  expect(rowsAt('full', 99_000)).toEqual([]);
  expect(rowsAt('full', 120_000)).toHaveLength(1);
  expect(rowsAt('full', 160_000)).toHaveLength(4);
});

test('early data have a key of their own, and end with EndOfEarlyData (RFC 9846 §2.3)', () => {
  const rows = rowsAt('early', tlsTrace('early').durationUs);
  expect(rows).toContain('client: 0 client early: GET / HTTP/1.1');
  expect(rows).toContain('client: 0 client early: EndOfEarlyData');
  expect(rows).toContain('client: 1 client handshake: Finished');
  expect(rows.join()).not.toContain('Certificate');
});

test('HelloRetryRequest and a second ClientHello are in clear', () => {
  expect(rowsAt('retry', 310_000).filter((row) => row.includes('clear') && !row.includes('spec'))).toEqual([
    'client: clear: ClientHello (SNI www.example.com)',
    'server: clear: HelloRetryRequest',
    'client: clear: ClientHello (SNI www.example.com)',
    'server: clear: ServerHello',
  ]);
});

test('sizes and packets are those on the wire', () => {
  const rows = recordScene(lookAt(run, 310_000))?.rows ?? [];
  const trace = tlsTrace('full');
  const perPacket = new Map<number, number>();
  // A record has a header of five octets (RFC 9846 §5.1).
  for (const {packet, size} of rows) perPacket.set(packet, (perPacket.get(packet) ?? 0) + size + 5);
  for (const [packet, octets] of perPacket) {
    const payload = trace.packet(packet).frame?.payload;
    const transport = payload?.kind === 'ip' ? payload.packet.transport : undefined;
    expect(transport?.kind === 'tcp' && transport.segment.payload.length, `packet ${packet}`).toBe(octets);
  }
});

const screen = (eyes: Eyes, language: 'en' | 'zh', columns = 120, rows = 40): string => {
  const playback = playingAt(run, 310_000, {language, focus: 'records', opened: ['records'], eyes});
  return textOf(canvasOf(run, playback, {columns, rows})).join('\n');
};

test.each(['en', 'zh'] as const)('%s: what an eavesdropper sees', (language) => {
  const seen = screen('eavesdropper', language);
  const read = screen('ends', language);
  for (const secret of ['GET / HTTP', 'Certificate', 'Finished', 'NewSessionTicket', '▒3']) {
    expect(read).toContain(secret);
    expect(seen, secret).not.toContain(secret);
  }
  for (const open of ['SNI www.example.com', 'ServerHello', '1211', 'application_data'])
    expect(seen).toContain(open);
  const spokenTo = (who: Eyes): string =>
    recordsPanel.spoken?.(lookAt(run, 310_000, {language, eyes: who}), undefined).join('\n') ?? '';
  expect(spokenTo('eavesdropper')).not.toMatch(/GET|Finished|Certificate/);
  expect(spokenTo('ends')).toMatch(/GET \/ HTTP/);
});

test('who can open nothing has no column for keys; an end is named in a sentence', () => {
  const headOf = (eyes: Eyes) => screen(eyes, 'en').replace(/ +/g, ' ');
  expect(headOf({host: 'client'})).toContain('records as the client sees it');
  expect(headOf({host: 'client'})).toContain('# from bytes sealed by record');
  // A leaked key that has only signed opens nothing: no secret was encrypted for it (RFC 9846 §E.1).
  for (const outside of ['eavesdropper', 'thief'] as const)
    expect(headOf(outside)).toContain('# from bytes record');
});

test('o changes the eyes; ↑ goes to the packet of another record', () => {
  const view = lookAt(run, 310_000);
  expect(recordsPanel.command(view, undefined, 'eyes')).toEqual({nextEyes: true});
  expect(recordsPanel.command(view, undefined, 'up')?.selection?.packet).toBe(13);
  const chosen = lookAt(run, 310_000, {selection: {...view.input.playback.selection, packet: 6}});
  expect(recordScene(chosen)?.rows.filter(({selected}) => selected)).toHaveLength(3);
  expect(recordsPanel.command(chosen, undefined, 'up')?.selection?.packet).toBe(4);
});

/** `ClientHello (SNI a.example)` as tshark says it, to whom HelloRetryRequest is a ServerHello. */
const asWireshark = (text: string): string =>
  text
    .replace(/ \(SNI .*/, '')
    .replace('HelloRetryRequest', 'ServerHello')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ');

/** With several connections the side file has a list of its own for each. */
const single = tlsCaptures.filter((name) => sideFileOf(name).tlsSessions === undefined);

test.each(single)('%s: messages and their packets are those that tshark reads', (name) => {
  const recorded = open({trace: openedTrace(name), source: name});
  const rows = recordScene(lookAt(recorded, recorded.trace.durationUs))?.rows ?? [];
  const told = rows.flatMap(({packet, parts}) =>
    parts.flatMap((part) =>
      part.kind === 'message' ? [{frame: packet, message: asWireshark(part.text)}] : [],
    ),
  );
  expect(told).toEqual(sideFileOf(name).tls.handshake);
  const {version} = sideFileOf(name).tls;
  // In TLS 1.2 there is one key in each direction; in 1.3 the server has two, and the Certificate is under the first.
  const keys = new Set(rows.flatMap(({side, seal}) => (side === 1 && seal?.key ? [seal.key.number] : [])));
  if (keys.size > 0) expect([...keys]).toEqual(version === 'TLS 1.3' ? [2, 4] : [2]);
});

const overTls = todayCaptures('21').filter((name) => keyLogOf(todayFolder + name) !== undefined);

test.each(overTls)('%s: of HTTP/2 the frames are told that tshark counts', (name) => {
  const side = JSON.parse(readFileSync(todayFolder + name.replace(/pcap(ng)?$/, 'json'), 'utf8'));
  const recorded = open({trace: todayTrace(name), source: name});
  const rows = recordScene(lookAt(recorded, recorded.trace.durationUs))?.rows ?? [];
  const counts: {[name: string]: number} = {};
  for (const part of rows.flatMap(({parts}) => parts))
    for (const frame of part.kind === 'frames' ? part.frames.frames : [])
      if (frame.name && !frame.goesOn) counts[frame.name] = (counts[frame.name] ?? 0) + 1;
  expect(counts).toEqual(side.http2[0].frames);
});

test('of a capture nobody says what its ends see; of a run both may be asked', () => {
  const captured = open({trace: todayTrace('24k-tls13-grease-hello.pcap')});
  const headingOf = (opened: Opened): string =>
    recordsPanel.spoken?.(lookAt(opened, opened.trace.durationUs), undefined)[0] ?? '';
  expect(headingOf(captured)).toContain('as captured');
  expect(headingOf(run)).toSay({says: 'eyes.eyesWords.seen', who: 'ends'});
});
