// The package where somebody has installed it, and their compiler.
import {spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {afterAll} from 'vitest';
import {root} from './root.ts';

const strictest = [
  ...[
    '--noEmit',
    '--strict',
    '--skipLibCheck',
    'false',
    '--noUncheckedIndexedAccess',
    '--allowJs',
    '--checkJs',
  ],
  ...['--module', 'nodenext', '--target', 'es2022', '--lib', 'es2023', '--types'],
];

/** A folder in which the package is installed, as npm would, and what a strict compiler says of a file there. */
export const installed = () => {
  const place = mkdtempSync(join(tmpdir(), 'packet-tutor-library-'));
  afterAll(() => rmSync(place, {recursive: true}));
  mkdirSync(join(place, 'node_modules'));
  symlinkSync(root, join(place, 'node_modules', 'packet-tutor'), 'dir');
  symlinkSync(join(root, 'node_modules', '@types'), join(place, 'node_modules', '@types'), 'dir');
  writeFileSync(join(place, 'package.json'), '{"type": "module"}');
  const compiled = (file: string, text: string, types: string): string => {
    writeFileSync(join(place, file), text);
    const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const args = [compiler, ...strictest, types, file];
    return spawnSync(process.execPath, args, {cwd: place, encoding: 'utf8'}).stdout;
  };
  return {place, compiled};
};
