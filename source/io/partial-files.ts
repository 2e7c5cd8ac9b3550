// Names the temporary files under which the program writes, and removes those that a killed process has left.
import {randomBytes} from 'node:crypto';
import {lstatSync, readdirSync, rmSync} from 'node:fs';
import {join} from 'node:path';

const partialName = /^\.packet-tutor-[\w-]{12}\.tmp$/;

/** Returns a random name in the folder. It is not derived from a file's name, because that name with an ending could be too long. */
export const partialIn = (folder: string): string =>
  join(folder, `.packet-tutor-${randomBytes(9).toString('base64url')}.tmp`);

/**
 * The age in ms beyond which a temporary file was left by a process that was killed. A living process renames its file moments after the
 * last write. The age alone decides: on a shared disk the writer may run on another computer, where its process id means nothing here.
 */
const abandonedMs = 3_600_000;

const swept = new Set<string>();

/**
 * Removes the temporary files that killed processes have left in a folder, at most once for each folder while this process runs. What
 * cannot be removed stays.
 */
export const removeAbandoned = (folder: string): void => {
  if (swept.has(folder)) return;
  swept.add(folder);
  try {
    for (const name of readdirSync(folder).filter((each) => partialName.test(each))) {
      const path = join(folder, name);
      // Another process may remove the same file at this moment.
      const about = lstatSync(path, {throwIfNoEntry: false});
      if (about?.isFile() && Date.now() - about.mtimeMs > abandonedMs) rmSync(path, {force: true});
    }
  } catch {
    // The folder is missing, or it is not this user's: then there is nothing to remove.
  }
};
