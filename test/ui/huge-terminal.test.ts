// A terminal may claim any size (TIOCSWINSZ takes 65,535 rows). The test counts what is drawn and measures no time.
import {expect, test, vi} from 'vitest';
import {startApp} from '../../source/ui/start.tsx';
import {appOptions, openTerminal} from '../helpers/render.ts';

const most = 1000;

test.each([
  {columns: 80, rows: 65_535},
  {columns: 65_535, rows: 24},
])('of $columns × $rows cells at most 1000 × 1000', async (size) => {
  const {monitor, stdin, stdout} = openTerminal();
  Object.assign(monitor, size);
  const app = startApp({...appOptions, stdin, stdout});
  await vi.waitUntil(() => monitor.written.includes('handshake'));
  const lines = monitor.written.split('\n');
  const widths = lines.map((line) => line.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '').length);
  expect(lines.length).toBeLessThanOrEqual(most + 1);
  expect(Math.max(...widths)).toBeLessThanOrEqual(most);
  app.restore();
  await app.done;
});
