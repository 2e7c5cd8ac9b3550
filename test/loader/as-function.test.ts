// A chunk as a function: what Node makes of the module by ECMAScript's rules, written out by hand for each form of the minifier.
import {createRequire} from 'node:module';
import {Script} from 'node:vm';
import {expect, test} from 'vitest';
import {asFunction} from '../../source/loader/as-function.ts';

const others: Readonly<Record<string, object>> = {
  'chunks/a.js': {a: 1, b: 2, default: 3},
  'chunks/b.js': {x: 'passed on'},
};

/** What it exports, and whom it asked for. */
const ran = (name: string, code: string) => {
  const asked: string[] = [];
  const need = (wanted: string): object | undefined => {
    asked.push(wanted);
    return others[wanted];
  };
  const made = new Script(asFunction(name, code)).runInThisContext();
  return {exports: made(need, undefined, createRequire(import.meta.url)), asked};
};

test.each([
  ['import{a as e,b}from"./a.js";var t=e+b;export{t as sum};', {sum: 3}, ['chunks/a.js']],
  ['import e from"./a.js";export{e as default};', {default: 3}, ['chunks/a.js']],
  ['import*as e from"./a.js";var t=Object.keys(e).length;export{t};', {t: 3}, ['chunks/a.js']],
  ['import"./a.js";var e=`export{`;export{e};', {e: 'export{'}, ['chunks/a.js']],
  ['export{x as a}from"./b.js";import"./a.js";', {a: 'passed on'}, ['chunks/a.js', 'chunks/b.js']],
  ['import e from"node:path";import{sep as t}from"node:path";var n=e.sep===t;export{n};', {n: true}, []],
  ['', {}, []],
])('%s', (code, exports, asked) => {
  expect(ran('chunks/c.js', code)).toEqual({exports, asked});
});

test('names are sought from where the chunk lies', () => {
  const code = (path: string): string => `import{a}from"${path}";export{a};`;
  for (const [name, path] of [
    ['main.js', './chunks/a.js'],
    ['core/core.js', '../chunks/a.js'],
    ['chunks/c.js', './a.js'],
  ] as const)
    expect(ran(name, code(path))).toEqual({exports: {a: 1}, asked: ['chunks/a.js']});
});
