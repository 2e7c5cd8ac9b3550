// What hosts of a DNS run do without a packet stands in the ladder. Oracle: the events of the run; hosts before DNS, RFC 1123 §6.1.3.8.
import {expect, test} from 'vitest';
import {asciiGlyphs, unicodeGlyphs} from '../../../source/view/glyphs.ts';
import {happeningsIn, happeningText} from '../../../source/view/ladder/happenings.ts';
import {castOf} from '../../../source/view/ladder/scene-hosts.ts';
import {RecordType} from '../../../source/wire/dns/registry.ts';
import {ask, dnsScenario} from '../../helpers/dns-network.ts';
import {run} from '../../helpers/traces.ts';
import {canvasOf, open, playingAt, textOf} from '../player.ts';

const y = {call: 'resolve', name: 'y.abc.com', type: RecordType.A} as const;
const line = {
  call: 'setHosts',
  entries: [{name: 'y.abc.com.', address: '203.0.113.99'}],
} as const;

/** m finds one name in its hosts file, asks for another one, and finds it in its cache. */
const www = {...y, name: 'www.abc.com'};
const scenario = [
  ask(0, line),
  ask(1000, y),
  ask(2000, www),
  ask(3000, www),
  ask(4000, {call: 'flushCache'}),
];
const trace = run(dnsScenario(scenario));

test('calls that nobody else notices, and answers without a packet: nothing that a packet brought', () => {
  expect(happeningsIn(trace).map((each) => happeningText(each, 'en')[0])).toEqual([
    'hosts file now: y.abc.com 203.0.113.99',
    'hosts file: y.abc.com A 203.0.113.99',
    'own cache: www.abc.com A 203.0.113.80',
    'cache emptied: 2 entries',
  ]);
  expect(happeningsIn(trace).map(({event}) => event.atUs)).toEqual([0, 1_000_000, 3_000_000, 4_000_000]);
  expect(happeningsIn(trace).map((each) => happeningText(each, 'zh').at(-1))[1]).toBe(
    'hosts 文件：203.0.113.99',
  );
});

test('who finds all at home is one of the cast all the same', () => {
  const alone = run(dnsScenario([ask(0, line), ask(1000, y)], {}));
  expect(alone.packetCount).toBe(0);
  expect(castOf(alone)).toEqual([{id: 'm', packets: 0}]);
  expect(castOf(trace).map(({id}) => id)).toEqual(['m', 'local', 'root', 'tld', 'auth']);
});

test('each has its row, with its time and a mark on the lifeline of its host', () => {
  const opened = open({trace});
  for (const [columns, rows] of [
    [80, 24],
    [120, 40],
  ] as const)
    for (const glyphs of [unicodeGlyphs, asciiGlyphs]) {
      const lines = textOf(canvasOf(opened, playingAt(opened, 1_500_000), {columns, rows, glyphs}));
      const first = lines.find((each) => each.includes('hosts file now:')) ?? '';
      const second = lines.find((each) => each.includes('hosts file: y')) ?? '';
      expect(first).toMatch(glyphs === asciiGlyphs ? /^ +0 ms +o/ : /^ +0 ms +◇/);
      expect(second).toMatch(/^ +1\.000 s/);
      expect(second.indexOf(glyphs.happening)).toBe(first.indexOf(glyphs.happening));
    }
});
