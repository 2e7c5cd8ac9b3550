// Every field of QUIC and HTTP/3 that the bytes panel prints of recorded captures, as tshark prints it with the same secrets.
import {spawnSync} from 'node:child_process';
import {describe, expect, it} from 'vitest';
import {packetLayers} from '../../source/observe/packet-layers.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {some} from '../helpers/seeds.ts';
import {tsharkMissing} from '../wire/tshark.ts';
import {quicFile, quicFolder, quicNames, quicTrace} from './quic-captures.ts';

const missing = tsharkMissing();
if (missing) console.log(`fields of QUIC are not compared with tshark, because ${missing}`);

type Printed = ReadonlyMap<string, readonly string[]>;

const ours = (trace: Trace, packet: number): Printed => {
  const printed = new Map<string, string[]>();
  for (const {protocol, fields} of packetLayers(trace, packet).layers) {
    if (protocol !== 'quic' && protocol !== 'http3' && protocol !== 'tls') continue;
    // Certificates are held against tshark where they come over TCP.
    for (const {name, value} of fields)
      if (/^(quic|http3|tls\.(handshake|quic))\./.test(name))
        printed.set(name, [...(printed.get(name) ?? []), value]);
  }
  return printed;
};

const theirs = (name: string, fields: readonly string[]): ReadonlyMap<number, Printed> => {
  const columns = ['frame.number', ...fields].flatMap((field) => ['-e', field]);
  const keys = ['-o', `tls.keylog_file:${quicFolder}${name}.keys`];
  const {stdout, stderr} = spawnSync(
    'tshark',
    ['-n', '-r', quicFile(name), ...keys, '-T', 'fields', ...columns],
    {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    },
  );
  if (stdout === '') throw new Error(stderr);
  const rows = stdout.split('\n').filter((row) => row !== '');
  return new Map(
    rows.map((row) => {
      const [frame, ...values] = row.split('\t');
      const printed = fields.map((field, at): [string, readonly string[]] => [
        field,
        values[at] ? values[at].split(',') : [],
      ]);
      return [Number(frame), new Map(printed)];
    }),
  );
};

/** tshark prints no octets of these. */
const unlike = new Set(['quic.crypto.crypto_data', 'tls.handshake.verify_data']);

/** What came before tshark does not read again, nor a frame of HTTP/3 before it is whole. */
const isAlike = (field: string, values: readonly string[], said: readonly string[]): boolean => {
  if (field.startsWith('tls.') && said.length === 0) return true;
  const known = field.startsWith('http3.') ? values.slice(0, said.length) : values;
  return known.join() === said.filter((value) => value !== '<MISSING>').join();
};

describe.skipIf(missing !== undefined).each(some(quicNames, 3))('%s', (name) => {
  it('says what tshark says', () => {
    const trace = quicTrace(name);
    const all = Array.from({length: trace.packetCount}, (_, at) => ours(trace, at + 1));
    const fields = [...new Set(all.flatMap((each) => [...each.keys()]))].filter(
      (field) => !unlike.has(field),
    );
    expect(fields).toContain('quic.packet_number');
    const judged = theirs(name, fields);
    const wrong = all.flatMap((each, at) =>
      [...each].flatMap(([field, values]) => {
        const said = judged.get(at + 1)?.get(field) ?? [];
        return unlike.has(field) || isAlike(field, values, said)
          ? []
          : [{frame: at + 1, field, ours: values.join().slice(0, 80), theirs: said.join().slice(0, 80)}];
      }),
    );
    expect(wrong).toEqual([]);
  });
});
