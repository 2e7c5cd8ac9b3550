// The cache and the tree of names. Oracles: by hand for what is in them, RFC 2181 §8 for the time that is left.

import {expect, test} from 'vitest';
import {partnerOf} from '../../../source/account/dns/transaction.ts';
import {everywhere} from '../../../source/lesson/everywhere.ts';
import {Canvas} from '../../../source/view/canvas.ts';
import {cacheScenes} from '../../../source/view/dns/cache.ts';
import {treeLines} from '../../../source/view/dns/tree.ts';
import {asciiGlyphs, unicodeGlyphs} from '../../../source/view/glyphs.ts';
import {cachePanel} from '../../../source/view/panels/cache.ts';
import {treePanel} from '../../../source/view/panels/tree.ts';
import {type View, viewOf} from '../../../source/view/view.ts';
import {RecordType} from '../../../source/wire/dns/registry.ts';
import {textWidth} from '../../../source/words/width.ts';
import {ask, dnsScenario} from '../../helpers/dns-network.ts';
import {run} from '../../helpers/traces.ts';
import {prediction} from '../beats.ts';
import {paneOn} from '../pane.ts';
import {open, playingAt, textOf} from '../player.ts';
import {sizesTried} from '../sizes.ts';

const y = {call: 'resolve', name: 'y.abc.com', type: RecordType.A} as const;
const opened = open({
  trace: run(
    dnsScenario([ask(0, y), ask(100_000, {call: 'resolve', name: 'nope.abc.com', type: RecordType.A})]),
  ),
});

const viewAt = (ms: number, language: 'en' | 'zh' = 'en'): View =>
  viewOf({...opened, playback: {...playingAt(opened, ms * 1000), language}, message: undefined});

const linesAt = (ms: number, host: string): string[] =>
  (cacheScenes(viewAt(ms)).find((scene) => scene.host === host)?.lines ?? []).map(
    ({name, type, data, learned}) => [name, type, data, learned].filter((cell) => cell !== '').join(' | '),
  );

test('the cache at 95 ms: who serves com and abc.com, and the question that waits', () => {
  expect(linesAt(95, 'local')).toEqual([
    'com | NS | dns.com | 3 root, AUTHORITY',
    'dns.com | A | 198.51.100.2 | 3 root, glue',
    'abc.com | NS | dns.abc.com | 5 tld, AUTHORITY',
    'dns.abc.com | A | 203.0.113.53 | 5 tld, glue',
    'y.abc.com | A | ? | asked in packet 6',
  ]);
});

test('the time that is left is the TTL less the whole seconds that it has been kept (curriculum, lesson 21)', () => {
  const left = (ms: number): string | undefined =>
    cacheScenes(viewAt(ms))
      .find(({host}) => host === 'local')
      ?.lines.find(({name}) => name === 'y.abc.com')?.ttl;
  expect(left(126)).toBe('300');
  // It came at 125 ms with 300 s: at 100 s it has been kept for 99 whole seconds.
  expect(left(100_000)).toBe('201');
});

test('a name that does not exist is kept too, as NXDOMAIN', () => {
  expect(linesAt(100_049, 'local').filter((line) => line.startsWith('nope'))).toEqual([
    'nope.abc.com | * | NXDOMAIN | 11 auth, AUTHORITY',
  ]);
});

test('the tree has the root, com, abc and y under each other, with the packets of each step', () => {
  expect(
    treeLines(viewAt(95)).map(({open, label, data, packets}) =>
      [open.length, label, data, packets.join(' ')].join(' | '),
    ),
  ).toEqual([
    '0 | . root |  | 2 3',
    '1 | com | NS dns.com | 4 5',
    '2 | abc | NS dns.abc.com | 6',
    '3 | y |  | 1',
    '3 | dns | A 203.0.113.53 | ',
    '2 | dns | A 198.51.100.2 | ',
  ]);
});

test('at 40 sizes, in both languages, nothing is wider than its region', () => {
  for (const {columns, rows} of sizesTried())
    for (const language of ['en', 'zh'] as const)
      for (const panel of [cachePanel, treePanel])
        for (const glyphs of [unicodeGlyphs, asciiGlyphs])
          for (const ms of [0, 6, 95, 131, 101_000]) {
            const canvas = new Canvas(columns, rows);
            panel.put(paneOn(canvas, {glyphs, language}), viewAt(ms, language), panel.start);
            for (const line of canvas.lines()) {
              const width = textWidth(line.map(({text}) => text).join(''));
              expect(width, `${panel.name} ${columns}×${rows} ${ms} ms`).toBeLessThanOrEqual(columns);
            }
          }
});

test('a response belongs to its query by id, ports and question; a query has none before it came (RFC 5452 §9.1)', () => {
  const {trace} = opened;
  const end = trace.length;
  const partners = [1, 2, 3, 4, 5, 6, 7, 8].map((packet) => partnerOf(trace, packet, end)?.packet);
  expect(partners).toEqual([8, 3, 2, 5, 4, 7, 6, 1]);
  expect(partnerOf(trace, 1, end)?.afterUs).toBe(125_000);
  expect(partnerOf(trace, 1, trace.packet(8).sendEvent - 1)).toBeUndefined();
});

test('caches for which there is no room are counted, and none is shown by its heading alone', () => {
  const view = viewAt(131);
  const all = cacheScenes(view).map(({lines}) => lines.length);
  expect(all).toEqual([5, 1]);
  const drawn = (rows: number): string[] => {
    const canvas = new Canvas(100, rows);
    cachePanel.put(paneOn(canvas), view, cachePanel.start);
    return textOf(canvas);
  };
  expect(drawn(8).filter((line) => line.includes('cache of'))).toHaveLength(2);
  const short = drawn(7);
  expect(short.filter((line) => line.includes('learned from'))).toHaveLength(1);
  expect(short.at(-1)?.trim()).toBe('▾ m: 1 more');
  expect(drawn(6).at(-1)?.trim()).toBe('▾ m: 1 more');
  expect(short.some((line) => line.trimEnd().endsWith(','))).toBe(false);
});

test('a heading without room lets go of the time before it is cut', () => {
  for (const [language, whole, short] of [
    ['en', /cache of local at 130 ms/, /^cache of local +TTL left$/],
    ['zh', /local ?的缓存（130 ms）/, /^local ?的缓存 +剩余 TTL$/],
  ] as const) {
    const headIn = (columns: number): string => {
      const canvas = new Canvas(columns, 12);
      cachePanel.put(paneOn(canvas, {language}), viewAt(131, language), cachePanel.start);
      return textOf(canvas)[0]?.trim() ?? '';
    };
    expect(headIn(100)).toMatch(whole);
    expect(headIn(34)).toMatch(short);
  }
});

test('what stands between the columns goes before a name or an address is cut', () => {
  const drawn = (columns: number): string => {
    const canvas = new Canvas(columns, 12);
    cachePanel.put(paneOn(canvas), viewAt(131), cachePanel.start);
    return textOf(canvas).join('\n');
  };
  const least = [...Array(80).keys()].slice(20).find((columns) => !drawn(columns).includes('…')) ?? 0;
  const usual =
    [...Array(80).keys()]
      .slice(20)
      .find((columns) => /TTL left$/m.test(drawn(columns)) && !drawn(columns).includes('…')) ?? 0;
  expect(usual - least).toBeGreaterThanOrEqual(5);
  expect(drawn(least)).toMatch(/^cache of local at 130 ms +TTL$/m);
});

test('a question about a TTL hides every time that is left: one tells the age of all that came with it', () => {
  const view = viewAt(131);
  const times = (hidden: View['hidden']): string[] =>
    cacheScenes({...view, hidden}).flatMap(({lines}) => lines.map(({ttl}) => ttl));
  const asks = (field: string) =>
    prediction(1, view.cursor, {ask: everywhere({en: '', zh: ''}), hides: {packet: 8, fields: [field]}});
  expect(times([])).toContain('86400');
  expect(new Set(times([asks('dns.resp.ttl')]))).toEqual(new Set(['?', '']));
  expect(times([asks('dns.a')])).toContain('86400');
});

test('what is left out of the tree is counted where it would stand', () => {
  const drawn = (rows: number, ms = 95): string[] => {
    const canvas = new Canvas(60, rows);
    treePanel.put(paneOn(canvas), viewAt(ms), treePanel.start);
    return textOf(canvas);
  };
  expect(drawn(7).some((line) => line.includes('more'))).toBe(false);
  const short = drawn(5);
  expect(short[1]?.trim()).toBe('▴ 2 more');
  expect(short.at(-1)?.trim()).toBe('▾ 2 more');
  expect(short.some((line) => line.includes('y '))).toBe(true);
  // Before anything is learned the name is the last line: no row is kept for what would be below it.
  const early = drawn(4, 6).map((line) => line.trim());
  expect(early[1]).toBe('▴ 2 more');
  expect(early.slice(2)).toEqual([expect.stringContaining('└─ abc'), expect.stringContaining('└─ y')]);
});
