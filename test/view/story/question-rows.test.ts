// Where there is room below the picture, a question and its reply leave the ladder where narration had it.
// Oracle: the rows of heads, states and the first packet while nothing is asked. (Panels beside it have states, too.)
import {expect, test} from 'vitest';
import {sharedData} from '../../helpers/kept-lessons.ts';
import {handshakeScenario} from '../../helpers/scenarios.ts';
import {run} from '../../helpers/traces.ts';
import {handshakeBeats} from '../beats.ts';
import {act, canvasOf, open, playingAt, textOf} from '../player.ts';

const {misconceptions: beliefs} = sharedData();
const trace = run(handshakeScenario());
const opened = open({trace, beats: handshakeBeats(trace)});
const inFlight = playingAt(opened, 40_000, {answers: {}, playing: false});
const asked = act(opened, inFlight, {kind: 'beatNext'});
const again = act(opened, asked, {kind: 'answer', choice: 'a'});
const replied = act(opened, again, {kind: 'answer', choice: 'b'});

test.each([
  [120, 40],
  [200, 60],
] as const)('%i×%i: nothing jumps when a question opens or is answered', (columns, rows) => {
  expect([asked.gate?.beat, replied.gate?.replied]).toEqual([1, true]);
  const places = [inFlight, asked, again, replied].map((state) => {
    const lines = textOf(canvasOf(opened, state, {columns, rows}));
    return ['198.51.100.20', '│ LISTEN', '  SYN seq=1000', '0 ms '].map((text) =>
      lines.findIndex((line) => line.includes(text)),
    );
  });
  expect(places[0]).not.toContain(-1);
  expect(places[1]).toEqual(places[0]);
  expect(places[2]).toEqual(places[0]);
  expect(places[3]).toEqual(places[0]);
});

test('before the second try, the fact stands on a line of its own below the myth', () => {
  const known = open({
    trace,
    beats: handshakeBeats(trace),
    misconception: (id) => beliefs.find((each) => each.id === id),
  });
  const lines = textOf(canvasOf(known, again, {columns: 120, rows: 40}));
  const at = (text: string) => lines.findIndex((line) => line.includes(text));
  expect(at('Myth: ')).toBeGreaterThan(0);
  expect(at('Fact: ')).toBeGreaterThan(at('Myth: '));
});
