// Which flips the compiler lets pass: a program that it refuses is no program that a test could catch. Unused names and code that
// is never reached are let pass, too: they are no fault of types.
import {execFile} from 'node:child_process';
import {cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type Flip, flipped} from './places.ts';

const settings = [
  ...['--noEmit', '--pretty', 'false', '--incremental', '--tsBuildInfoFile', 'flips.tsbuildinfo'],
  ...['--noUnusedLocals', 'false', '--noUnusedParameters', 'false', '--allowUnreachableCode', 'true'],
];

/** Files with errors. */
const refusedIn = (folder: string): Promise<ReadonlySet<string>> =>
  new Promise((done) => {
    const tsc = join(folder, 'node_modules/.bin/tsc');
    const program = join(folder, 'tsconfig.core.json');
    execFile(tsc, ['-p', program, ...settings], {cwd: folder, maxBuffer: 1 << 28}, (_, told) => {
      done(new Set([...told.matchAll(/^(\S+?)\(\d+,\d+\): error /gm)].map(([, file = '']) => file)));
    });
  });

/** At most one of each file in a round, so that an error tells whose it is. */
const roundsOf = (flips: readonly Flip[]): readonly (readonly Flip[])[] => {
  const rounds: Flip[][] = [];
  for (const flip of flips) {
    const round = rounds.find((each) => each.every(({file}) => file !== flip.file));
    if (round) round.push(flip);
    else rounds.push([flip]);
  }
  return rounds;
};

/** The first `count` of `flips` that compile, and how many before them do not. */
export const compiled = async (
  {root, texts}: {readonly root: string; readonly texts: ReadonlyMap<string, string>},
  flips: readonly Flip[],
  count: number,
): Promise<{readonly chosen: readonly Flip[]; readonly refused: number}> => {
  const folder = mkdtempSync(join(tmpdir(), 'flips-'));
  const chosen: Flip[] = [];
  let tried = 0;
  try {
    for (const name of ['source', 'package.json', 'tsconfig.json', 'tsconfig.core.json'])
      cpSync(join(root, name), join(folder, name), {recursive: true});
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    const [before] = await refusedIn(folder);
    if (before !== undefined) throw new Error(`${before} does not compile without any flip`);
    while (chosen.length < count && tried < flips.length) {
      const next = flips.slice(tried, tried + count - chosen.length);
      const refused = new Set<Flip>();
      for (const round of roundsOf(next)) {
        for (const flip of round) {
          const {file, after, typed = after} = flip;
          writeFileSync(join(folder, file), flipped(texts.get(file) ?? '', {...flip, after: typed}));
        }
        const errors = await refusedIn(folder);
        for (const flip of round) {
          if (errors.has(flip.file)) refused.add(flip);
          writeFileSync(join(folder, flip.file), texts.get(flip.file) ?? '');
        }
      }
      chosen.push(...next.filter((flip) => !refused.has(flip)));
      tried += next.length;
    }
  } finally {
    rmSync(folder, {recursive: true});
  }
  return {chosen, refused: tried - chosen.length};
};
