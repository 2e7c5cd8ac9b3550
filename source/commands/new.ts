// `new`: makes a lesson that already passes its check, with --challenge a challenge, with --pack a folder of lessons. It never overwrites anything.

import {basename} from 'node:path';
import type {Command, Outcome} from '../app/command.ts';
import {printLine} from '../app/print.ts';
import {version} from '../app/version.ts';
import {writeProblem} from '../io/file-problem.ts';
import {createFiles} from '../io/file-writing.ts';
import {schemaFor} from '../io/lesson-schema.ts';
import {newChallenge, newLesson} from '../lesson/lesson-template.ts';
import {type NewFile, newPack} from '../lesson/pack-template.ts';
import {tracks} from '../lesson/tracks.ts';
import {badName, newSentences} from '../words/catalogue/new-errors.ts';
import {problemOf} from '../words/problem.ts';
import {shellFile} from '../words/written.ts';

type Kind = 'lesson' | 'pack' | 'challenge';

const isName = (name: string): boolean => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name);

/** Splits the path of a new lesson into folder and name; `folder/my-lesson` and `folder/my-lesson.yaml` give the same name. */
const split = (given: string): {readonly folder: string; readonly name: string} => {
  const [, folder = '', last = ''] = /^(.*[\\/])?([^\\/]*)$/.exec(given) ?? [];
  return {folder: folder === '' ? '.' : folder, name: last.replace(/\.ya?ml$/i, '')};
};

const filesOf = (folder: string, name: string, kind: Kind): readonly NewFile[] => {
  if (kind === 'pack') return newPack(name, version).map(({path, text}) => ({path: `${name}/${path}`, text}));
  const path = `${name}.yaml`;
  const schema = schemaFor(`${folder}/${path}`);
  if (kind === 'challenge') return [{path, text: newChallenge(name, schema)}];
  // If the folder is named like a track, the new lesson belongs to that track, as the lessons of the program do.
  const track = tracks.find((each) => each === basename(folder));
  return [{path, text: newLesson(name, schema, track)}];
};

const create = (given: string, kind: Kind): Outcome => {
  const {folder, name} = split(given);
  if (!isName(name)) return {...problemOf(badName, {given}), exit: 2};
  const files = filesOf(folder, name, kind);
  const pack = kind === 'pack';
  // A pack is created only as a new folder, because its files would clutter a folder that is already in use.
  const made = createFiles(folder, files, pack ? name : undefined);
  if (!made.ok) return {...writeProblem(made.error.file, made.error.error), exit: 2};
  const shown = (path: string): string => (folder === '.' ? path : `${folder}${path}`);
  const first = shown(files.at(-1)?.path ?? '');
  printLine(`packet-tutor check ${shellFile(pack ? shown(name) : first)}`);
  printLine(`packet-tutor ${kind === 'challenge' ? 'challenge' : 'play'} ${shellFile(first)}`);
  if (pack) printLine(`packet-tutor quiz ${shellFile(shown(name))}`);
  return 0;
};

export const newCommand: Command = {
  options: [
    {name: 'pack', kind: 'flag', describe: newSentences.newCommand.options.pack.describe},
    {name: 'challenge', kind: 'flag', describe: newSentences.newCommand.options.challenge.describe},
  ],
  run: async (args) =>
    create(
      args.positionals[0] ?? '',
      args.flag('pack') ? 'pack' : args.flag('challenge') ? 'challenge' : 'lesson',
    ),
};
