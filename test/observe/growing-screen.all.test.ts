// A capture that is looked at while it is made, with its screen: what the next look costs is what is new, however long the capture is.
// Counted, not timed: events and packets that are asked for, and frames that are read again.
import {expect, test} from 'vitest';
import {GrowingCapture, repeated} from '../helpers/growing.ts';
import {canvasOf, open, started} from '../view/player.ts';

/** What is looked at again: forty rows, some asked about again and again. */
const mostAsks = 3000;

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
  // HTTP/1 is read of the first 20,000 packets.
  ['HTTP/1', '14e-http-redirect-and-404.pcap', 80, 600],
  ['HTTP/2', '../captures-today/21c-h2-priorities-window-updates.pcap', 8080, 320],
])('the next look at a long capture asks for what is new: %s', (_, file, server, times) => {
  const {asks, frames} = asksAt(file, server, times);
  expect(frames).toBeGreaterThan(2 * mostAsks);
  expect(asks).toBeGreaterThan(10);
  expect(asks).toBeLessThan(mostAsks);
});
