// A capture that is looked at while it is made, with its screen: what the next look costs is what is new, however long the capture is.
// Counted, not timed: events and packets that are asked for, and frames that are read again.
import {expect, test} from 'vitest';
import type {Lock, Unlock} from '../../source/stack/tls/recorded/lock.ts';
import {ok} from '../../source/wire/result.ts';
import {keysOf, todayFolder} from '../helpers/captured-today.ts';
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
])('only what is new: %s', (_, file, server, times) => {
  const {asks, frames} = asksAt(file, server, times);
  expect(frames).toBeGreaterThan(2 * mostAsks);
  expect(asks).toBeGreaterThan(10);
  expect(asks).toBeLessThan(mostAsks);
});

test.each([
  ['connections', '21a-h2-one-stream.pcap', 300],
  ['one connection', '21e-h2-ping-reset-goaway.pcap', 1],
])('opened records stay open: %s', (_, name, times) => {
  const keys = keysOf(todayFolder + name);
  if (!keys) expect.fail('no secrets');
  let opened = 0;
  const counting = (lock: Lock): Lock => ({
    open(record) {
      opened += 1;
      const found = lock.open(record);
      return found && {...found, next: counting(found.next)};
    },
  });
  const unlock: Unlock = (...session) => {
    const lock = keys.unlock(...session);
    return lock.ok ? ok(counting(lock.value)) : lock;
  };
  const frames = repeated(`../captures-today/${name}`, 443, times, 1000);
  const grown = new GrowingCapture(frames);
  const counts = [1, frames.length - 6, frames.length - 3, frames.length].map((end) => {
    opened = 0;
    const trace = grown.upTo(end).withKeys({log: keys.log, unlock});
    const shown = open({trace});
    canvasOf(shown, started({viewMs: shown.pacing.durationMs}), {columns: 120, rows: 40});
    return opened;
  });
  const [, all = 0, , last = 0] = counts;
  expect(all, `${counts}`).toBeGreaterThan(9);
  expect(last, `${counts}`).toBeLessThan(times === 1 ? all : 60);
});
