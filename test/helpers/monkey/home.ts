// Where the monkey lives: a folder of its own with copies of the captures, so that what it writes harms nothing.
import {cpSync, mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import process from 'node:process';
import {root} from '../root.ts';
import {captureFiles} from './sources.ts';

const folders = ['XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_STATE_HOME', 'XDG_CACHE_HOME'];

/** Goes there, and says how to leave. A terminal is pretended: the app itself is driven without one. */
export const moveIn = (): (() => void) => {
  const home = mkdtempSync(join(tmpdir(), 'packet-tutor-monkey-'));
  const before = process.cwd();
  for (const file of captureFiles()) {
    mkdirSync(join(home, dirname(file)), {recursive: true});
    cpSync(join(root, file), join(home, file));
  }
  process.chdir(home);
  // By these, because where the home is has been asked before.
  for (const name of folders) process.env[name] = join(home, name);
  for (const stream of [process.stdin, process.stdout])
    Object.defineProperty(stream, 'isTTY', {value: true, configurable: true});
  // A pipe has none.
  process.stdin.unref ??= () => process.stdin;
  return () => {
    process.chdir(before);
    for (const name of folders) delete process.env[name];
    rmSync(home, {recursive: true, force: true});
  };
};
