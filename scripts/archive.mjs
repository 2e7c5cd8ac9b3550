// The chunks of the program as the archives that source/loader/load.ts unpacks: each is the text of a function, which takes what a module
// has by its syntax and returns what it exports. A module costs a start a file to find, and Node 20 compiles it at every start.
import {isBuiltin} from 'node:module';
import {posix} from 'node:path';
import {promisify} from 'node:util';
import {Script} from 'node:vm';
import {brotliCompress, constants} from 'node:zlib';
import {parseSync} from 'rolldown/utils';

// No minifier makes names as long.
const parameters = '__need,__later,require,__meta';

/** `import {a as b} from './x.js'` → `const {a: b} = __need('x.js');` */
const imported = ({moduleRequest, entries}, place) => {
  const module = place(moduleRequest.value);
  const own = isBuiltin(moduleRequest.value);
  if (entries.length === 0) return `${module};`;
  return entries
    .map(({importName: {kind, name}, localName: {value: local}}) => {
      const key = kind === 'Default' ? 'default' : name;
      const whole = kind === 'NamespaceObject' || (own && key === 'default');
      return `const ${whole ? local : `{${key}:${local}}`}=${module};`;
    })
    .join('');
};

/** What a chunk is as a module, and what stands in its place in a function: [from, to, text]; with what comes before and is returned. */
const changes = (path, code) => {
  const {module, errors} = parseSync(path, code);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0].message}`);
  const resolved = (name) => JSON.stringify(posix.join(posix.dirname(path), name));
  const place = (name) => (isBuiltin(name) ? `require("${name}")` : `__need(${resolved(name)})`);
  const first = module.staticImports.map((each) => imported(each, place));
  const told = [];
  const cuts = module.staticImports.map(({start, end}) => [start, end, '']);
  for (const {start, end, entries} of module.staticExports) {
    const statement = code.slice(start, end);
    if (statement.startsWith('export default')) {
      told.push('default:__default');
      cuts.push([start, end, `const __default=${statement.slice('export default'.length)};`]);
      continue;
    }
    for (const {moduleRequest, importName, localName, exportName} of entries) {
      if (!statement.startsWith('export{')) throw new Error(`${path}: ${statement.slice(0, 80)}`);
      const value = moduleRequest ? `${place(moduleRequest.value)}.${importName.name}` : localName.name;
      told.push(`${exportName.name ?? 'default'}:${value}`);
    }
    cuts.push([start, end, '']);
  }
  for (const {start, end, moduleRequest} of module.dynamicImports) {
    const name = code.slice(moduleRequest.start + 1, moduleRequest.end - 1);
    if (!name.startsWith('.')) throw new Error(`${path} imports ${name} later`);
    cuts.push([start, end, `__later(${resolved(name)})`]);
  }
  for (const {start, end} of module.importMetas) cuts.push([start, end, '__meta']);
  return {first: first.join(''), told: told.join(','), cuts: cuts.sort(([a], [b]) => a - b)};
};

/** The function in parts: what stays of the module, as [from, to], and texts. */
const functionOf = (path, code) => {
  const {first, told, cuts} = changes(path, code);
  const parts = [`(function(${parameters}){"use strict";${first}`];
  let at = 0;
  for (const [start, end, text] of [...cuts, [code.length, code.length, `\nreturn{${told}}})`]]) {
    if (start > at) parts.push([at, start]);
    if (text !== '') parts.push(text);
    at = end;
  }
  return parts;
};

const joined = (parts, code) =>
  parts.map((part) => (typeof part === 'string' ? part : code.slice(...part))).join('');

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
 * @param modules those of them that are files of their own as well
 * @param started those that every start needs
 */
export const makeArchives = async (chunks, {modules, started}) => {
  const all = [...chunks].map(([name, code]) => {
    const parts = functionOf(name, code);
    const text = joined(parts, code);
    // It has to be one.
    new Script(text, {filename: name});
    return {name, parts, text};
  });
  const archiveOf = (members) => {
    const index = {texts: {}, modules: {}};
    let at = 0;
    const texts = [];
    for (const {name, parts, text} of members) {
      if (modules.has(name)) {
        index.modules[name] = parts;
        continue;
      }
      texts.push(text);
      const end = at + Buffer.byteLength(text);
      index.texts[name] = [at, end];
      at = end;
    }
    return packed(`${JSON.stringify(index)}\n${texts.join('')}`);
  };
  const [start, rest] = await Promise.all(
    [true, false].map((wanted) => archiveOf(all.filter(({name}) => started.has(name) === wanted))),
  );
  return {'start.br': start, 'rest.br': rest};
};
