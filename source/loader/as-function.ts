// A chunk as the text of a function, which takes what a module has by its syntax and returns what it exports. The minifier writes
// imports first, `export{…}` last, and what is only passed on before all: each in one form. scripts/archive.mjs compiles what comes out of
// every chunk, so that another form fails the build.
import {posix} from 'node:path';

/** `import*as a from"…";`, `import a from"…";`, `import{b as c}from"…";`, `import"…";`, `export{b as c}from"…";` */
const statement =
  /(?:import *(?:\*as ([\w$]+)|([\w$]+))? *,?(?:\{([^}]*)\})?|export\{([^}]*)\}) *(?:from)?"([^"]+)";/y;

const lastStatement = /export\{([^}]*)\};$/y;

/** `a as b,c` → `made('a', 'b'),made('c', 'c')` */
const listed = (list: string, made: (from: string, to: string) => string): string =>
  list
    .split(',')
    .map((each) => {
      const [from = '', to = from] = each.split(' as ');
      return made(from, to);
    })
    .join(',');

/** @param name of the chunk, from the folder of the archives */
export const asFunction = (name: string, code: string): string => {
  const folder = posix.dirname(name);
  const place = (wanted: string): string => {
    if (!wanted.startsWith('.')) return `require("${wanted}")`;
    // Most are neighbours, and a hundred of them are asked for at once.
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
    // What Node's own modules export by default is all of them.
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
  // No minifier makes names as long.
  const parameters = '__need,__later,require,__meta';
  const body = code.slice(start, last?.index);
  return `(function(${parameters}){"use strict";${first.join('')}${body}\nreturn{${told.join()}}})`;
};
