// tshark as judge of what the path makes itself: translated packets, quoted packets, resets in another's name, forged SYNs. Every
// checksum is right, what is quoted is the sender's own packet, and both sides of a NAT are one conversation each.
import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {captureFile} from '../../source/io/export/capture-file.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {load, traceOf} from '../lesson/fragments.ts';
import {tsharkMissing} from '../wire/tshark.ts';

const missing = tsharkMissing();
if (missing) console.log(`tshark-path judge skipped: ${missing}`);
const judged = missing ? describe.skip : describe;

const topology = `topology:
  hosts:
    client: {ip: 192.0.2.10, iss: 1000}
    r1: {router: true, unreachable: true, ip: {near: 192.0.2.1, far: 198.51.100.1}}
    server: {ip: 198.51.100.20, iss: 9000}
  links:
    - {name: near, between: [client, r1], delay: 25ms}
    - {name: far, between: [r1, server], delay: 25ms}
`;

const checked = ['ip', 'tcp', 'udp'].flatMap((name) => ['-o', `${name}.check_checksum:TRUE`]);

/** One row for each frame that the host saw: the values of the fields, `a,b` where a field occurs twice. */
const fieldsAt = (trace: Trace, host: string, fields: readonly string[]): readonly (readonly string[])[] => {
  const folder = mkdtempSync(join(tmpdir(), 'tshark-path-'));
  const file = join(folder, 'capture.pcapng');
  try {
    const wanted = {trace, format: 'pcapng', at: host, language: 'en', application: 'test'} as const;
    writeFileSync(file, Buffer.concat([...(captureFile(wanted) ?? [])]));
    const asked = fields.flatMap((field) => ['-e', field]);
    const text = execFileSync('tshark', ['-n', ...checked, '-r', file, '-T', 'fields', ...asked], {
      encoding: 'utf8',
    });
    return text
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'));
  } finally {
    rmSync(folder, {recursive: true});
  }
};

const statuses = ['ip.checksum.status', 'tcp.checksum.status', 'icmp.checksum.status'];
/** Good; of a quoted segment there is too little to say. */
const good = /^(1|1,1|2|1,2|)$/;

const run = (script: string, actors: string): Trace =>
  traceOf(
    load({
      topology,
      script,
      runs: `actors: [${actors}]\nlimit: 10m\n`,
      beats: 'beats: [{when: {sends: any, nth: 1}, say: {en: hello, zh: 你好}}]\n',
    }),
  );

const dial = (port: number, more = ''): string => `script:
  - {at: 0ms, host: server, call: listen, port: 80}
  - {at: 0ms, host: client, call: connect, to: 'server:${port}', from: 40000, as: c}
${more}`;

judged('tshark at the router', () => {
  test.each([
    [
      'NAT that forgets',
      dial(80, '  - {at: 400s, host: client, call: send, bytes: 10}\n'),
      '{nat: r1, idle: 5m}',
      // Inside one conversation; outside the old one and the stranger's.
      ['192.0.2.10:40000', '198.51.100.1:40000', '198.51.100.1:61000'],
    ],
    [
      'NAT, error from outside',
      dial(83),
      '{nat: r1, idle: 5m}, {firewall: server, rules: [{reject: {port: 83, icmp: port}}]}',
      ['192.0.2.10:40000', '198.51.100.1:40000'],
    ],
    [
      'reset by another',
      dial(82),
      '{firewall: r1, rules: [{reject: {port: 82, tcp: reset}}]}',
      ['192.0.2.10:40000'],
    ],
    [
      'forged SYNs and “network unreachable”',
      `script:
  - {at: 0ms, host: server, call: listen, port: 80}
  - {at: 0ms, host: client, call: spoofSyn, to: 'server:80', source: 203.0.113.1-203.0.113.2, from: 5000, repeat: {times: 2, every: 1ms}}
`,
      '{firewall: r1, rules: [{pass: {}}]}',
      ['203.0.113.1:5000', '203.0.113.2:5000'],
    ],
  ])('%s', (_, script, actors, callers) => {
    const trace = run(script, actors);
    const rows = fieldsAt(trace, 'r1', [...statuses, '_ws.malformed']);
    expect(rows.length).toBeGreaterThanOrEqual(2);
    for (const row of rows) {
      for (const status of row.slice(0, 3)) expect(status).toMatch(good);
      expect(row[3] ?? '').toBe('');
    }
    const seen = fieldsAt(trace, 'r1', ['ip.src', 'tcp.srcport', 'icmp.type']).flatMap(([src, port, icmp]) =>
      icmp === '' || icmp === undefined ? [`${src}:${port}`] : [],
    );
    expect([...new Set(seen)].filter((socket) => !socket.startsWith('198.51.100.20:'))).toEqual(callers);
  });

  test('what an error quotes is the packet as its receiver knows it', () => {
    const trace = run(
      dial(83),
      '{nat: r1, idle: 5m}, {firewall: server, rules: [{reject: {port: 83, icmp: port}}]}',
    );
    const quoted = (host: string) =>
      fieldsAt(trace, host, ['icmp.type', 'icmp.code', 'ip.src', 'ip.dst', 'tcp.srcport'])
        .filter(([type]) => type === '3')
        .map((row) => row.slice(2));
    expect(quoted('client')).toEqual([['198.51.100.20,192.0.2.10', '192.0.2.10,198.51.100.20', '40000']]);
    expect(quoted('server')).toEqual([['198.51.100.20,198.51.100.1', '198.51.100.1,198.51.100.20', '40000']]);
  });
});
