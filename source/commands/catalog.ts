// The table of all commands of the program. It is quick to list, because each command's code is loaded only when the command is called.
import type {CatalogEntry} from '../app/command.ts';
import {catalogSentences} from '../words/catalogue/cli.ts';

const entry = (
  name: Exclude<keyof typeof catalogSentences.catalog, 'completion'>,
  positionals: string,
  load: CatalogEntry['load'],
): CatalogEntry => ({name, positionals, describe: catalogSentences.catalog[name].describe, load});

export const catalog: readonly CatalogEntry[] = [
  entry('list', '[PACK..]', async () => (await import('./list.ts')).list),
  entry('play', '<SOURCE>', async () => (await import('./play.ts')).play),
  entry('show', '<SOURCE>', async () => (await import('./show.ts')).show),
  entry('inspect', '<CAPTURE>', async () => (await import('./inspect.ts')).inspect),
  entry('explain', '<CAPTURE>', async () => (await import('./explain.ts')).explain),
  entry('review', '[PACK]', async () => (await import('./review.ts')).review),
  entry('progress', '', async () => (await import('./progress.ts')).progressCommand),
  entry('export', '<SOURCE>', async () => (await import('./export.ts')).exportCommand),
  entry('quiz', '[LESSON..]', async () => (await import('./quiz.ts')).quiz),
  entry('search', '<WORDS..>', async () => (await import('./search.ts')).search),
  entry('interview', '[TOPIC..]', async () => (await import('./interview.ts')).interview),
  entry('challenge', '[CHALLENGE]', async () => (await import('./challenge.ts')).challenge),
  entry('check', '[FILE..]', async () => (await import('./check.ts')).check),
  entry('new', '<NAME>', async () => (await import('./new.ts')).newCommand),
  entry('words', '[KIND]', async () => (await import('./words.ts')).words),
];

/** The entry for a call of the program without a command, which opens the menu. */
export const menuEntry: CatalogEntry = {
  name: '$0',
  positionals: '',
  describe: catalogSentences.menuEntry.describe,
  load: async () => (await import('./menu.ts')).menu,
};
