// Where the JSON Schema of lessons lies, for editors.
import {existsSync} from 'node:fs';
import {dirname, relative} from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';

// The built program runs from dist/, this file lies in source/io.
const places = ['./lesson.schema.json', '../../dist/lesson.schema.json'];

/** As a comment in `file` names it: relative where both lie below the working folder, so that it holds for others too. */
export const schemaFor = (file: string): string => {
  const found = places.map((place) => new URL(place, import.meta.url)).find((url) => existsSync(url));
  if (found === undefined) throw new Error('the lesson schema is missing: run npm run build');
  const path = fileURLToPath(found);
  const inside = [path, file].every((each) => /^(?!\.\.|[\\/]|\w:)/.test(relative(process.cwd(), each)));
  return inside ? relative(dirname(file), path).replaceAll('\\', '/') : found.href;
};
