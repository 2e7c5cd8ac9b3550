// Starts the terminal application for commands, and makes sure that the terminal is restored.

import {type Instance, render} from 'ink';
import {App} from './app.tsx';
import type {AppOptions, RunningApp} from './app-options.ts';
import type {ExitReason} from './app-state.ts';
import {type Controller, makeController} from './controller.ts';
import {screenName} from './key-context.ts';
import {followMouse} from './mouse-mode.ts';
import {keyByKey, type Typist} from './screen-input.ts';
import {makeScreenOutput} from './screen-output.ts';

const homeAndErase = '\x1b[H\x1b[2J';

/** Starts the app, which draws on the alternate screen until the reader leaves. The caller handles signals and calls `restore` then. */
export function startApp(options: AppOptions): RunningApp {
  const {stdin, stdout, colours} = options;
  let instance: Instance | undefined;
  const output = makeScreenOutput(stdout, () => {
    stdout.write(homeAndErase);
    // `clear` makes Ink forget what it has drawn, so that it draws a whole frame next.
    instance?.clear();
  });
  const controller = makeController(options, {now: () => performance.now(), size: output.size});
  // Raw mode begins earlier than Ink would begin it, because keys typed meanwhile must not be echoed into the first screen.
  if (stdin.isTTY) stdin.setRawMode(true);
  instance = render(<App controller={controller} output={output} colours={colours} />, {
    stdin: keyByKey(stdin, typistOf(controller)),
    stdout: output.stream,
    exitOnCtrlC: false,
    // Ink must not redirect the console: a view that logs is a bug for the tests to find.
    patchConsole: false,
    alternateScreen: true,
    incrementalRendering: true,
    // Ink would draw nothing if CI is set in the environment; the caller decides whether the app starts.
    interactive: true,
  });
  const noMouse = followMouse(stdout, controller);
  const restore = () => {
    try {
      noMouse();
      instance?.unmount();
      output.dispose();
    } finally {
      controller.close();
    }
  };
  return {done: settle(instance, restore), restore, state: controller.get, failures: controller.failures};
}

async function settle(instance: Instance, restore: () => void): Promise<ExitReason> {
  try {
    return (await instance.waitUntilExit()) === 'interrupted' ? 'interrupted' : 'quit';
  } finally {
    restore();
  }
}

const typistOf = ({get, isDrawn, press, mouse, answered}: Controller): Typist => ({
  mouse,
  isDrawn,
  place: () => screenName(get()),
  leave: () => press('ctrl-c'),
  answered,
});
