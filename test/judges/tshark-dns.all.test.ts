// Oracle: tshark. Every field that is printed of DNS in the captures of today, SVCB, DNSSEC and EDNS among them, is what it prints of the
// same packet.
import {spawnSync} from 'node:child_process';
import {describe, expect, test} from 'vitest';
import {packetLayers} from '../../source/observe/packet-layers.ts';
import {todayCaptures, todayFolder, todayTrace} from '../helpers/captured-today.ts';
import {tsharkMissing} from '../wire/tshark.ts';

const missing = tsharkMissing();
if (missing) console.log(`tshark-dns: skipped, because ${missing}`);

/** No value has it. */
const between = '|';

/** By packet, of one field: all its values. */
type Values = ReadonlyMap<number, string>;

const ours = (name: string): ReadonlyMap<string, Values> => {
  const trace = todayTrace(name);
  const fields = new Map<string, Map<number, string>>();
  for (let packet = 1; packet <= trace.packetCount; packet++)
    for (const {protocol, fields: rows} of packetLayers(trace, packet).layers)
      for (const {name: field, value} of protocol === 'dns' ? rows : []) {
        const values = fields.get(field) ?? new Map<number, string>();
        fields.set(field, values);
        const before = values.get(packet);
        if (value !== '') values.set(packet, before === undefined ? value : `${before}${between}${value}`);
      }
  return fields;
};

/** One call for all: a start of it takes longer than the packets. */
const theirs = (name: string, fields: readonly string[]): readonly Values[] => {
  const asked = ['frame.number', ...fields].flatMap((field) => ['-e', field]);
  const form = ['-T', 'fields', '-E', `aggregator=${between}`, ...asked];
  const run = spawnSync('tshark', ['-n', '-r', todayFolder + name, ...form], {encoding: 'utf8'});
  expect(run.status, run.stderr).toBe(0);
  const rows = run.stdout.split('\n').map((row) => row.split('\t'));
  return fields.map(
    (_, at) =>
      new Map(rows.flatMap((row) => (row[at + 1] ? [[Number(row[0]), row[at + 1] ?? ''] as const] : []))),
  );
};

/** An option that is empty it calls missing. */
const told = (values: Values | undefined): readonly (readonly [number, string])[] =>
  [...(values ?? [])].filter(([, value]) => value !== '<MISSING>');

/** Over HTTPS no rows are made of it. */
const captures = ['23a', '23c', '23e', '23g', '23k', '23m', '28h', '28i'].flatMap(todayCaptures);

describe.skipIf(missing !== undefined)('records of DNS', () => {
  test.each(captures)('%s', (name) => {
    const printed = ours(name);
    const fields = [...printed.keys()];
    expect(fields).toContain('dns.flags.response');
    const said = theirs(name, fields);
    for (const [at, field] of fields.entries())
      expect([field, ...told(printed.get(field))], field).toEqual([field, ...told(said[at])]);
  });
});
