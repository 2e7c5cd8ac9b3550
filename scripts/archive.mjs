// The chunks of the program as the archives that source/loader/load.ts unpacks and makes functions of. A module costs a start a file to
// find, and Node 20 compiles it at every start.
import {isBuiltin} from 'node:module';
import {posix} from 'node:path';
import {promisify} from 'node:util';
import {Script} from 'node:vm';
import {brotliCompress, constants} from 'node:zlib';
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

const packed = (text) =>
  promisify(brotliCompress)(text, {
    params: {[constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS},
  });

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
 * @param chunks names → codes, in the order in which they are to stand
 * @param modules those of them that are files of their own
 * @param started those that every start needs
 * @param asFunction the loader's: what it makes of each has to be a script
 */
export const makeArchives = async (chunks, {modules, started, asFunction}) => {
  const all = [...chunks].map(([name, code]) => {
    const text = modules.has(name) ? code : prepared(name, code);
    new Script(asFunction(name, text), {filename: name});
    return [name, text];
  });
  const archiveOf = (members) => {
    const index = {};
    let at = 0;
    for (const [name, text] of members) {
      const end = at + Buffer.byteLength(text);
      index[name] = [at, end];
      at = end;
    }
    return packed(`${JSON.stringify(index)}\n${members.map(([, text]) => text).join('')}`);
  };
  const own = all.filter(([name]) => !modules.has(name));
  const [start, rest] = await Promise.all(
    [true, false].map((wanted) => archiveOf(own.filter(([name]) => started.has(name) === wanted))),
  );
  return {'start.br': start, 'rest.br': rest};
};
