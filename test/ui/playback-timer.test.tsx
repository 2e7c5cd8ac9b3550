// The clock of the player: ticks while something moves, none when still, and little written for each.
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {handshakeRun, renderApp} from '../helpers/render.ts';

beforeEach(() => void vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout', 'performance']}));
afterEach(() => void vi.useRealTimers());

const player = {initial: {screen: 'player', run: handshakeRun({asks: false})}} as const;

/** React and Node's streams work between timers. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) await new Promise((resolve) => setImmediate(resolve));
}

async function pass(ms: number, stepMs = 10): Promise<void> {
  for (let passed = 0; passed < ms; passed += stepMs) {
    vi.advanceTimersByTime(stepMs);
    await settle();
  }
}

async function start(changes = {}) {
  const app = renderApp({...player, ...changes});
  await settle();
  return app;
}

/** Frames as Ink writes them: each between the marks of a synchronized update. */
const framesIn = (written: string) => written.split('\x1b[?2026h').slice(1);

test('stands still at the first narration: no timer, not a byte', async () => {
  const app = await start();
  await pass(2000);
  const {length} = app.monitor.written;
  expect(vi.getTimerCount()).toBe(0);
  await pass(5000, 50);
  expect(app.monitor.written.length).toBe(length);
  app.restore();
});

test('plays on at space with 20 frames a second, and space stops it in flight', async () => {
  const app = await start();
  await pass(2000);
  app.keyboard.push(' ');
  await settle();
  await pass(200);
  const before = app.monitor.written.length;
  await pass(500);
  const frames = framesIn(app.monitor.written.slice(before));
  expect(frames.length).toBeGreaterThanOrEqual(9);
  expect(frames.length).toBeLessThanOrEqual(11);
  // A frame repaints the row of the comet, the clock and the timeline, not the screen.
  const bytes = frames.reduce((sum, frame) => sum + frame.length, 0) / frames.length;
  expect(bytes).toBeLessThan(1200);
  app.keyboard.push(' ');
  await settle();
  await pass(200);
  expect(vi.getTimerCount()).toBe(0);
  const {length} = app.monitor.written;
  await pass(5000, 50);
  expect(app.monitor.written.length).toBe(length);
  app.restore();
});

test('10 frames a second where the terminal cannot keep up', async () => {
  const app = await start();
  await pass(2000);
  Object.defineProperty(app.monitor, 'writableNeedDrain', {value: true});
  app.keyboard.push(' ');
  await settle();
  await pass(200);
  const before = app.monitor.written.length;
  await pass(500);
  const frames = framesIn(app.monitor.written.slice(before)).length;
  expect(frames).toBeGreaterThanOrEqual(4);
  expect(frames).toBeLessThanOrEqual(6);
  app.restore();
});

test('the menu runs no timer', async () => {
  const app = await start({initial: {screen: 'menu'}});
  await pass(200);
  expect(vi.getTimerCount()).toBe(0);
  app.restore();
});

test('leaving in mid-flight leaves no timer behind', async () => {
  const app = await start();
  await pass(100);
  app.keyboard.push('q');
  await settle();
  await pass(200);
  expect(vi.getTimerCount()).toBe(0);
  expect(await app.done).toBe('quit');
});
