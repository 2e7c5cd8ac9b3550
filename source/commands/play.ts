// `play`: the player in a terminal; the transcript where there is none.
import process from 'node:process';
import {speeds} from '../present/time/playback-state.ts';
import type {AppOptions} from '../ui/app-options.ts';
import type {Arguments, Command, Context, Outcome} from './command.ts';
import {type Opened, openSource} from './open-source.ts';
import {captureOptions, playOptions, runOptions} from './options.ts';
import {printWarning} from './print.ts';
import {show} from './show.ts';
import {hasTerminal, keyboardBeside} from './terminal.ts';

/** Where the keys come from, and what else comes. */
type Live = {readonly keyboard?: NodeJS.ReadStream; readonly follow?: AppOptions['follow']};

const playOpened = async (
  opened: Opened,
  args: Arguments,
  context: Context,
  {keyboard, follow}: Live = {},
): Promise<Outcome> => {
  const {warning, trace, argument} = opened;
  const place = args.value('at');
  const {placeOf} = await import('./place.ts');
  const at = place === undefined ? undefined : placeOf(place, trace, argument);
  if (at?.ok === false) return at.error;
  if (warning) printWarning(warning.problem, warning.place, context.language);
  const speed = speeds.find((each) => String(each) === args.value('speed'));
  const {runApp} = await import('./run-app.ts');
  const beginning = {screen: 'player', opened, speed, at: at?.value, ...(follow && {follow})} as const;
  return runApp(beginning, context, keyboard);
};

/** From standard input, as long as somebody writes to it. */
const playLive = async (args: Arguments, context: Context, keyboard: NodeJS.ReadStream): Promise<Outcome> => {
  try {
    const {openLive} = await import('./play-live.ts');
    const live = await openLive(args, context);
    if (!live.ok) return live.error;
    const {opened, follow} = live.value;
    return await playOpened(opened, args, context, {keyboard, ...(follow && {follow})});
  } finally {
    // Nobody reads either any more: whoever writes into the pipe hears of it.
    keyboard.destroy();
    process.stdin.destroy();
  }
};

export const play: Command = {
  options: [...runOptions, ...captureOptions, ...playOptions],
  run: async (args, context) => {
    const source = args.positionals[0] ?? '';
    const place = args.value('at');
    if (source === '-' && !context.json && process.stdin.isTTY !== true) {
      const keyboard = keyboardBeside(context);
      if (keyboard) return playLive(args, context, keyboard);
    }
    const plays = hasTerminal(context) && !context.json;
    // Standard input can be read only once.
    if (!plays && (place === undefined || source === '-')) return show.run(args, context);
    const opened = await openSource(source, args);
    if (!opened.ok) return opened.error;
    if (plays) return playOpened(opened.value, args, context);
    const {placeOf} = await import('./place.ts');
    const {trace, argument} = opened.value;
    const at = place === undefined ? undefined : placeOf(place, trace, argument);
    return at?.ok === false ? at.error : show.run(args, context);
  },
};
