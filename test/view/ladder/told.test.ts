// Where play stands the ladder shows the packet that is told about, however many have left after it.
import {expect, test} from 'vitest';
import {entryAt} from '../../../source/account/entries.ts';
import {packetOf, segmentOf} from '../../../source/account/packet.ts';
import {withCommentary} from '../../../source/view/story/commentary.ts';
import {beatMs} from '../../../source/view/time/waypoints.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {some} from '../../helpers/seeds.ts';
import {act, canvasOf, open, started, textOf} from '../player.ts';

const losing = [
  ['cubic what-if 3', 120, 40],
  ['cubic what-if 3', 80, 24],
  ['rack-tlp again', 80, 24],
] as const;

test.each(some(losing, 1))('%s at %i×%i: a loss that is told is on the ladder', (name, columns, rows) => {
  const run = allRuns().find((each) => each.name === name) ?? expect.fail(name);
  const trace = traceOf(run);
  const opened = open({trace, beats: withCommentary(trace, [])});
  let losses = 0;
  for (const beat of opened.beats) {
    const event = entryAt(trace, beat.event);
    if (event.kind !== 'drop') continue;
    losses += 1;
    const seq = segmentOf(packetOf(trace, event.packet))?.seq;
    const state = act(opened, started(), {kind: 'standAt', viewMs: beatMs(opened.pacing, beat)});
    const lines = textOf(canvasOf(opened, state, {columns, rows}));
    expect(lines.slice(2, rows === 40 ? 22 : 12).join('\n')).toContain(`seq=${seq}`);
  }
  expect(losses).toBeGreaterThan(0);
});
