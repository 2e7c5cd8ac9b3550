// Interprets a path that somebody has typed, pasted from a shell, or dropped onto the terminal as a file.
import {homedir} from 'node:os';
import process from 'node:process';

const isWindows = process.platform === 'win32';

/** Replaces `~` and `~/…` by the home folder, like a shell. */
export const expanded = (path: string, home = homedir()): string =>
  /^~(?=[\\/]|$)/.test(path) ? home + path.slice(1) : path;

/** Replaces the home folder at the beginning of a path by `~`, so that the path is shorter to read. */
export const shortened = (path: string, home = homedir()): string => {
  const rest = path.startsWith(home) ? path.slice(home.length) : undefined;
  return rest !== undefined && home !== '/' && /^([\\/]|$)/.test(rest) ? `~${rest}` : path;
};

const fromUri = (uri: string): string => {
  try {
    return decodeURIComponent(uri.replace(/^file:\/\/(localhost)?/, ''));
  } catch {
    return uri;
  }
};

/** Removes what terminals and file managers put around a name: quotes, backslashes before blanks, `file://`. */
export const unquoted = (text: string, backslashes = !isWindows): string => {
  if (/^file:\/\//.test(text)) return fromUri(text);
  const double = /^"(.*)"$/s.exec(text)?.[1];
  if (double !== undefined) return backslashes ? double.replace(/\\(["\\$`])/g, '$1') : double;
  // Within single quotes a POSIX shell writes a single quote as '\'', which is undone here.
  const single = /^'(.*)'$/s.exec(text)?.[1];
  if (single !== undefined) return single.replaceAll("'\\''", "'");
  return backslashes ? text.replace(/\\(.)/gs, '$1') : text;
};

/**
 * Returns the paths that the text may mean, the likelier first: a name may really contain quotes and backslashes. Blank text means none.
 */
export const pathsMeant = (typed: string): readonly string[] => {
  const text = typed.trim();
  return text === '' ? [] : [...new Set([expanded(text), expanded(unquoted(text))])];
};
