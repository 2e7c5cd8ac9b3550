// A step back and the screen that follows run the reducer twice at most: the key line asks the key table, which tries nothing.
import {Session} from 'node:inspector/promises';
import {expect, test} from 'vitest';
import {screenLines} from '../../source/ui/screen-lines.ts';
import {setUp} from '../helpers/controlled.ts';
import {handshakeRun} from '../helpers/render.ts';

test('← in the player', async () => {
  const {press, controller} = setUp({initial: {screen: 'player', run: handshakeRun()}});
  const draw = () => screenLines(controller.get(), {columns: 80, rows: 24}, () => []);
  press('space', 'right', 'right', 'right', 'left', 'right');
  draw();
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', {callCount: true, detailed: false});
  press('left');
  draw();
  const {result} = await session.post('Profiler.takePreciseCoverage');
  session.disconnect();
  const functions = result
    .filter(({url}) => /time\/playback\.[jt]s$/.test(url))
    .flatMap((script) => script.functions);
  const counts = functions
    .filter(({functionName}) => functionName === 'playback')
    .map(({ranges}) => ranges[0]?.count ?? 0);
  const runs = counts.reduce((sum, count) => sum + count, 0);
  expect(runs).toBeGreaterThan(0);
  expect(runs).toBeLessThanOrEqual(2);
});
