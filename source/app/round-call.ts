// How a round is asked for again: the words of its call, without the seed.
import {shell, shellFile, type Written} from '../words/written.ts';
import type {Arguments} from './command.ts';

/** All that changes what is asked or how; answers and reports are not for a terminal. */
const values = ['source', 'connection', 'keylog', 'run', 'profile', 'drop', 'fault', 'minutes', 'count'];
const flags = ['simulated', 'exam'];

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
