// Every command, light enough to list them all: each one's code is loaded when it is called.
import type {CatalogEntry} from '../app/command.ts';
import {catalogSentences} from '../words/catalogue/cli.ts';

export const catalog: readonly CatalogEntry[] = [
  {
    name: 'list',
    positionals: '[PACK..]',
    describe: catalogSentences.catalog.list.describe,
    load: async () => (await import('./list.ts')).list,
  },
  {
    name: 'play',
    positionals: '<SOURCE>',
    describe: catalogSentences.catalog.play.describe,
    load: async () => (await import('./play.ts')).play,
  },
  {
    name: 'show',
    positionals: '<SOURCE>',
    describe: catalogSentences.catalog.show.describe,
    load: async () => (await import('./show.ts')).show,
  },
  {
    name: 'inspect',
    positionals: '<CAPTURE>',
    describe: catalogSentences.catalog.inspect.describe,
    load: async () => (await import('./inspect.ts')).inspect,
  },
  {
    name: 'review',
    positionals: '[PACK]',
    describe: catalogSentences.catalog.review.describe,
    load: async () => (await import('./review.ts')).review,
  },
  {
    name: 'progress',
    positionals: '',
    describe: catalogSentences.catalog.progress.describe,
    load: async () => (await import('./progress.ts')).progressCommand,
  },
  {
    name: 'export',
    positionals: '<SOURCE>',
    describe: catalogSentences.catalog.export.describe,
    load: async () => (await import('./export.ts')).exportCommand,
  },
  {
    name: 'quiz',
    positionals: '[LESSON..]',
    describe: catalogSentences.catalog.quiz.describe,
    load: async () => (await import('./quiz.ts')).quiz,
  },
  {
    name: 'interview',
    positionals: '[TOPIC]',
    describe: catalogSentences.catalog.interview.describe,
    load: async () => (await import('./interview.ts')).interview,
  },
  {
    name: 'check',
    positionals: '[FILE..]',
    describe: catalogSentences.catalog.check.describe,
    load: async () => (await import('./check.ts')).check,
  },
  {
    name: 'new',
    positionals: '<NAME>',
    describe: catalogSentences.catalog.new.describe,
    load: async () => (await import('./new.ts')).newCommand,
  },
  {
    name: 'words',
    positionals: '[KIND]',
    describe: catalogSentences.catalog.words.describe,
    load: async () => (await import('./words.ts')).words,
  },
];

/** The bare call. */
export const menuEntry: CatalogEntry = {
  name: '$0',
  positionals: '',
  describe: catalogSentences.menuEntry.describe,
  load: async () => (await import('./menu.ts')).menu,
};
