// A twin of a recording says one thing that the kernel did not do: a machine that passes it as well has shown nothing.
import {expect, test} from 'vitest';
import {open, recordings} from '../../helpers/kernel-recordings.ts';
import {few} from '../../helpers/seeds.ts';
import {verdict} from './bench.ts';
import {twinsOf} from './twins.ts';

test('no twin of a recording passes', () => {
  const twins = recordings
    .filter(({name}) => !open.includes(name))
    .flatMap(({name, source}) =>
      twinsOf(source).map(({what, source: twin}) => ({twin, what: `${name}: ${what}`})),
    );
  const deaf = few(twins, 700).filter(({twin}) => verdict(twin) === 'pass');
  expect(deaf.map(({what}) => what)).toEqual([]);
});
