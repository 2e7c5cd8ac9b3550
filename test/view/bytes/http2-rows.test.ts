// Frames of HTTP/2 in the bytes panel, in clear and inside TLS. Oracle: tshark's tree of the same packets.
import {expect, test} from 'vitest';
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
