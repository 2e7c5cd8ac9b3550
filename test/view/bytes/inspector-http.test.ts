// HTTP messages that are longer than a packet. Oracles: the octets themselves, the body that the server was given, RFC 9112 §2.1.
import {expect, test} from 'vitest';
import {openCapture} from '../../../source/io/capture.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {fieldHelp} from '../../../source/view/bytes/field-help.ts';
import {rowTree} from '../../../source/view/bytes/inspector-rows.ts';
import {rowValue} from '../../../source/view/bytes/inspector-value.ts';
import {type PacketView, packetView} from '../../../source/view/bytes/inspector-view.ts';
import {unicodeGlyphs} from '../../../source/view/glyphs.ts';
import {at, get, httpScenario} from '../../helpers/http-network.ts';
import {run} from '../../helpers/traces.ts';
import {captureFolder} from '../../wire/captures.ts';
import '../../helpers/meaning.ts';

const body = Array.from({length: 60}, (_, index) => `line ${index}`).join('\n');
const cookie = `session=${'0123456789abcdef'.repeat(10)}`;

/** So narrow that no header line of the response is in one segment only by chance. */
const narrow = {name: 'path', between: ['client', 'server'], delayUs: 50_000, loss: 0, mtu: 120} as const;
const trace = run(
  httpScenario([at(0, get('/long/enough/to/be/cut'))], {
    routes: [
      {
        method: 'GET',
        path: '/long/enough/to/be/cut',
        body,
        type: 'text/plain',
        headers: [{name: 'Set-Cookie', value: cookie}],
      },
    ],
    change: {links: [narrow]},
  }),
);

const viewOf = (which: Trace, id: number, cursor = which.length, hides: readonly string[] = []): PacketView =>
  packetView(which, id, {language: 'en', cursor, hides});

const views = Array.from({length: trace.packetCount}, (_, index) => viewOf(trace, index + 1));

const textAt = ({bytes}: PacketView, {start, end}: {readonly start: number; readonly end: number}): string =>
  Buffer.from(bytes.subarray(start, end)).toString('latin1');

/** All that the help of all rows of HTTP and data says. */
const helpOf = (view: PacketView, language: 'en' | 'zh' = 'en'): string =>
  rowTree(view)
    .filter(({layer}) => ['http', 'data'].includes(layer.protocol))
    .flatMap((row) => [row, ...row.children])
    .flatMap((row) =>
      fieldHelp(row, view, {language, glyphs: unicodeGlyphs, relative: false, columns: 1000, roomy: true}),
    )
    .join(' ');

test('a line that spans segments is, put together, that line and nothing else', () => {
  const lines = new Map<string, {text: string; packets: readonly number[]; seen: number[]}>();
  for (const view of views)
    for (const part of view.parts) {
      if (part.is !== 'line' || part.kind !== 'response') continue;
      const line = lines.get(part.name) ?? {text: '', packets: part.packets, seen: []};
      line.text += textAt(view, part);
      line.seen.push(view.id);
      lines.set(part.name, line);
    }
  expect([...lines.keys()]).toContain('Set-Cookie');
  for (const [name, {text, packets, seen}] of lines) {
    expect(text).toMatch(name === '' ? /^HTTP\/1\.1 200 OK\r\n$/ : new RegExp(`^${name}: [^\r\n]*\r\n$`));
    expect(seen).toEqual(packets);
    for (const id of packets) {
      const view = views[id - 1];
      const [last] = packets.slice(-1);
      if (view) expect(helpOf(view)).toSay({says: 'message.partWords.line', named: true, name});
      if (view) expect(helpOf(view, 'zh')).toMatch(new RegExp(`首部行 ${name} 跨报文段 .*${last}。`));
    }
  }
  expect(lines.get('Set-Cookie')?.text).toBe(`Set-Cookie: ${cookie}\r\n`);
});

test('parts of the content, packet by packet, are the content', () => {
  let next = 1;
  let text = '';
  for (const view of views)
    for (const part of view.parts) {
      if (part.is !== 'content') continue;
      expect([part.from, part.of]).toEqual([next, body.length]);
      expect(part.end - part.start).toBe(part.to - part.from + 1);
      text += textAt(view, part);
      next = part.to + 1;
      expect(helpOf(view)).toSay({
        ...{says: 'message.partWords.content', from: part.from, to: part.to, of: body.length},
      });
    }
  expect(text).toBe(body);
});

test('of a capture too: the 90000 bytes of the download are all in some packet, none twice', async () => {
  const opened = await openCapture(`${captureFolder}14k-http-large-download.pcap`);
  if (!opened.ok) throw new Error('unreadable');
  const {trace: download} = opened.value;
  let next = 1;
  for (let id = 1; id <= download.packetCount; id++) {
    const view = viewOf(download, id);
    for (const part of view.parts) {
      if (part.is !== 'content') continue;
      expect(part.from).toBe(next);
      next = part.to + 1;
      const row = rowTree(view).find(({layer}) => layer.protocol === 'data');
      const said = row && rowValue(row, view, {language: 'zh', glyphs: unicodeGlyphs, relative: false});
      expect(said).toContain(`正文 ${part.from}–${part.to}/90000`);
    }
  }
  expect(next).toBe(90_001);
});

test('what comes later is not told, and what a question asks for is nowhere', () => {
  const first = views.find(({parts}) => parts.some(({is, kind}) => is === 'head' && kind === 'response'));
  if (!first) throw new Error('no response');
  const then = viewOf(trace, first.id, trace.packet(first.id).sendEvent);
  const later = then.parts.flatMap((part) => (part.is === 'head' ? part.goesOnIn : []));
  expect(later).toEqual([]);
  const asked = viewOf(trace, first.id, trace.length, ['http.response.code']);
  expect(helpOf(asked)).not.toMatch(/200|OK/);
  const rows = rowTree(asked).filter(({layer}) => layer.protocol === 'http');
  const values = rows
    .flatMap((row) => [row, ...row.children])
    .map((row) => rowValue(row, asked, {language: 'en', glyphs: unicodeGlyphs, relative: false}));
  expect(values.join(' ')).not.toMatch(/200|OK/);
});
