// The environment of a child process whose settings and progress are to lie in a home of its own, on any system.
import process from 'node:process';

/** Windows finds the home by USERPROFILE, and Node its entropy below SystemRoot. */
export const homeEnv = (home: string): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '',
  HOME: home,
  ...(process.platform === 'win32'
    ? {USERPROFILE: home, SystemRoot: process.env['SystemRoot'] ?? 'C:\\Windows'}
    : {}),
});
