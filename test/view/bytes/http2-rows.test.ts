// Frames of HTTP/2 in the bytes panel, in clear and inside TLS. Oracle: tshark's tree of the same packets.
import {expect, test} from 'vitest';
import {fieldHelp} from '../../../source/view/bytes/field-help.ts';
import {type InspectorRow, rowTree} from '../../../source/view/bytes/inspector-rows.ts';
import {rowName, rowValue} from '../../../source/view/bytes/inspector-value.ts';
import {packetView} from '../../../source/view/bytes/inspector-view.ts';
import {unicodeGlyphs} from '../../../source/view/glyphs.ts';
import {fieldTexts} from '../../../source/words/catalogue/fields.ts';
import {todayCaptures, todayTrace} from '../../helpers/captured-today.ts';

const linesOf = (name: string, packet: number, language: 'en' | 'zh' = 'en'): readonly string[] => {
  const trace = todayTrace(name);
  const view = packetView(trace, packet, {language, cursor: trace.length, hides: []});
  const line = (row: InspectorRow, depth: number): readonly string[] => [
    `${'  '.repeat(depth)}${rowName(row, view, false)}  ${rowValue(row, view, {language, glyphs: unicodeGlyphs, relative: false})}`,
    ...row.children.flatMap((each) => line(each, depth + 1)),
  ];
  return rowTree(view)
    .filter(({layer}) => layer.protocol === 'http2')
    .flatMap((row) => line(row, 0));
};

test('a request: one row for each field, how it is written below it', () => {
  const [top, ...rows] = linesOf('21g-h2-hpack.pcap', 17);
  expect(top).toBe('HTTP/2  HEADERS stream 3: GET /size/61');
  expect(rows).toContain('  http2.flags  0x05  EH END_STREAM');
  expect(rows.filter((row) => row.startsWith('  http2.header.name'))).toEqual([
    '  http2.header.name  :method: GET',
    '  http2.header.name  :scheme: http',
    '  http2.header.name  :path: /size/61',
    '  http2.header.name  :authority: t.example',
    '  http2.header.name  user-agent: tutor/1.0 (HPACK)',
    '  http2.header.name  accept-language: en-GB,en;q=0.7',
    '  http2.header.name  cookie: theme=dark; sid=a17',
  ]);
  const path = rows.indexOf('  http2.header.name  :path: /size/61');
  expect(rows.slice(path + 1, path + 4)).toEqual([
    '    http2.header.value  /size/61',
    '    http2.header.repr  Literal Header Field with Incremental Indexing - Indexed Name',
    '    http2.header.index  4',
  ]);
});

test.each([
  ['21a-h2-one-stream.pcap', 12, ['[HTTP/2]  解密后：HEADERS 流 1: GET /']],
  ['21c-h2-priorities-window-updates.pcap', 10, ['HTTP/2  SETTINGS ACK']],
] as const)('%s, packet %i, in Chinese', (name, packet, tops) => {
  expect(linesOf(name, packet, 'zh').filter((line) => !line.startsWith(' '))).toEqual(tops);
});

test('each row is explained', () => {
  const names = new Set(
    todayCaptures('21').flatMap((name) => {
      const trace = todayTrace(name);
      return Array.from(
        {length: trace.packetCount},
        (_, at) => packetView(trace, at + 1, {language: 'en', cursor: trace.length, hides: []}).layers,
      )
        .flat()
        .filter(({protocol}) => protocol === 'http2')
        .flatMap(({fields}) => fields.map((field) => field.name));
    }),
  );
  expect(names.size).toBeGreaterThan(25);
  expect([...names].filter((name) => !(name in fieldTexts))).toEqual([]);
});

const leaves = (rows: readonly InspectorRow[]): InspectorRow[] =>
  rows.flatMap((row) => [row, ...leaves(row.children)]);

test('a flag is one bit of its octet, and no more (RFC 9113 §4.1)', () => {
  const trace = todayTrace('28f-h2-push.pcap');
  const helps = new Map<string, string>();
  for (let packet = 1; packet <= trace.packetCount; packet++) {
    const view = packetView(trace, packet, {language: 'en', cursor: trace.length, hides: []});
    const wording = {
      language: 'en',
      glyphs: unicodeGlyphs,
      relative: false,
      columns: 74,
      roomy: false,
    } as const;
    for (const row of leaves(rowTree(view)))
      if (row.field?.name.startsWith('http2.'))
        helps.set(`${row.field.name} ${row.field.value}`, fieldHelp(row, view, wording).join(' '));
  }
  expect(helps.get('http2.flags.end_stream 1')).toContain(' 1 bit: 1. ');
  expect(helps.get('http2.flags.end_stream 0')).toContain(' 1 bit: 0. ');
  expect(helps.get('http2.flags 0x04')).toContain(' 8 bits: 0x04. ');
  expect(helps.get('http2.streamid 1')).toContain(' 31 bits: 0b0000');
});
