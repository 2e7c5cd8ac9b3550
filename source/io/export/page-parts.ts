// Reads the script and the style of the exported page from the files that the build has made.
import {existsSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

// The folder of the exported page's script and style. It is looked for from dist/, where the built program runs, and from source/io/export,
// where this file lies.
const folder = (): string => {
  const candidates = ['./page/', '../../../dist/page/'].map((path) => new URL(path, import.meta.url));
  const found = candidates.find((url) => existsSync(new URL('page.js', url)));
  if (found === undefined) throw new Error('the page is missing: run npm run build');
  return fileURLToPath(found);
};

export type PageParts = {readonly script: string; readonly style: string};

export const pageParts = (): PageParts => ({
  script: readFileSync(`${folder()}page.js`, 'utf8'),
  style: readFileSync(`${folder()}page.css`, 'utf8'),
});
