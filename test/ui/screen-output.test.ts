// A window being dragged: one settled size, one wipe, one signal.
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {makeScreenOutput} from '../../source/ui/screen-output.ts';
import {openTerminal} from '../helpers/render.ts';

beforeEach(() => void vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout']}));
afterEach(() => void vi.useRealTimers());

function setUp() {
  const {monitor, stdout} = openTerminal(80, 24);
  const order: string[] = [];
  const output = makeScreenOutput(stdout, () => order.push('wiped'));
  output.subscribe(() => order.push(`${output.size().columns}×${output.size().rows}`));
  return {monitor, output, order};
}

test('a drag of many signals settles once, 80 ms after the last', () => {
  const {monitor, output, order} = setUp();
  for (const columns of [90, 100, 110, 120]) {
    monitor.resize(columns, 40);
    vi.advanceTimersByTime(79);
  }
  expect(order).toEqual([]);
  expect([output.size(), output.stream.columns]).toEqual([{columns: 80, rows: 24}, 80]);
  vi.advanceTimersByTime(1);
  expect(order).toEqual(['wiped', '120×40']);
  expect([output.stream.columns, output.stream.rows]).toEqual([120, 40]);
  vi.advanceTimersByTime(1000);
  expect(order).toHaveLength(2);
});

test('dragged there and back: drawn again all the same', () => {
  const {monitor, output, order} = setUp();
  const before = output.size();
  monitor.resize(60, 15);
  monitor.resize(80, 24);
  vi.advanceTimersByTime(80);
  expect(order).toEqual(['wiped', '80×24']);
  expect(output.size()).not.toBe(before);
});

test('Ink gets no resize signal of its own, and still writes to the real stream', () => {
  const {monitor, output} = setUp();
  const heard = vi.fn();
  output.stream.on('resize', heard);
  monitor.resize(100, 30);
  vi.advanceTimersByTime(80);
  output.stream.write('hello');
  expect(heard).not.toHaveBeenCalled();
  expect(monitor.written).toBe('hello');
});

test('after dispose neither timer nor listener is left', () => {
  const {monitor, output, order} = setUp();
  monitor.resize(100, 30);
  output.dispose();
  monitor.resize(120, 40);
  vi.advanceTimersByTime(1000);
  expect(order).toEqual([]);
  expect(monitor.listenerCount('resize')).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
});

test.each([
  [
    {columns: 80, rows: 65_535},
    {columns: 80, rows: 1000},
  ],
  [
    {columns: 65_535, rows: 24},
    {columns: 1000, rows: 24},
  ],
  [
    {columns: 1001, rows: 1001},
    {columns: 1000, rows: 1000},
  ],
  [
    {columns: 0, rows: 0},
    {columns: 80, rows: 24},
  ],
])('of %o, drawn as %o', (told, drawn) => {
  const {monitor, stdout} = openTerminal();
  Object.assign(monitor, told);
  const output = makeScreenOutput(stdout, () => {});
  expect(output.size()).toEqual(drawn);
  expect([output.stream.columns, output.stream.rows]).toEqual([drawn.columns, drawn.rows]);
  Object.assign(monitor, {columns: 70, rows: 20});
  output.redraw();
  expect(output.size()).toEqual({columns: 70, rows: 20});
  Object.assign(monitor, told);
  output.redraw();
  expect(output.size()).toEqual(drawn);
});
