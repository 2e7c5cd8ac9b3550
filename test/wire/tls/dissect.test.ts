// Oracle: tshark's packet tree (PDML) of recorded connections: name, place and value of every field that both have.
import {spawnSync} from 'node:child_process';
import {describe, expect, test} from 'vitest';
import {dissect} from '../../../source/wire/dissect.ts';
import type {Field} from '../../../source/wire/layer.ts';
import {captureFolder, readCapture} from '../captures.ts';
import {tsharkMissing} from '../tshark.ts';
import {tlsCaptures} from './captured.ts';

const missing = tsharkMissing();
if (missing) console.log(`tls: rows are not compared with tshark's tree, because ${missing}`);

type Row = {readonly name: string; readonly value: string; readonly start: number; readonly end: number};

/** FT_NONE in Wireshark, where our value is the octets; or rows that only reassembly or keys give. */
const otherValue =
  /^tls\.(handshake|handshake\.verify_data|handshake\.dname|change_cipher_spec|alert_message|segment\.data)$/;

const attribute = (line: string, name: string): string =>
  (new RegExp(` ${name}="([^"]*)"`).exec(line)?.[1] ?? '').replaceAll('&#x27;', "'").replaceAll('&amp;', '&');

/** Octets without colons, booleans and numbers as `-T fields` prints them. */
const printedValue = (line: string): string => {
  const shown = attribute(line, 'show');
  const boolean = {True: '1', False: '0'}[shown];
  return boolean ?? (/^([0-9a-f]{2}:)+[0-9a-f]{2}$/.test(shown) ? shown.replaceAll(':', '') : shown);
};

const treesOf = (file: string): readonly (readonly Row[])[] => {
  const {stdout} = spawnSync(
    'tshark',
    ['-n', '-r', file, '-T', 'pdml', '-o', 'tcp.desegment_tcp_streams:FALSE'],
    {encoding: 'utf8', maxBuffer: 1 << 28},
  );
  return stdout
    .split('<packet>')
    .slice(1)
    .map((packet) =>
      packet
        .split('\n')
        .filter((line) => / name="(tls|x509\w*|pkcs1|pkixalgs)\./.test(line))
        .map((line) => {
          const start = Number(attribute(line, 'pos'));
          return {
            // Wireshark knows from earlier segments that the version is 1.3.
            name: attribute(line, 'name').replace('tls.record.opaque_type', 'tls.record.content_type'),
            value: printedValue(line),
            start,
            end: start + Number(attribute(line, 'size')),
          };
        }),
    );
};

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
  const trees = treesOf(captureFolder + capture);
  const ours = ourRows(capture);
  const ourNames = new Set(ours.flat().map(({name}) => name));

  test('every row stands where tshark has it, with its value', () => {
    expect(ours.length).toBe(trees.length);
    for (const [index, rows] of ours.entries()) {
      // Of a record that is cut, tshark shows nothing without reassembly.
      if (rows.some(({name}) => name === 'tls.segment.data')) continue;
      const theirs = comparable(trees[index] ?? [], ourNames).map(text);
      expect(rows.map(text).sort(), `frame ${index + 1}`).toEqual([...theirs].sort());
    }
  });
});
