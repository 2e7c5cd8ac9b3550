// The keys panel. Oracles: every value of RFC 8448 §3; the key log of the run; when each message lands.

import {expect, test} from 'vitest';
import type {KeyPlace} from '../../../source/account/key-places.ts';
import {keyLogOf} from '../../../source/sim/key-log.ts';
import type {TlsTold} from '../../../source/sim/tls-host.ts';
import {Canvas} from '../../../source/view/canvas.ts';
import {unicodeGlyphs} from '../../../source/view/glyphs.ts';
import {keysPanel} from '../../../source/view/panels/keys.ts';
import {tlsAtHand} from '../../../source/view/tls/connections.ts';
import {keyScene, keysOf} from '../../../source/view/tls/key-schedule.ts';
import {hexOf} from '../../../source/wire/octets.ts';
import {computed, record} from '../../stack/tls/rfc8448.ts';
import {client} from '../../stack/tls/rfc8448-client.ts';
import {paneOn} from '../pane.ts';
import {canvasOf, playingAt, textOf} from '../player.ts';
import {lookAt, tlsRun, tlsTrace} from './runs.ts';

/** By the names of the vector file. */
const vectors: {readonly [place in KeyPlace]?: string} = {
  'early secret': 'early_secret',
  'shared secret': 'shared_secret',
  'handshake secret': 'handshake_secret',
  'client handshake': 'client_handshake_traffic_secret',
  'server handshake': 'server_handshake_traffic_secret',
  'main secret': 'master_secret',
  'client application': 'client_application_traffic_secret_0',
  'server application': 'server_application_traffic_secret_0',
  exporter: 'exporter_master_secret',
  'resumption secret': 'resumption_master_secret',
};

test('every value is that of RFC 8448 §3, in the order of its schedule', () => {
  const end = client().happen({kind: 'open'});
  for (const name of ['ServerHello', 'serverFlight']) end.happen({kind: 'bytes', data: record(name)});
  const told = end.effects.flatMap((effect): readonly TlsTold[] =>
    effect.kind === 'note' ? [effect.note] : effect.kind === 'secret' ? [effect] : [],
  );
  const events = told.map((what, index) => ({
    n: index + 1,
    atUs: 0,
    host: 'client',
    kind: 'tls' as const,
    instant: 1,
    connection: 'a > b',
    what,
  }));
  const {chosen, rows} = keysOf({roles: new Map([['client', 'client']]), events}, 1);
  expect(chosen).toEqual({version: 0x0304, suite: 0x1301, group: 29});
  expect(rows.map(({place, value}) => [place, value && hexOf(value)])).toEqual(
    Object.entries(vectors).map(([place, name]) => [place, hexOf(computed(name))]),
  );
  const sealing = rows.filter(({key}) => key);
  expect(sealing.map(({place, number}) => `${number} ${place}`)).toEqual([
    '1 client handshake',
    '2 server handshake',
    '3 client application',
    '4 server application',
  ]);
  for (const {place, key, iv} of sealing) {
    const [who, what] = place.split(' ');
    const name = `${who}_${what}`;
    const told = [`${name}_key`, `${name}_iv`].map((each) => hexOf(computed(each)));
    expect(
      [key, iv].map((each) => each && hexOf(each)),
      place,
    ).toEqual(told);
  }
});

const run = tlsRun('full');

/** `client handshake: server, client` with what the look knows. */
const knownAt = (us: number): readonly string[] =>
  (keyScene(lookAt(run, us))?.rows ?? []).map(
    ({place, knownBy}) => `${place}: ${knownBy.map(({host}) => host).join(', ')}`,
  );

/** One way takes 50 ms: ClientHello lands at 150 ms, the server's flight at 200 ms, the client's Finished at 250 ms. */
test('nothing is shown before an end can compute it', () => {
  expect(tlsAtHand(lookAt(run, 99_000))).toBeUndefined();
  expect(knownAt(120_000)).toEqual([]);
  expect(knownAt(160_000)).toEqual([
    'early secret: server',
    'shared secret: server',
    'handshake secret: server',
    'client handshake: server',
    'server handshake: server',
    'main secret: server',
    'client application: server',
    'server application: server',
    'exporter: server',
  ]);
  expect(knownAt(210_000)).toContain('exporter: server, client');
  expect(knownAt(210_000)).toContain('resumption secret: client');
  expect(knownAt(260_000)).toContain('resumption secret: client, server');
});

/** The server's flight is under way, most of it sealed: of an end without a key it is not said that all could be read. */
test('an end that has no key yet is told so, and no more', () => {
  const seenBy = (host: string): unknown => keyScene(lookAt(run, 160_000, {eyes: {host}}))?.empty;
  expect([seenBy('client'), seenBy('server')]).toEqual(['noOwnKey', undefined]);
});

test.each(['full', 'early', 'retry'])('%s: what is shown at the end is what the key log says', (name) => {
  const trace = tlsTrace(name);
  const lines = keyLogOf(trace).trim().split('\n');
  const opened = tlsRun(name);
  const rows = keyScene(lookAt(opened, trace.durationUs))?.rows ?? [];
  const shown = rows.filter(({place}) => / (early|handshake|application)$|^exporter/.test(place));
  const logged = new Set(lines.map((line) => line.split(' ')[2]));
  expect(shown.length).toBe(name === 'early' ? 6 : 5);
  for (const {place, value} of shown) expect(logged.has(value && hexOf(value)), place).toBe(true);
  const made = rows.map(({place, made}) => `${place} ${made?.name} ${made?.sender}`);
  expect(made).toContain('handshake secret ServerHello server');
  expect(made).toContain('main secret Finished server');
  expect(made).toContain('resumption secret Finished client');
});

test('a resumed connection begins with its PSK, and early data have a key of their own', () => {
  const opened = tlsRun('early');
  const rows = keyScene(lookAt(opened, tlsTrace('early').durationUs))?.rows ?? [];
  expect(rows.slice(0, 3).map(({place, number}) => [place, number])).toEqual([
    ['psk', undefined],
    ['early secret', undefined],
    ['client early', 0],
  ]);
  expect(rows[2]?.made).toEqual({name: 'ClientHello', sender: 'client'});
});

const panelText = (columns: number, rows: number, language: 'en' | 'zh', us = 210_000): readonly string[] => {
  const playback = playingAt(run, us, {language, focus: 'keys', opened: ['keys']});
  return textOf(canvasOf(run, playback, {columns, rows, glyphs: unicodeGlyphs}));
};

test.each(['en', 'zh'] as const)('%s: values are cut after whole octets and never wrap', (language) => {
  for (const [columns, rows] of [
    [80, 24],
    [120, 40],
    [200, 60],
  ] as const) {
    const values = panelText(columns, rows, language).flatMap(
      (line) => / ([0-9a-f]{8,})(…?)/.exec(line) ?? [],
    );
    expect(values.length).toBeGreaterThan(8);
    const digits = values.filter((_, index) => index % 3 === 1);
    expect(digits.filter(({length}) => length % 2 !== 0)).toEqual([]);
  }
});

test('at its narrowest the suite of TLS 1.3 is told whole, and no name of a secret is cut', () => {
  const {columns} = keysPanel.least;
  for (const language of ['en', 'zh'] as const) {
    const canvas = new Canvas(columns, 24);
    keysPanel.put(paneOn(canvas, {language}), lookAt(run, 210_000, {language}), keysPanel.start);
    const [heading, ...lines] = textOf(canvas);
    expect(heading).toMatch(/^(?:keys|密钥) {2}TLS_AES_128_GCM_SHA256$/);
    expect(lines.filter((line) => /[\da-f]{4}…/.test(line)).length).toBeGreaterThan(12);
    // A value is cut after whole octets; nothing else is cut.
    expect(lines.filter((line) => /…/.test(line.replace(/ {2}([\da-f]{2})+…/, '')))).toEqual([]);
    expect(lines.join('\n')).toContain(
      language === 'en' ? '▾ main (master) secret  ' : '▾ 主秘密（main/master）  ',
    );
  }
});

test('keys and IVs are there where there is room, and are spoken as what they belong to', () => {
  const told = panelText(120, 40, 'en').join('\n');
  expect(told).toMatch(/▒1 client handshake {2,}[0-9a-f]{36}… {2}ServerHello/);
  expect(told).toMatch(/key {2,}[0-9a-f]{32}\n.*IV {2,}[0-9a-f]{24}\n/);
  const spoken = keysPanel.spoken?.(lookAt(run, 210_000), keysPanel.start) ?? [];
  expect(spoken[0]).toMatch(/^Keys of TLS 1\.3/);
  expect(spoken.join('\n')).toMatch(
    /Key 1, client handshake begins with [0-9a-f]{8}, computed after ServerHello, known to server at 150 milliseconds and client at 200 milliseconds/,
  );
});

/** RFC 5246 §8.1 and §6.3: the master secret of the premaster secret, the keys of the master secret. */
test('TLS 1.2: premaster secret, master secret, a key in each direction', () => {
  const opened = tlsRun('rsa12');
  const rows = keyScene(lookAt(opened, tlsTrace('rsa12').durationUs))?.rows ?? [];
  expect(rows.map(({place, number, value, key}) => [place, number, value?.length, key?.length])).toEqual([
    ['premaster secret', undefined, 48, undefined],
    ['master secret', undefined, 48, undefined],
    ['client application', 1, undefined, 16],
    ['server application', 2, undefined, 16],
  ]);
  const master = rows[1]?.value;
  expect(keyLogOf(tlsTrace('rsa12'))).toContain(`CLIENT_RANDOM`);
  expect(keyLogOf(tlsTrace('rsa12'))).toContain(master && hexOf(master));
  for (const {made} of rows) expect(made).toEqual({name: 'ClientKeyExchange', sender: 'client'});
});

test('enter opens how the marked key is made, with the values of this run; ↑ leads to the key before', () => {
  const view = lookAt(run, 310_000, {focus: 'keys'});
  const own = {back: 0};
  const rows = keyScene(view)?.rows ?? [];
  const up = keysPanel.command(view, own, 'up')?.own;
  expect(up).toEqual({back: 1});
  const opened = keysPanel.command(view, up, 'derive')?.own;
  const spoken = (keysPanel.spoken?.(view, opened) ?? []).join('\n');
  const marked = rows.at(-2);
  expect(marked?.place).toBe('exporter');
  expect(spoken).toContain('tls13 exp master');
  expect(spoken).toContain(hexOf(marked?.value ?? new Uint8Array()));
  expect(spoken).toMatch(/server since 150 ms, event \d+: derived it/);
  expect(keysPanel.command(view, opened, 'derive')?.own).toEqual({back: 1, down: undefined});
});
