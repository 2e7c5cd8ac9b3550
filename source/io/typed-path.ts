// What somebody means who types a path, pastes it from a shell, or drops a file onto the terminal.
import {homedir} from 'node:os';
import process from 'node:process';

const isWindows = process.platform === 'win32';

/** `~` and `~/…` as shells read them. */
export const expanded = (path: string, home = homedir()): string =>
  /^~(?=[\\/]|$)/.test(path) ? home + path.slice(1) : path;

/** The other way round, for the eye. */
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

/** Without what terminals and file managers put around a name: quotes, backslashes before blanks, `file://`. */
export const unquoted = (text: string, backslashes = !isWindows): string => {
  if (/^file:\/\//.test(text)) return fromUri(text);
  const double = /^"(.*)"$/s.exec(text)?.[1];
  if (double !== undefined) return backslashes ? double.replace(/\\(["\\$`])/g, '$1') : double;
  // In single quotes a quote is written '\''.
  const single = /^'(.*)'$/s.exec(text)?.[1];
  if (single !== undefined) return single.replaceAll("'\\''", "'");
  return backslashes ? text.replace(/\\(.)/gs, '$1') : text;
};

/** The likelier first: a name may really have quotes and backslashes in it. None where nothing is named. */
export const pathsMeant = (typed: string): readonly string[] => {
  const text = typed.trim();
  return text === '' ? [] : [...new Set([expanded(text), expanded(unquoted(text))])];
};
