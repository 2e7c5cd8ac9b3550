// Finds the JSON Schema of lessons, to which a new lesson refers so that editors can check it.
import {existsSync} from 'node:fs';
import {dirname, relative} from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';

// The places of the lesson schema: seen from dist/, where the built program runs, and from source/io, where this file lies.
const places = ['./lesson.schema.json', '../../dist/lesson.schema.json'];

/**
 * Returns the schema's location for a comment in `file`. The location is relative if both lie below the working folder, so that it is right
 * on other computers, too.
 */
export const schemaFor = (file: string): string => {
  const found = places.map((place) => new URL(place, import.meta.url)).find((url) => existsSync(url));
  if (found === undefined) throw new Error('the lesson schema is missing: run npm run build');
  const path = fileURLToPath(found);
  const inside = [path, file].every((each) => /^(?!\.\.|[\\/]|\w:)/.test(relative(process.cwd(), each)));
  return inside ? relative(dirname(file), path).replaceAll('\\', '/') : found.href;
};
