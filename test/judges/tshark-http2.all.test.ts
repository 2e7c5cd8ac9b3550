// Oracle: tshark, which opens the recorded TLS with the same key logs. What it says of frames of HTTP/2, value by value and packet
// by packet, is what our inspector shows.
import {spawnSync} from 'node:child_process';
import {describe, expect, test} from 'vitest';
import {packetLayers} from '../../source/observe/packet-layers.ts';
import type {Field} from '../../source/wire/layer.ts';
import {keyLogOf, todayCaptures, todayFolder, todayTrace} from '../helpers/captured-today.ts';
import {tsharkMissing} from '../wire/tshark.ts';

const missing = tsharkMissing();
if (missing) console.log(`tshark-http2: skipped, because ${missing}`);

/** No value has it. */
const between = '|';

/** By packet, of one field: all its values. */
type Values = ReadonlyMap<number, string>;

const byTshark = (name: string, fields: readonly string[]): readonly Values[] => {
  const keyLog = keyLogOf(todayFolder + name);
  const form = ['-T', 'fields', '-E', 'separator=/t', '-E', `aggregator=${between}`, '-E', 'occurrence=a'];
  const asked = ['frame.number', ...fields].flatMap((field) => ['-e', field]);
  const options = keyLog === undefined ? [] : ['-o', `tls.keylog_file:${keyLog}`];
  const run = spawnSync('tshark', ['-n', '-r', todayFolder + name, ...form, ...options, ...asked], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  expect(run.status, run.stderr).toBe(0);
  const rows = run.stdout
    .split('\n')
    .slice(0, -1)
    .map((row) => row.split('\t'));
  // What it reads in an HTTP2-Settings field of HTTP/1.1 is none of this.
  const framed = rows.filter((row) => row[1 + fields.indexOf('http2.streamid')]);
  return fields.map(
    (_, at) =>
      new Map(framed.flatMap((row) => (row[at + 1] ? [[Number(row[0]), row[at + 1] ?? ''] as const] : []))),
  );
};

const rowsOf = (name: string): readonly (readonly [packet: number, field: Field])[] => {
  const trace = todayTrace(name);
  return Array.from({length: trace.packetCount}, (_, at) => at + 1).flatMap((packet) =>
    packetLayers(trace, packet)
      .layers.filter(({protocol}) => protocol === 'http2')
      // Where a frame only begins, tshark says nothing.
      .filter(({fields}) => fields.some(({name: field}) => field === 'http2.magic') || !isBegun(fields))
      .flatMap(({fields}) => fields.map((field) => [packet, field] as const)),
  );
};

const isBegun = (fields: readonly Field[]): boolean => {
  const length = Number(fields.find(({name}) => name === 'http2.length')?.value);
  return length > 0 && fields.at(-1)?.name === 'http2.streamid';
};

/** Where a body ends, it prints the whole of it once more under the name of its last piece. */
const others = /^http2\.data\.data$/;

const captures = todayCaptures('21');

describe.skipIf(missing !== undefined)('frames of HTTP/2', () => {
  test.each(captures)('%s', (name) => {
    const rows = rowsOf(name);
    const fields = [...new Set(rows.map(([, {name: field}]) => field))].filter(
      (field) => !others.test(field),
    );
    expect(fields).toContain('http2.header.value');
    const theirs = byTshark(name, fields);
    for (const [at, field] of fields.entries()) {
      const ours = new Map<number, string>();
      for (const [packet, {name: own, value}] of rows) {
        if (own !== field || value === '') continue;
        const before = ours.get(packet);
        ours.set(packet, before === undefined ? value : `${before}${between}${value}`);
      }
      expect([field, ...ours], field).toEqual([field, ...(theirs[at] ?? [])]);
    }
  });
});
