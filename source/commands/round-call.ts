// How a round is asked for again: the words of its call, without the seed.
import {shellWord} from './choose-run.ts';
import type {Arguments} from './command.ts';

/** All that changes what is asked or how; answers and reports are not for a terminal. */
const values = ['source', 'connection', 'keylog', 'run', 'profile', 'drop', 'fault', 'minutes', 'count'];
const flags = ['simulated', 'exam'];

export const roundCall = (args: Arguments): string =>
  [
    'quiz',
    ...args.positionals.map(shellWord),
    ...values.flatMap((name) => args.list(name).flatMap((given) => [`--${name}`, shellWord(given)])),
    ...flags.flatMap((name) => (args.flag(name) ? [`--${name}`] : [])),
  ].join(' ');
