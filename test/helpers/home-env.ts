// The environment of a child process whose settings and progress are to lie in a home of its own, on any system.
import {join} from 'node:path';
import process from 'node:process';
import {root} from './root.ts';

/** Windows finds the home by USERPROFILE, and Node its entropy below SystemRoot. */
export const homeEnv = (home: string): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '',
  HOME: home,
  ...(process.platform === 'win32'
    ? {USERPROFILE: home, SystemRoot: process.env['SystemRoot'] ?? 'C:\\Windows'}
    : {}),
});

/** What V8 has compiled is the same in every home: a third of what a start costs. Where a system has no such variable each compiles. */
export const compiledEnv = {XDG_CACHE_HOME: join(root, 'node_modules', '.cache', 'packet-tutor', 'started')};
