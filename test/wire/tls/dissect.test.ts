// Oracle: tshark's packet tree (PDML) of recorded connections: name, place and value of every field that both have.
import {describe, expect, test} from 'vitest';
import {dissect} from '../../../source/wire/dissect.ts';
import type {Field} from '../../../source/wire/layer.ts';
import {captureFolder, readCapture} from '../captures.ts';
import {tsharkMissing} from '../tshark.ts';
import {type Row, treesOf} from '../tshark-tree.ts';
import {tlsCaptures} from './captured.ts';

const missing = tsharkMissing();
if (missing) console.log(`tls: rows are not compared with tshark's tree, because ${missing}`);

/** FT_NONE in Wireshark, where our value is the octets; or rows that only reassembly or keys give. */
const otherValue =
  /^tls\.(handshake|handshake\.verify_data|handshake\.dname|change_cipher_spec|alert_message|segment\.data)$/;

const ourRows = (name: string): readonly (readonly Field[])[] =>
  readCapture(name).records.map(({bytes, linkType, originalLength}) =>
    dissect(bytes, linkType, originalLength)
      .layers.filter(({protocol}) => protocol === 'tls')
      .flatMap(({fields}) => fields),
  );

/** Wireshark has `tls.handshake` over every message, we over what is protected. */
const comparable = (rows: readonly Row[], names: ReadonlySet<string>): readonly Row[] => {
  const clear = new Set(rows.filter(({name}) => name === 'tls.handshake.type').map(({start}) => start));
  return rows.filter(({name, start}) => names.has(name) && (name !== 'tls.handshake' || !clear.has(start)));
};

/** Wireshark's row of a distinguished name begins behind the outermost identifier and length. */
const text = ({name, value, start, end}: Row): string =>
  name === 'tls.handshake.dname'
    ? `${name} …${end}`
    : `${name} ${start}…${end} ${otherValue.test(name) ? '' : value}`;

describe.skipIf(missing !== undefined).each(tlsCaptures)('%s', (capture) => {
  // In the test: the body of a suite is run even where its tests are skipped.
  test('every row stands where tshark has it, with its value', () => {
    const trees = treesOf(captureFolder + capture);
    const ours = ourRows(capture);
    const ourNames = new Set(ours.flat().map(({name}) => name));
    expect(ours.length).toBe(trees.length);
    for (const [index, rows] of ours.entries()) {
      // Of a record that is cut, tshark shows nothing without reassembly.
      if (rows.some(({name}) => name === 'tls.segment.data')) continue;
      const theirs = comparable(trees[index] ?? [], ourNames).map(text);
      expect(rows.map(text).sort(), `frame ${index + 1}`).toEqual([...theirs].sort());
    }
  });
});
