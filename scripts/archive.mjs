// Packs the chunks of the program as functions into the archives that source/loader/load.ts reads. Modules would be slower: each one is a file that
// a start has to find, and Node 20 compiles it at every start.
import {createHash} from 'node:crypto';
import {isBuiltin} from 'node:module';
import {posix} from 'node:path';
import {finished} from 'node:stream/promises';
import {promisify} from 'node:util';
import {Script} from 'node:vm';
import {constants, createBrotliCompress} from 'node:zlib';
import {parseSync} from 'rolldown/utils';

/** `import a,{b as c}from"node:x";` → `import a from"node:x";import{b as c}from"node:x";` */
const single = ({moduleRequest: {value}, entries}) =>
  entries.map(({importName: {kind, name}, localName: {value: local}}) => {
    if (kind === 'NamespaceObject') return `import*as ${local} from"${value}";`;
    const all = kind === 'Default' || name === 'default';
    return `import${all ? ` ${local} ` : `{${name} as ${local}}`}from"${value}";`;
  });

/** Node's own modules are imported before all, where they are sought; `import.meta` and `import()` are parameters of the function. */
const prepared = (path, code) => {
  const {module, errors} = parseSync(path, code);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0].message}`);
  const first = module.staticImports.filter(({moduleRequest}) => isBuiltin(moduleRequest.value));
  const cuts = first.map(({start, end}) => [start, end, '']);
  for (const {start, end} of module.importMetas) cuts.push([start, end, '__meta']);
  for (const {start, end, moduleRequest} of module.dynamicImports) {
    const name = code.slice(moduleRequest.start + 1, moduleRequest.end - 1);
    if (!name.startsWith('.')) throw new Error(`${path} imports ${name} later`);
    cuts.push([start, end, `__later(${JSON.stringify(posix.join(posix.dirname(path), name))})`]);
  }
  const rest = cuts
    .sort(([a], [b]) => b - a)
    .reduce((text, [start, end, put]) => text.slice(0, start) + put + text.slice(end), code);
  return [...first.flatMap(single), rest].join('');
};

/** Packs texts one after the other. `cuts[n]` is the number of packed octets from which the first n + 1 texts can be unpacked without the rest. */
const packed = async (texts) => {
  const packer = createBrotliCompress({
    params: {[constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS},
  });
  const pieces = [];
  packer.on('data', (piece) => pieces.push(piece));
  const cuts = [];
  for (const text of texts) {
    packer.write(text);
    await promisify(packer.flush.bind(packer))(constants.BROTLI_OPERATION_FLUSH);
    cuts.push(Buffer.concat(pieces).length);
  }
  packer.end();
  await finished(packer);
  return {bytes: Buffer.concat(pieces), cuts};
};

/** The chunks that these load before they run, these too. */
export const closureOf = (names, outputs, kinds = ['import-statement']) => {
  const found = new Set();
  const visit = (name) => {
    if (found.has(name)) return;
    found.add(name);
    for (const {path, kind} of outputs[name]?.imports ?? []) if (kinds.includes(kind)) visit(path);
  };
  for (const name of names) visit(name);
  return found;
};

/**
 * Makes the two archives. What every start needs is not packed, because Brotli's first call alone takes several milliseconds. The rest can be
 * unpacked in stages, so that a command unpacks only as much as it needs.
 * @param chunks names → codes, in the order in which they are to stand
 * @param modules the chunks that are also files of their own; an archive contains only those of them that every start needs
 * @param stages the chunks that every start needs, followed by the chunks that fewer and fewer commands need
 * @param asFunction the loader's: what it makes of each has to be a script
 */
export const makeArchives = async (chunks, {modules, stages: [started, ...stages], asFunction}) => {
  const hash = createHash('sha256');
  const all = [...chunks].map(([name, code]) => {
    const text = asFunction(name, modules.has(name) ? code : prepared(name, code));
    new Script(text, {filename: name});
    hash.update(`${name}\n${text.length}\n${text}`);
    return [name, text];
  });
  const placesOf = (members) => {
    let at = 0;
    const places = {};
    for (const [name, text] of members) {
      const end = at + Buffer.byteLength(text);
      places[name] = [at, end];
      at = end;
    }
    return places;
  };
  const textOf = (members) => members.map(([, text]) => text).join('');
  const first = all.filter(([name]) => started.has(name));
  const others = all.filter(([name]) => !started.has(name) && !modules.has(name));
  const stageOf = (name) => stages.findIndex((stage) => stage.has(name));
  const staged = [...stages.keys(), -1].map((stage) => others.filter(([name]) => stageOf(name) === stage));
  const rest = await packed(staged.map(textOf));
  const head = {
    build: hash.digest('base64url'),
    places: placesOf(first),
    packed: placesOf(staged.flat()),
    cuts: rest.cuts.map((cut, stage) => [Buffer.byteLength(textOf(staged.slice(0, stage + 1).flat())), cut]),
  };
  return {'start.txt': `${JSON.stringify(head)}\n${textOf(first)}`, 'rest.br': rest.bytes};
};
