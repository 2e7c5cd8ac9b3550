// A capture on the screen: packets, states that are deduced, hosts by address, nothing made up.
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {openCapture} from '../../source/io/capture.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {unicodeGlyphs} from '../../source/view/glyphs.ts';
import {compose} from '../../source/view/screen.ts';
import {at} from '../../source/view/time/pace.ts';
import {act, canvasOf, open, sceneOf, started, textOf} from './player.ts';

const captured = async (name: string): Promise<Trace> => {
  const opened = await openCapture(fileURLToPath(new URL(`../fixtures/captures/${name}`, import.meta.url)));
  if (!opened.ok) throw new Error('unreadable');
  return opened.value.trace;
};

const names = ['00a-handshake-only.pcap', '00c-simultaneous-open.pcap', '01a-client-close-idle.pcap'];

test.each(names)('%s: every moment at many sizes, no overlap, no numbers of a host', async (name) => {
  const trace = await captured(name);
  const opened = open({trace, source: `/somewhere/${name}`});
  for (let moment = 0; moment < opened.pacing.moments; moment++)
    for (const columns of [60, 80, 100, 120, 200])
      for (const why of [undefined, {event: undefined}]) {
        const state = started({
          viewMs: at(opened.pacing.viewMs, moment),
          why,
          focus: moment % 2 ? 'list' : 'bytes',
        });
        const canvasIsCovered = state.focus === 'bytes' && !why && columns < 120;
        const canvas = canvasOf(opened, state, {
          columns,
          rows: columns === 200 ? 60 : columns === 120 ? 40 : 24,
        });
        const text = textOf(canvas).join('\n');
        if (canvas.collisions > 0) expect.fail(text);
        expect(text).not.toMatch(/(cwnd|ssthresh|rto) +\S*\d/i);
        if (!canvasIsCovered) expect(text).toContain(name);
        expect(text).not.toContain('somewhere');
      }
});

test('times that the capture does not have are marked as guesses', async () => {
  const opened = open({trace: await captured('00a-handshake-only.pcap')});
  const end = act(opened, started(), {kind: 'toEnd'});
  const deduced = {text: 'ESTABLISHED', fresh: false, deduced: true};
  expect(sceneOf(opened, end).states).toEqual([deduced, deduced]);
  expect(textOf(canvasOf(opened, end, {columns: 80, rows: 24})).join('\n')).toMatch(/≈\d+ [µm]s/);
});

test('addresses in the list are whole where there is room, and numbers always', async () => {
  const opened = open({trace: await captured('01a-client-close-idle.pcap')});
  const end = {...act(opened, started(), {kind: 'toEnd'}), focus: 'list'};
  const shown = (columns: number, rows: number) => textOf(canvasOf(opened, end, {columns, rows})).join('\n');
  expect(shown(120, 40)).toMatch(/10\.77\.65\.80 +FIN,ACK +1569641461/);
  expect(shown(60, 15)).toMatch(/FIN,ACK +1569641461 +3916767792/);
});

test('whoever speaks TCP first stands at the sides, not what a network says to itself before', async () => {
  const opened = open({trace: await captured('01e-client-close-ipv6.pcapng')});
  const end = act(opened, started(), {kind: 'toEnd'});
  expect(textOf(canvasOf(opened, end, {columns: 80, rows: 24}))[2]).toMatch(/fd77:1e::2 +fd77:1e::80$/);
});

test('a label too long for its line counts from the ISN, and the title says so', async () => {
  const trace = await captured('01e-client-close-ipv6.pcapng');
  const opened = open({trace, source: 'v6.pcapng'});
  const end = act(opened, started(), {kind: 'toEnd'});
  const shown = (columns: number) => textOf(canvasOf(opened, end, {columns, rows: 24}));
  expect(shown(80)[0]).toMatch(/capture · 1×/);
  // Hosts beside the two ends are named in the label, and take the room of the numbers.
  const scene = sceneOf(opened, end);
  const items = scene.ladder.items.map((item) =>
    item.kind === 'packet' ? {...item, others: 'fd77:1e::2 > x'} : item,
  );
  const canvas = compose(
    {...scene, ladder: {...scene.ladder, items}},
    {columns: 80, rows: 24, glyphs: unicodeGlyphs, keyHints: []},
  );
  expect(textOf(canvas)[0]).toMatch(/capture · r · 1×/);
  expect(textOf(canvas).join('\n')).toMatch(/FIN,ACK seq=9 /);
});
