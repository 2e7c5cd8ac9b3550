// Turns the text of a module chunk into that of a function, which gets the chunk's imports and returns its exports. It reads only the forms
// that the minifier writes; scripts/archive.mjs compiles every result, so that any other form makes the build fail.
import {posix} from 'node:path';

/**
 * Matches an import or re-export statement of a minified chunk, such as `import*as a from"…";`, `import{b as c}from"…";` and `export{b as
 * c}from"…";`.
 */
const statement =
  /(?:import *(?:\*as ([\w$]+)|([\w$]+))? *,?(?:\{([^}]*)\})?|export\{([^}]*)\}) *(?:from)?"([^"]+)";/y;

const lastStatement = /export\{([^}]*)\};$/y;

/** Turns a list of imports or exports such as `a as b,c` into `made('a', 'b'),made('c', 'c')`. */
const listed = (list: string, made: (from: string, to: string) => string): string =>
  list
    .split(',')
    .map((each) => {
      const [from = '', to = from] = each.split(' as ');
      return made(from, to);
    })
    .join(',');

/** Returns the text of a function that does what a module chunk does. @param name the chunk's path below the folder of the archives */
export const asFunction = (name: string, code: string): string => {
  const folder = posix.dirname(name);
  const place = (wanted: string): string => {
    if (!wanted.startsWith('.')) return `require("${wanted}")`;
    // Most imported chunks are in the same folder. Their paths are joined as text, because `posix.join` is slower and a start resolves a
    // hundred of them.
    const near = wanted.startsWith('./') && folder !== '.';
    return `__need("${near ? `${folder}/${wanted.slice(2)}` : posix.join(folder, wanted)}")`;
  };
  const first: string[] = [];
  const told: string[] = [];
  let start = 0;
  for (;;) {
    statement.lastIndex = start;
    const found = statement.exec(code);
    if (!found) break;
    const [said, whole, byDefault, imported, passedOn, wanted = ''] = found;
    const module = place(wanted);
    // The default export of a module of Node is the module itself.
    const all = whole ?? (wanted.startsWith('.') ? undefined : byDefault);
    if (all !== undefined) first.push(`const ${all}=${module};`);
    else if (byDefault !== undefined) first.push(`const{default:${byDefault}}=${module};`);
    if (imported !== undefined) first.push(`const{${imported.replaceAll(' as ', ':')}}=${module};`);
    if (passedOn !== undefined) told.push(listed(passedOn, (from, to) => `${to}:${module}.${from}`));
    if (said.startsWith('import"')) first.push(`${module};`);
    start += said.length;
  }
  lastStatement.lastIndex = Math.max(start, code.lastIndexOf('export{'));
  const last = lastStatement.exec(code);
  if (last?.[1]) told.push(listed(last[1], (from, to) => `${to}:${from}`));
  // The function's parameters have longer names than a minifier makes, so that they hide no name of the chunk.
  const parameters = '__need,__later,require,__meta';
  const body = code.slice(start, last?.index);
  return `(function(${parameters}){"use strict";${first.join('')}${body}\nreturn{${told.join()}}})`;
};
