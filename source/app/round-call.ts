// How something is asked for again: the words of its call; of a round without the seed.
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

/** A command with its source and those of its options that are kept, as it would be written again. */
export const callAgain = (
  command: string,
  args: Arguments,
  kept: {readonly values: readonly string[]; readonly flags: readonly string[]},
): Written<'shell'> => {
  const given = kept.values.flatMap((name) =>
    args.list(name).map((value) => ({name: shell.text(name), value})),
  );
  return shell.join(
    [
      shell.text(command),
      ...args.positionals.map(shellFile),
      ...given.map(({name, value}) => shell`--${name} ${shellFile(value)}`),
      ...kept.flags.flatMap((name) => (args.flag(name) ? [shell`--${shell.text(name)}`] : [])),
    ],
    shell` `,
  );
};

export const roundCall = (args: Arguments): Written<'shell'> => callAgain('quiz', args, {values, flags});
