// Returns what a shell offers for the word that is being typed: commands, options and their values, lessons, tracks and topics. The shell
// completes file names itself.
import type {CatalogEntry, OptionSpec} from '../app/command.ts';
import {globalOptions} from '../app/options.ts';
import {catalog, menuEntry} from './catalog.ts';

const namesOf = ({name, alias}: OptionSpec): readonly string[] => [
  `--${name}`,
  ...(alias === undefined ? [] : [`-${alias}`]),
];

const subjectsOf = async ({name, positionals}: CatalogEntry): Promise<readonly string[]> => {
  if (name === 'challenge') {
    const {challengesKnown} = await import('../app/challenges.ts');
    return (await challengesKnown()).map(({id}) => id);
  }
  if (!/SOURCE|LESSON|TOPIC|PACK/.test(positionals)) return [];
  const [{idsKnown, packNames}, {tracks}, {setNames}] = await Promise.all([
    import('../app/packs.ts'),
    import('../lesson/tracks.ts'),
    import('../lesson/interview.ts'),
  ]);
  return [
    ...(name === 'interview'
      ? []
      : [...(positionals.includes('PACK') ? [] : idsKnown()), ...packNames()].filter(isOneWord)),
    ...(name === 'interview' || name === 'quiz' ? tracks : []),
    ...(name === 'interview' ? [...setNames, 'mix', 'all'] : []),
  ];
};

/** Tells whether a pack's name is one word for a shell. Other names must be quoted, so they are not offered as completions. */
const isOneWord = (name: string): boolean => /^[\p{L}\p{N}\p{M}_@.:+/][\p{L}\p{N}\p{M}_@.:+/-]*$/u.test(name);

/**
 * Returns the completions that a shell offers. `words`: those after the program's name, of which the last is being typed and may be empty.
 */
export const completionsFor = async (words: readonly string[]): Promise<readonly string[]> => {
  const before = words.slice(0, -1);
  const typed = words.at(-1) ?? '';
  const entry = catalog.find(({name}) => before.includes(name));
  const options = [...globalOptions, ...(await (entry ?? menuEntry).load()).options];
  const asked = options.find((each) => each.kind !== 'flag' && namesOf(each).includes(before.at(-1) ?? ''));
  const offered = asked
    ? (asked.choices ?? [])
    : typed.startsWith('-')
      ? options.flatMap(namesOf)
      : entry
        ? await subjectsOf(entry)
        : catalog.map(({name}) => name);
  return offered.filter((word) => word.startsWith(typed));
};
