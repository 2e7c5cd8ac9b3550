// Which tests stand for a source file: those of its room that load it, the nearest first.
import {basename, dirname} from 'node:path/posix';
import type {SourceFile} from '../../test/helpers/architecture.ts';

type Files = ReadonlyMap<string, SourceFile>;
type Test = {readonly file: SourceFile; readonly loads: ReadonlySet<string>};

const loadedBy = (test: string, files: Files): ReadonlySet<string> => {
  const found = new Set([test]);
  for (const path of found) {
    for (const {file, typeOnly} of files.get(path)?.imports ?? [])
      if (file !== undefined && !typeOnly) found.add(file);
  }
  return found;
};

const mirrorOf = (path: string): string => path.replace(/^source\//, 'test/').replace(/\.tsx?$/, '');

/** Tests of the same name, and those that import the file themselves. */
const namesIt = (path: string, test: SourceFile): boolean =>
  test.path.startsWith(`${mirrorOf(path)}.test.`) ||
  test.imports.some(({file, typeOnly}) => file === path && !typeOnly);

/** How many folders up from where the test of `path` would stand; beside it is 0. */
const foldersUp = (path: string, test: SourceFile): number => {
  const folders = dirname(mirrorOf(path)).split('/');
  const up = folders.findIndex(
    (_, n) => dirname(test.path) === folders.slice(0, folders.length - n).join('/'),
  );
  return up < 0 ? folders.length : up;
};

/** In the order in which they build on each other. */
const rooms = ['wire', 'stack', 'sim', 'observe', 'lesson', 'present', 'io', 'ui', 'commands'];

/** Tests that load `path`: those of its room, or of the next above that has some. */
const firstRoom = (path: string, loading: readonly Test[]): readonly Test[] => {
  const own = rooms.indexOf(path.split('/')[1] ?? '');
  const inRoom = (room: string) => loading.filter(({file}) => file.path.startsWith(`test/${room}/`));
  return (
    rooms
      .slice(Math.max(0, own))
      .map(inRoom)
      .find((found) => found.length > 0) ?? []
  );
};

const count = (text: string, word: string): number =>
  text.match(new RegExp(word.replaceAll('-', '.?'), 'gi'))?.length ?? 0;

/**
 * First the test of the same name, then those that import the file themselves, then those of the mirrored folder, then the
 * rest of its room: always only tests that load the file, of several those first that speak of it most. What its room
 * has no test of, the next room above has to notice.
 */
export const mirroredTests = (tree: readonly SourceFile[], testPaths: readonly string[]) => {
  const files: Files = new Map(tree.map((file) => [file.path, file]));
  const tests = tree
    .filter(({path}) => testPaths.includes(path))
    .map((file) => ({file, loads: loadedBy(file.path, files)}));
  return (path: string): readonly string[] => {
    const mirror = mirrorOf(path);
    const rank = ({file, loads}: Test): readonly number[] => [
      file.path.startsWith(`${mirror}.test.`) ? 0 : 1,
      namesIt(path, file) ? 0 : 1,
      foldersUp(path, file),
      -count(file.text, basename(mirror)),
      -count(file.text, basename(dirname(mirror))),
      loads.size,
    ];
    const able = tests.filter(({loads}) => loads.has(path));
    return [...firstRoom(path, able)]
      .map((test) => ({path: test.file.path, rank: rank(test)}))
      .sort((a, b) => {
        const apart = a.rank.map((each, at) => each - (b.rank[at] ?? 0)).find((each) => each !== 0);
        return apart ?? (a.path < b.path ? -1 : 1);
      })
      .map((each) => each.path);
  };
};
