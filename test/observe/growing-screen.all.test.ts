// A capture that is looked at while it is made, with its screen: what the next look costs is what is new, however long the capture is.
// Counted, not timed: events and packets that are asked for, and frames that are read again.
import {expect, test} from 'vitest';
import {GrowingCapture, repeated} from '../helpers/growing.ts';
import {canvasOf, open, started} from '../view/player.ts';

/** Of that many packets HTTP/1 is read at each look, and of later ones no more. */
const readAnew = 20_000;

/** What the last of four looks asks for, ten frames after the one before. */
const asksAt = (
  file: string,
  server: number,
  times: number,
): {readonly asks: number; readonly frames: number} => {
  const frames = repeated(file, server, times, 1000);
  const grown = new GrowingCapture(frames);
  let asks = 0;
  for (const end of [100, frames.length - 20, frames.length - 10, frames.length]) {
    [asks, grown.read] = [0, 0];
    const trace = grown.upTo(end);
    const {event, packet} = trace;
    trace.event = (n) => {
      asks += 1;
      return event.call(trace, n);
    };
    trace.packet = (id) => {
      asks += 1;
      return packet.call(trace, id);
    };
    const opened = open({trace});
    canvasOf(opened, started({viewMs: opened.pacing.durationMs}), {columns: 120, rows: 40});
  }
  return {asks: asks + grown.read, frames: frames.length};
};

test.each([
  ['short connections', '01a-client-close-idle.pcap', 7001, 2500],
  ['HTTP/2', '../captures-today/21c-h2-priorities-window-updates.pcap', 8080, 320],
])('the next look at a long capture asks for what is new: %s', (_, file, server, times) => {
  const {asks, frames} = asksAt(file, server, times);
  expect(frames).toBeGreaterThan(readAnew);
  expect(asks).toBeGreaterThan(10);
  // What is on the screen: forty rows, some asked about again and again.
  expect(asks).toBeLessThan(3000);
});
