// How keys are made. Oracles: every secret, key and IV of RFC 8448 §3; what the machines of the lessons' runs computed; OpenSSL's AEAD,
// which opens a record under the key, the nonce and the additional data that are shown, and under no others.
import {createDecipheriv} from 'node:crypto';
import {expect, test} from 'vitest';
import {type DerivedKey, derivationOf} from '../../../source/account/derivation/derivation.ts';
import type {Derivation} from '../../../source/account/derivation/step.ts';
import {entriesOf} from '../../../source/account/entries.ts';
import type {KeyPlace} from '../../../source/account/key-places.ts';
import type {TlsTold} from '../../../source/sim/tls-host.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import type {TlsConnectionSeen, TlsEventSeen} from '../../../source/view/tls/connections.ts';
import {type KeyRow, keysOf} from '../../../source/view/tls/key-schedule.ts';
import {pairOf} from '../../../source/wire/connection-id.ts';
import {hexOf} from '../../../source/wire/octets.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {some} from '../../helpers/seeds.ts';
import {computed, record} from '../../stack/tls/rfc8448.ts';
import {client} from '../../stack/tls/rfc8448-client.ts';
import {tlsTrace} from '../../view/tls/runs.ts';

const connectionsIn = (trace: Trace): readonly TlsConnectionSeen[] => {
  type Growing = {roles: Map<string, 'client' | 'server'>; events: TlsEventSeen[]};
  const all = new Map<string, Growing>();
  for (const event of entriesOf(trace, 'tls')) {
    const {host, what, connection = ''} = event;
    const seen: Growing = all.get(pairOf(connection)) ?? {roles: new Map(), events: []};
    all.set(pairOf(connection), seen);
    seen.events.push(event);
    if (what.kind === 'message' && !seen.roles.has(host))
      seen.roles.set(host, (what.name === 'client_hello') === (what.op === 'sent') ? 'client' : 'server');
  }
  return [...all.values()];
};

const keyOf = ({place, update, key, iv, maker}: KeyRow): DerivedKey => ({
  ...{place, update, key, iv},
  host: maker,
});

const stepsOf = (connection: TlsConnectionSeen, row: KeyRow): readonly Derivation[] => {
  const {chosen} = keysOf(connection, 0);
  return chosen ? derivationOf(connection, chosen, keyOf(row)) : [];
};

const given = (steps: readonly Derivation[], gives: Derivation['gives']): string | undefined => {
  const output = steps.find((step) => step.gives === gives)?.output;
  return output && hexOf(output);
};

const traces = [
  ...['full', 'retry', 'early'].map((name) => [name, () => tlsTrace(name)] as const),
  ...allRuns()
    .filter(({lesson}) => lesson.track === 'https')
    .map((run) => [run.name, () => traceOf(run)] as const),
];

/** Those that a ticket gave, or chance: nothing derives them. */
const given12: readonly string[] = ['psk'];

test.each(some(traces, 8))('%s: every step gives what the machine of the end has', (_, trace) => {
  for (const connection of connectionsIn(trace())) {
    for (const row of keysOf(connection, 0).rows) {
      const steps = stepsOf(connection, row);
      const name = `${row.place} ${row.update}`;
      const value = given(steps, 'value');
      const early = row.place === 'client early' && value === undefined;
      const resumed = row.place === 'master secret' && value === undefined;
      if (row.value && !given12.includes(row.place) && !early && !resumed)
        expect(value, name).toBe(hexOf(row.value));
      if (row.key) expect(given(steps, 'key'), name).toBe(hexOf(row.key));
      if (row.iv) expect(given(steps, 'iv'), name).toBe(hexOf(row.iv));
    }
  }
});

const opened = (row: KeyRow, steps: readonly Derivation[], fragment: Uint8Array): Uint8Array => {
  const octets = (gives: Derivation['gives']): Uint8Array =>
    steps.find((step) => step.gives === gives)?.output ?? new Uint8Array();
  const cipher = createDecipheriv('aes-128-gcm', row.key ?? new Uint8Array(), octets('nonce'));
  cipher.setAAD(octets('additional'));
  cipher.setAuthTag(fragment.subarray(-16));
  return Buffer.concat([cipher.update(fragment.subarray(0, -16)), cipher.final()]);
};

test.each(['https-tls13 full', 'https-tls12 rsa', 'https-tls12 ecdhe'])(
  '%s: nonce and additional data open the newest record',
  (name) => {
    const run = allRuns().find((each) => each.name === name);
    const [connection] = run ? connectionsIn(traceOf(run)) : [];
    if (!connection) expect.fail(name);
    const modern = name.includes('tls13');
    const records = connection.events.flatMap(({what}) => (what.kind === 'record' ? [what] : []));
    const sealing = keysOf(connection, 0).rows.filter(({key}) => key);
    expect(sealing.length).toBe(modern ? 4 : 2);
    const newest = records.filter(({record: bytes}) =>
      sealing.some((row) => {
        const steps = stepsOf(connection, row);
        try {
          const inner = opened(row, steps, bytes.subarray(modern ? 5 : 13));
          return inner.length > 0;
        } catch {
          return false;
        }
      }),
    );
    // One under each key, and no more: the nonce is that of one record.
    expect(newest).toHaveLength(sealing.length);
  },
);

/** By the names of the vector file. */
const vectors: {readonly [place in KeyPlace]?: string} = {
  'early secret': 'early_secret',
  'handshake secret': 'handshake_secret',
  'client handshake': 'client_handshake_traffic_secret',
  'server handshake': 'server_handshake_traffic_secret',
  'main secret': 'master_secret',
  'client application': 'client_application_traffic_secret_0',
  'server application': 'server_application_traffic_secret_0',
  exporter: 'exporter_master_secret',
  'resumption secret': 'resumption_master_secret',
};

test('RFC 8448 §3: each secret comes out of the one before it and of the messages', () => {
  const end = client().happen({kind: 'open'});
  for (const name of ['ServerHello', 'serverFlight']) end.happen({kind: 'bytes', data: record(name)});
  const told = end.effects.flatMap((effect): readonly TlsTold[] =>
    effect.kind === 'note' ? [effect.note] : effect.kind === 'secret' ? [effect] : [],
  );
  const rest = {atUs: 0, host: 'client', kind: 'tls' as const, instant: 1, connection: 'a > b'};
  const events = told.map((what, index) => ({...rest, n: index + 1, what}));
  const connection: TlsConnectionSeen = {roles: new Map([['client', 'client']]), events};
  const {rows} = keysOf(connection, 1);
  for (const [place, vector] of Object.entries(vectors)) {
    const row = rows.find((each) => each.place === place);
    if (!row) expect.fail(place);
    expect(given(stepsOf(connection, row), 'value'), place).toBe(hexOf(computed(vector)));
  }
});
