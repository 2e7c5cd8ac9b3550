// Writes a call of a command as text again, so that the same questions can be asked for; that of a round has no seed.
import {shell, shellFile, type Written} from '../words/written.ts';
import type {Arguments} from './command.ts';

/** The options with values that change which questions a quiz asks. */
export const askingValues = [
  ...['source', 'connection', 'keylog', 'max-mebibytes', 'run', 'profile', 'drop', 'fault', 'set'],
  'max-events',
];
export const askingFlags = ['simulated'];

/** The options with values that a round's call keeps; those for answers and reports are left out. */
const values = [...askingValues, 'minutes', 'count'];
const flags = [...askingFlags, 'exam'];

/** Returns the text of a command with its source and the kept options, as they would be typed again. */
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
