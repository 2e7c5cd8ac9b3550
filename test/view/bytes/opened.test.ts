// Rows below an encrypted record: what tells the reader that they are not what stands on the wire.
import {expect, test} from 'vitest';
import {fieldHelp} from '../../../source/view/bytes/field-help.ts';
import {rowTree} from '../../../source/view/bytes/inspector-rows.ts';
import {rowName, rowValue} from '../../../source/view/bytes/inspector-value.ts';
import {packetView} from '../../../source/view/bytes/inspector-view.ts';
import {unicodeGlyphs} from '../../../source/view/glyphs.ts';
import {openedTrace} from '../../observe/tls-captured.ts';

const trace = openedTrace('16e-tls13-full.pcapng');
const request = 12;

test.each([
  ['en', 'decrypted: GET /', /On the wire, these bytes are ciphertext/],
  ['zh', '解密后：GET /', /线路上的这些字节是密文/],
] as const)(
  '%s: the layer in brackets, its value and its help say that it was decrypted',
  (language, value, help) => {
    const view = packetView(trace, request, {language, cursor: trace.length, hides: []});
    const wording = {language, glyphs: unicodeGlyphs, relative: false};
    const [record, inside] = rowTree(view).slice(-2);
    if (!record || !inside) throw new Error('no record');
    expect([rowName(record, view, false), rowName(inside, view, false)]).toEqual(['TLS', '[HTTP]']);
    expect(rowValue(inside, view, wording)).toBe(value);
    const host = inside.children.find(({field}) => field?.name === 'http.request.method');
    if (!host) throw new Error('no method');
    const lines = (columns: number) => fieldHelp(host, view, {...wording, columns, roomy: true});
    expect(lines(200).join('')).toMatch(help);
    // The number of the ciphertext is not the field's.
    expect(lines(200).join('')).not.toContain('0x');
    const type = record.children[0];
    expect(type && fieldHelp(type, view, {...wording, columns: 200, roomy: true}).join('')).toContain('0x17');
  },
);
