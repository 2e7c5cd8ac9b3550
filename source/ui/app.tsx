// The root of the terminal application: subscribes to the controller, reads keys, owns the clock.
import {useApp} from 'ink';
import {useEffect, useLayoutEffect, useSyncExternalStore} from 'react';
import type {Controller} from './controller.ts';
import {ErrorBoundary} from './error-boundary.tsx';
import {useKeys} from './hooks/use-keys.ts';
import {usePlayback} from './hooks/use-playback.ts';
import {useTerminalSize} from './hooks/use-terminal-size.ts';
import {playerInterval} from './panel-keys.ts';
import {examInterval} from './quiz-round.ts';
import type {ScreenOutput} from './screen-output.ts';
import {suspendUntilContinued} from './suspend.ts';
import type {ColourDepth} from './theme.ts';
import {ScreenView} from './views/screen-view.tsx';

type Props = {
  readonly controller: Controller;
  readonly output: ScreenOutput;
  readonly colours: ColourDepth;
  readonly crashForTest: boolean;
};

export function App({controller, output, colours, crashForTest}: Props) {
  const {exit, suspendTerminal} = useApp();
  const state = useSyncExternalStore(controller.subscribe, controller.get);
  const size = useTerminalSize(output);
  const {player, suspended} = state;

  // Layout effects run before any key can be read.
  useLayoutEffect(() => {
    const {redraw, copy} = output;
    controller.attach({exit, redraw, copy, suspend: () => suspendUntilContinued(suspendTerminal)});
  }, [controller, output, exit, suspendTerminal]);
  // Effects of children come first: by now a list that is new on the screen has its keys.
  useEffect(() => controller.drawn(state), [controller, state]);
  useKeys(controller.press, controller.fail);
  usePlayback({
    intervalMs: suspended ? undefined : player === undefined ? examInterval(state) : playerInterval(player),
    isBehind: () => output.stream.writableNeedDrain,
    tick: controller.tick,
    onError: controller.fail,
  });

  return (
    <ErrorBoundary onError={exit}>
      <ScreenView
        state={state}
        size={size}
        colours={colours}
        onMark={controller.mark}
        onChoose={controller.choose}
        crashForTest={crashForTest}
      />
    </ErrorBoundary>
  );
}
