// Writes a call again, so that the same can be asked for; a round's call is without the seed.
import {shell, shellFile, type Written} from '../words/written.ts';
import type {Arguments} from './command.ts';

/** The options with values that change what is asked. */
export const askingValues = [
  ...['source', 'connection', 'keylog', 'max-mebibytes', 'run', 'profile', 'drop', 'fault', 'set'],
  'max-events',
];
export const askingFlags = ['simulated'];

/** The options that change how a round is asked; options for answers and reports are not for a terminal. */
const values = [...askingValues, 'minutes', 'count'];
const flags = [...askingFlags, 'exam'];

/** Returns a command with its source and the options that are kept, as they would be written again. */
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
