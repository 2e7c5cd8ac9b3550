// `play`: the player in a terminal; the transcript where there is none.
import {speeds} from '../present/time/playback-state.ts';
import type {Command} from './command.ts';
import {openSource} from './open-source.ts';
import {captureOptions, playOptions, runOptions} from './options.ts';
import {printWarning} from './print.ts';
import {show} from './show.ts';
import {hasTerminal} from './terminal.ts';

export const play: Command = {
  options: [...runOptions, ...captureOptions, ...playOptions],
  run: async (args, context) => {
    const source = args.positionals[0] ?? '';
    const place = args.value('at');
    const plays = hasTerminal(context) && !context.json;
    // Standard input can be read only once.
    if (!plays && (place === undefined || source === '-')) return show.run(args, context);
    const opened = await openSource(source, args);
    if (!opened.ok) return opened.error;
    const {warning, trace, argument} = opened.value;
    const {placeOf} = await import('./place.ts');
    const at = place === undefined ? undefined : placeOf(place, trace, argument);
    if (at?.ok === false) return at.error;
    if (!plays) return show.run(args, context);
    if (warning) printWarning(warning.problem, warning.place, context.language);
    const speed = speeds.find((each) => String(each) === args.value('speed'));
    const {runApp} = await import('./run-app.ts');
    return runApp({screen: 'player', opened: opened.value, speed, at: at?.value}, context);
  },
};
