// How a round is asked for again: the words of its call, without the seed.
import {shell, shellFile, type Written} from '../words/written.ts';
import type {Arguments} from './command.ts';

/** All that changes what is asked. */
export const askingValues = [
  ...['source', 'connection', 'keylog', 'max-mebibytes', 'run', 'profile', 'drop', 'fault', 'max-events'],
];
export const askingFlags = ['simulated'];

/** And how; answers and reports are not for a terminal. */
const values = [...askingValues, 'minutes', 'count'];
const flags = [...askingFlags, 'exam'];

export const roundCall = (args: Arguments): Written<'shell'> => {
  const given = values.flatMap((name) => args.list(name).map((value) => ({name: shell.text(name), value})));
  return shell.join(
    [
      shell`quiz`,
      ...args.positionals.map(shellFile),
      ...given.map(({name, value}) => shell`--${name} ${shellFile(value)}`),
      ...flags.flatMap((name) => (args.flag(name) ? [shell`--${shell.text(name)}`] : [])),
    ],
    shell` `,
  );
};
