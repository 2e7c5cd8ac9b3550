// DNS in the bytes panel: records fold into one line each; what a question asks for is told nowhere else. Oracle: the side file.

import {expect, test} from 'vitest';
import {everywhere} from '../../../source/lesson/everywhere.ts';
import {type InspectorRow, mainLayer, rowTree} from '../../../source/view/bytes/inspector-rows.ts';
import {rowValue} from '../../../source/view/bytes/inspector-value.ts';
import {type PacketView, packetView} from '../../../source/view/bytes/inspector-view.ts';
import {unicodeGlyphs} from '../../../source/view/glyphs.ts';
import {labelOf} from '../../../source/view/ladder/label.ts';
import {capturedTrace} from '../../helpers/captured.ts';
import {prediction} from '../beats.ts';

const trace = capturedTrace('13g-dns-authoritative-direct.pcap');
/** MX of example.com, from the server in charge. */
const response = 4;

const viewOf = (hides: readonly string[] = []): PacketView =>
  packetView(trace, response, {language: 'en', cursor: trace.length, hides});

const wording = {language: 'en', glyphs: unicodeGlyphs, relative: false} as const;

const rowsOf = (view: PacketView): readonly InspectorRow[] => {
  const main = mainLayer(rowTree(view));
  return main ? [main, ...main.children] : [];
};

const valuesOf = (view: PacketView): readonly string[] =>
  rowsOf(view).map((row) => rowValue(row, view, wording));

const all = (rows: readonly InspectorRow[]): readonly InspectorRow[] =>
  rows.flatMap((row) => [row, ...all(row.children)]);

test('the message is open, each record one line', () => {
  const values = valuesOf(viewOf());
  expect(values[0]).toBe('response 0x9a57 NOERROR example.com MX');
  expect(values[2]).toBe('0x8400  QR AA');
  expect(values.slice(-6)).toEqual([
    'example.com MX',
    'example.com MX 20 mail2.example.com',
    'example.com MX 10 mail.example.com',
    'mail.example.com A 10.77.57.25',
    'mail2.example.com A 10.77.57.26',
    '<Root> OPT',
  ]);
});

test('every field stands in the tree once', () => {
  const view = viewOf();
  const fields = view.layers.find(({protocol}) => protocol === 'dns')?.fields ?? [];
  const shown = all(rowsOf(view).slice(1)).map(({field}) => field);
  expect(new Set(shown)).toEqual(new Set(fields));
  expect(shown).toHaveLength(fields.length);
});

test('an address that is asked for stands in no other row, in no byte and not on the ladder', () => {
  const view = viewOf(['dns.a']);
  const everything = all(rowTree(view)).map((row) => rowValue(row, view, wording));
  expect(everything.join('\n')).not.toContain('10.77.57.25');
  expect(view.hidden.has('udp.payload')).toBe(true);
  expect(view.summary).toBe('?');
  const hidden = (...fields: readonly string[]) => {
    const question = prediction(1, 1, {ask: everywhere({en: '', zh: ''}), hides: {packet: response, fields}});
    const questions = fields.length > 0 ? [question] : [];
    return labelOf(trace, trace.packet(response), {relative: false, questions}).map((part) => part.hidden);
  };
  expect(hidden('dns.a')).toEqual([true, false]);
  expect(hidden('dns.flags.authoritative')).toEqual([false, true]);
  expect(hidden('dns.id')).toEqual([false, false]);
  expect(hidden()).toEqual([false, false]);
});
