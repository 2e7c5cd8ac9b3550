// `play`: the player in a terminal; the transcript where there is none.
import type {Command} from './command.ts';
import {openSource} from './open-source.ts';
import {runOptions} from './options.ts';
import {printWarning} from './print.ts';
import {show} from './show.ts';
import {hasTerminal} from './terminal.ts';

export const play: Command = {
  options: runOptions,
  run: async (args, context) => {
    if (!hasTerminal() || context.json) return show.run(args, context);
    const opened = await openSource(args.positionals[0] ?? '', args);
    if (!opened.ok) return opened.error;
    const {warning} = opened.value;
    if (warning) printWarning(warning.problem, warning.place, context.language);
    const {runApp} = await import('./run-app.ts');
    return runApp({screen: 'player', opened: opened.value}, context);
  },
};
