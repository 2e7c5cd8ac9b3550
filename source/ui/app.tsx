// The root component of the terminal application: it draws the controller's state, passes keys to it and runs the clock.
import {useApp} from 'ink';
import {useEffect, useLayoutEffect, useSyncExternalStore} from 'react';
import type {Controller} from './controller.ts';
import {ErrorBoundary} from './error-boundary.tsx';
import {useKeys} from './hooks/use-keys.ts';
import {usePlayback} from './hooks/use-playback.ts';
import {useTerminalSize} from './hooks/use-terminal-size.ts';
import type {ScreenOutput} from './screen-output.ts';
import {suspendUntilContinued} from './suspend.ts';
import type {ColourDepth} from './theme.ts';
import {ScreenView} from './views/screen-view.tsx';

type Props = {
  readonly controller: Controller;
  readonly output: ScreenOutput;
  readonly colours: ColourDepth;
};

export function App({controller, output, colours}: Props) {
  const {exit, suspendTerminal} = useApp();
  const state = useSyncExternalStore(controller.subscribe, controller.get);
  const size = useTerminalSize(output);

  // A layout effect gives the controller its terminal before any key can be read.
  useLayoutEffect(() => {
    const {redraw, copy} = output;
    controller.attach({exit, redraw, copy, suspend: () => suspendUntilContinued(suspendTerminal)});
  }, [controller, output, exit, suspendTerminal]);
  useEffect(() => controller.drawn(state), [controller, state]);
  useKeys(controller.press);
  usePlayback({
    intervalMs: controller.interval(),
    isBehind: () => output.stream.writableNeedDrain,
    tick: controller.tick,
  });

  return (
    <ErrorBoundary state={state} onError={controller.undrawable}>
      <ScreenView state={state} size={size} colours={colours} told={controller.told} />
    </ErrorBoundary>
  );
}
