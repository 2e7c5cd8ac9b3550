// Runs the built program. Its chunks are functions in two archives (scripts/archive.mjs), or modules of `packet-tutor/core` that are made
// into functions here. Each chunk runs once, when it is first asked for.
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {fileURLToPath} from 'node:url';
import {Script} from 'node:vm';
import {brotliDecompressSync, constants} from 'node:zlib';
import {asFunction} from './as-function.ts';
import {codeCache} from './code-cache.ts';

/** The exports of a chunk of the program, by name. The type is right only for the first chunk. */
type Exports = typeof import('../commands/main.ts');

type Chunk = (
  need: (name: string) => Exports,
  later: (name: string) => Promise<Exports>,
  require: NodeJS.Require,
  meta: {readonly url: string},
) => Exports;

/** The offsets of each chunk's text by the chunk's name: of its first octet, and after its last. */
type Places = {readonly [name: string]: readonly [from: number, to: number]};

/** The first line of `start.txt`, which contains the texts of the chunks that a start needs; it tells where each text lies. */
type Head = {
  /** A hash of the texts of all chunks, which identifies the build. */
  readonly build: string;
  /** The offsets of the chunks' texts in `start.txt`, counted from the end of its first line. */
  readonly places: Places;
  /** The offsets of the chunks' texts in the unpacked content of `rest.br`. */
  readonly packed: Places;
  /** The points up to which `rest.br` can be unpacked: its first `octets` octets give `texts` octets of text. */
  readonly cuts: readonly (readonly [texts: number, octets: number])[];
};

// The JSON is trusted without checks, because our own build has written it.
const readHead = (line: string): Head => JSON.parse(line);

/**
 * Reads the archives and gives the texts of the program's chunks. Both files are read at once, because a new build may replace them;
 * `rest.br` is unpacked only as far as needed.
 */
const archives = (folder: string) => {
  const start = readFileSync(`${folder}start.txt`);
  const packed = readFileSync(`${folder}rest.br`);
  const end = start.indexOf('\n');
  const head = readHead(start.toString('utf8', 0, end));
  const texts = start.subarray(end + 1);
  let unpacked = Buffer.alloc(0);
  const unpackTo = (to: number): Buffer => {
    if (to <= unpacked.length) return unpacked;
    const [, octets] = head.cuts.find(([most]) => to <= most) ?? [];
    unpacked = brotliDecompressSync(packed.subarray(0, octets), {
      // Brotli must accept that its input ends early, because `rest.br` is cut on purpose.
      finishFlush: constants.BROTLI_OPERATION_FLUSH,
    });
    return unpacked;
  };
  const textOf = (name: string): string | undefined => {
    const place = head.places[name];
    if (place) return texts.toString('utf8', ...place);
    const inRest = head.packed[name];
    return inRest && unpackTo(inRest[1]).toString('utf8', ...inRest);
  };
  return {build: head.build, textOf};
};

/**
 * Loads the program and returns the exports of the first chunk.
 * @param first the name of the chunk with `main`
 * @param url the URL of a file beside the archives
 */
export const loadProgram = (first: string, url: string): Exports => {
  const {href} = new URL('.', url);
  const folder = fileURLToPath(href);
  const {build, textOf} = archives(folder);
  const cache = codeCache(build);
  const require = createRequire(url);
  const ran = new Map<string, Exports>();
  const need = (name: string): Exports => {
    const known = ran.get(name);
    if (known) return known;
    const text = textOf(name) ?? asFunction(name, readFileSync(folder + name, 'utf8'));
    const script = new Script(text, {filename: href + name, cachedData: cache.of(name)});
    cache.ran(name, script);
    const chunk: Chunk = script.runInThisContext();
    const exports = chunk(need, later, require, {url});
    ran.set(name, exports);
    return exports;
  };
  const later = async (name: string): Promise<Exports> => need(name);
  return need(first);
};
