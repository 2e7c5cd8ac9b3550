// Oracle: tshark, which opens the recorded TLS with the same key logs. What it finds inside, value by value, is what our
// inspector shows.
import {spawnSync} from 'node:child_process';
import {describe, expect, test} from 'vitest';
import {packetView} from '../../source/view/bytes/inspector-view.ts';
import type {Field} from '../../source/wire/layer.ts';
import {keyFileOf, openedTrace, tlsCaptures} from '../observe/tls-captured.ts';
import {captureFolder} from '../wire/captures.ts';
import {tsharkMissing} from '../wire/tshark.ts';

const missing = tsharkMissing();
if (missing) console.log(`tshark-tls: skipped, because ${missing}`);

/** Of no value in Wireshark or without a name that it can be asked for, or its rows about records and reassembly, which are not about what is inside. */
const others =
  /^tls\.(record\.|app_data|alert_message$|handshake$|handshake\.(verify_data|dname|random)|segment|change)|^http\.(request|response)(\.line)?$|^pkixalgs\./;

type Values = Readonly<Record<string, readonly string[]>>;

const rowsOf = (name: string): readonly Field[] => {
  const trace = openedTrace(name);
  return Array.from({length: trace.packetCount}, (_, at) =>
    packetView(trace, at + 1, {language: 'en', cursor: trace.length, hides: []}),
  )
    .flatMap(({layers}) => layers.filter(({protocol}) => protocol === 'tls' || protocol === 'http'))
    .flatMap(({fields}) => fields);
};

const captures = tlsCaptures.filter((name) => keyFileOf(name) !== undefined);

/** Its client's flight in clear goes over two segments, of which the inspector reads each alone. */
const goesOn = '16m-tls12-client-certificate.pcap';
const isRead = (name: string, row: string): boolean => name !== goesOn || row.startsWith('http.');

const byTshark = (name: string, names: readonly string[]): Values => {
  const keys = `${captureFolder}${name.replace(/\.pcap(ng)?$/, '.keys')}`;
  const options = [`tls.keylog_file:${keys}`, 'http.tls.port:443,8443', 'http.decompress_body:FALSE'];
  const run = spawnSync(
    'tshark',
    [
      ...['-n', '-r', captureFolder + name, '-T', 'fields', '-E', 'separator=/t', '-E', 'aggregator=|'],
      ...options.flatMap((option) => ['-o', option]),
      ...names.flatMap((field) => ['-e', field]),
    ],
    {encoding: 'utf8', maxBuffer: 1 << 28},
  );
  expect(run.stderr).not.toContain('valid');
  const rows = run.stdout
    .split('\n')
    .slice(0, -1)
    .map((row) => row.split('\t'));
  const values = names.map((field, at) => [
    field,
    rows.flatMap((row) => row[at]?.split('|') ?? []).filter(Boolean),
  ]);
  return Object.fromEntries(values);
};

describe.skipIf(missing !== undefined)('inside recorded TLS', () => {
  test.each(captures)('%s', (name) => {
    const rows = rowsOf(name);
    const names = [...new Set(rows.map((row) => row.name))].filter(
      (row) => !others.test(row) && isRead(name, row),
    );
    const theirs = byTshark(name, names);
    expect(names).toContain('http.request.uri');
    for (const each of names) {
      const ours = rows.filter((row) => row.name === each && row.value !== '').map(({value}) => value);
      expect([each, ours.join('|')]).toEqual([each, theirs[each]?.join('|')]);
    }
  });
});
