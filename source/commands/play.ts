// `play`: opens the player in a terminal; elsewhere it prints the transcript.
import {resolve} from 'node:path';
import process from 'node:process';
import type {OpenedCapture} from '../app/capture-desk.ts';
import type {Arguments, Command, Context, Outcome} from '../app/command.ts';
import {namesRun, openSource} from '../app/open-source.ts';
import type {Opened} from '../app/opened.ts';
import {captureOptions, playOptions, runOptions} from '../app/options.ts';
import {printWarning} from '../app/print.ts';
import {hasTerminal, keyboardBeside} from '../app/terminal.ts';
import type {AppOptions} from '../ui/app-options.ts';
import {type Speed, speeds} from '../view/time/playback-state.ts';

/**
 * Holds what the player needs besides the opened source. For a capture that still grows: the keyboard's stream, the source of more packets,
 * and a function for what has been read. For a challenge: that it begins anew.
 */
type Live = {
  readonly keyboard?: NodeJS.ReadStream;
  readonly follow?: AppOptions['follow'];
  readonly now?: (() => Opened) | undefined;
  /** True if the run starts from its beginning, even if its lesson was left at another place. */
  readonly begins?: true;
};

const isCaptured = (opened: Opened): opened is OpenedCapture => opened.captured !== undefined;

/**
 * Returns the object from which the screens of a capture get its overview and connections; undefined if the source is not a capture, or
 * `--connection` chooses one.
 */
const deskOf = async (opened: Opened, args: Arguments, now: () => Opened) => {
  if (!isCaptured(opened) || args.value('connection') !== undefined) return undefined;
  const {captureDesk} = await import('../app/capture-desk.ts');
  const latest = (): OpenedCapture => {
    const there = now();
    return isCaptured(there) ? there : opened;
  };
  return captureDesk(latest, speedOf(args));
};

const speedOf = (args: Arguments): Speed | undefined =>
  speeds.find((each) => String(each) === args.value('speed'));

/** Returns the place in the run that `--at` names; undefined without it. The code for selectors is loaded only if the option is given. */
const placeAsked = async ({trace, argument}: Opened, args: Arguments) => {
  const place = args.value('at');
  if (place === undefined) return undefined;
  const {parsedPlace} = await import('../app/place.ts');
  return parsedPlace(place, trace, argument);
};

/** Returns the options for a run that is shown to an audience (`--present`) or plays by itself (`--autoplay`). */
const stageOf = (args: Arguments) => ({
  presented: args.flag('present'),
  unattended: args.flag('autoplay'),
});
const isDirect = (args: Arguments): boolean =>
  args.value('at') !== undefined || stageOf(args).presented || stageOf(args).unattended;

/** Computes what the first screen of a capture needs from all packets, while the progress of reading is still shown. */
const prepare = async (opened: OpenedCapture, args: Arguments): Promise<void> => {
  const desk = isDirect(args) ? undefined : await deskOf(opened, args, () => opened);
  if (desk) desk.overview();
  else (await import('../view/time/pacing.ts')).pacing(opened.trace);
};

export const playOpened = async (
  opened: Opened,
  args: Arguments,
  context: Context,
  {keyboard, follow, now = () => opened, begins}: Live = {},
): Promise<Outcome> => {
  const {warning} = opened;
  const at = await placeAsked(opened, args);
  if (at?.ok === false) return at.error;
  if (warning) printWarning(warning.problem, warning.place, context.language);
  const {runApp} = await import('../app/run-app.ts');
  const desk = await deskOf(opened, args, now);
  const source = args.positionals[0] ?? '-';
  const file = isCaptured(opened) && source !== '-' ? resolve(source) : undefined;
  // A capture opens with its overview, unless it still grows, or `--at`, `--present` or `--autoplay` asks for the player.
  if (desk && !follow && !isDirect(args))
    return runApp({screen: 'picker', desk, file}, context, keyboard, warning?.problem.what);
  const fresh = begins || isDirect(args) || args.flag('from-start');
  const resumes = fresh ? undefined : namesRun(args) ? ('asked' as const) : ('any' as const);
  const shown = {opened, speed: speedOf(args), at: at?.value, desk, file, resumes, stage: stageOf(args)};
  return runApp(
    {screen: 'player', ...shown, ...(follow && {follow})},
    context,
    keyboard,
    warning?.problem.what,
  );
};

/** Plays a capture from standard input while somebody still writes to it. */
const playLive = async (args: Arguments, context: Context, keyboard: NodeJS.ReadStream): Promise<Outcome> => {
  try {
    const {openLive} = await import('../app/play-live.ts');
    const live = await openLive(args, context);
    if (!live.ok) return live.error;
    const {opened, follow, now} = live.value;
    return await playOpened(opened, args, context, {keyboard, now, ...(follow && {follow})});
  } finally {
    // Standard input is closed, so that the program that writes to the pipe learns that nobody reads any more.
    keyboard.destroy();
    process.stdin.destroy();
  }
};

/**
 * Returns the name of the pack that the source names; the menu then opens with its lessons. Undefined if the source is a lesson or no known
 * pack.
 */
const shelfOf = async (source: string): Promise<string | undefined> => {
  const [{compiledLesson}, {fileOfLesson, packCalled}] = await Promise.all([
    import('../io/lessons.ts'),
    import('../io/packs-here.ts'),
  ]);
  if (compiledLesson(source) || fileOfLesson(source)) return undefined;
  return packCalled(source)?.name;
};

const runMenu = async (pack: string, context: Context): Promise<Outcome> => {
  const [{runApp}, {packShelf}] = await Promise.all([
    import('../app/run-app.ts'),
    import('../view/shelves.ts'),
  ]);
  return runApp({screen: 'menu', track: packShelf(pack)}, context);
};

/** Prints the transcript, as `show` does, if the output is not a terminal. */
const shownInstead: Command['run'] = async (args, context) =>
  (await import('./show.ts')).show.run(args, context);

export const play: Command = {
  options: [...runOptions, ...captureOptions, ...playOptions],
  run: async (args, context) => {
    const source = args.positionals[0] ?? '';
    const place = args.value('at');
    const follows = source === '-' && !args.flag('simulated');
    if (follows && !context.json && process.stdin.isTTY !== true) {
      const keyboard = keyboardBeside(context);
      if (keyboard) return playLive(args, context, keyboard);
    }
    const plays = hasTerminal(context) && !context.json;
    // If the output is not a terminal, `--at` is checked before the transcript is printed, but not for standard input, which can be read
    // only once.
    if (!plays && (place === undefined || source === '-')) return shownInstead(args, context);
    const shelf = plays && !namesRun(args) && place === undefined ? await shelfOf(source) : undefined;
    if (shelf !== undefined) return runMenu(shelf, context);
    const opened = await openSource(source, args, {
      contents: plays,
      packs: true,
      ...(plays ? {bar: context, prepare: (capture) => prepare(capture, args)} : {}),
    });
    if (!opened.ok) return opened.error;
    if (plays) return playOpened(opened.value, args, context);
    const at = await placeAsked(opened.value, args);
    return at?.ok === false ? at.error : shownInstead(args, context);
  },
};
