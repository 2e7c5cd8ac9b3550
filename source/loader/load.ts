// Runs the built program. Its chunks are packed together (scripts/archive.mjs), or modules of `packet-tutor/core`; each becomes a function
// and runs once, when it is asked for.
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {Script} from 'node:vm';
import {brotliDecompressSync} from 'node:zlib';
import {asFunction} from './as-function.ts';
import {codeCache} from './code-cache.ts';

/** What a chunk exports, by name. Only of the first one anything is known here. */
type Exports = typeof import('../commands/main.ts');

type Chunk = (
  need: (name: string) => Exports,
  later: (name: string) => Promise<Exports>,
  require: NodeJS.Require,
  meta: {readonly url: string},
) => Exports;

/** In octets. */
type Index = {readonly [name: string]: readonly [from: number, to: number]};

// What we wrote ourselves when the program was built is taken at its word.
const read = (line: string): Index => JSON.parse(line);

/** Read at once, because a new build may replace it; unpacked when something is asked of it. */
const archive = (path: URL) => {
  const packed = readFileSync(path);
  let unpacked: {readonly index: Index; readonly texts: Buffer} | undefined;
  return {
    packed,
    open: () => {
      if (unpacked) return unpacked;
      const whole = brotliDecompressSync(packed);
      const end = whole.indexOf('\n');
      unpacked = {index: read(whole.toString('utf8', 0, end)), texts: whole.subarray(end + 1)};
      return unpacked;
    },
  };
};

/**
 * @param first the name of the chunk with `main`
 * @param url of a file beside the archives
 */
export const loadProgram = (first: string, url: string): Exports => {
  const file = (name: string): URL => new URL(name, url);
  // What every start needs, and the rest.
  const archives = ['start.br', 'rest.br'].map((name) => archive(file(name)));
  const textOf = (name: string): string => {
    for (const {open} of archives) {
      const {index, texts} = open();
      const place = index[name];
      if (place) return asFunction(name, texts.toString('utf8', ...place));
    }
    return asFunction(name, readFileSync(file(name), 'utf8'));
  };
  const cache = codeCache(archives.map(({packed}) => packed));
  const require = createRequire(url);
  const ran = new Map<string, Exports>();
  const need = (name: string): Exports => {
    const known = ran.get(name);
    if (known) return known;
    const {text = textOf(name), code} = cache.of(name) ?? {};
    const script = new Script(text, {filename: file(name).href, cachedData: code});
    cache.ran(name, {text, script});
    const chunk: Chunk = script.runInThisContext();
    const exports = chunk(need, later, require, {url});
    ran.set(name, exports);
    return exports;
  };
  const later = async (name: string): Promise<Exports> => need(name);
  return need(first);
};
