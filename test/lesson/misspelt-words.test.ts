// Misspelt words of protocols: each is reported at its place, with what is allowed there.

import {describe, expect, test} from 'vitest';
import {vocabulary} from '../../source/lesson/protocols.ts';
import {errorsOf} from './fragments.ts';
import {matches} from './matching.ts';

const list = Object.keys(vocabulary.apps);

describe('misspelt words of protocols', () => {
  test.each([
    [
      '{host: server, htpp: {port: 80}}',
      {at: '15:23', says: 'problem.unknownWord', near: 'http', kind: 'key', given: 'htpp'},
    ],
    ['{http: {port: 80}}', {at: '15:8', says: 'schemaProblems.missing', name: 'host'}],
    ['{host: server}', {at: '15:8', says: 'pieces.wordOf', list}],
    ['{host: server, http: {}, tls: {}}', {at: '15:8', says: 'pieces.wordOf', list}],
    [
      '{host: sever, http: {}}',
      {at: '15:15', says: 'problem.unknownWord', near: 'server', kind: 'host', given: 'sever'},
    ],
  ])('apps: [%s]', (app, error) => {
    expect(errorsOf({runs: `apps: [${app}]\n`})).toContainEqual(expect.objectContaining(error));
  });

  test('a misspelt actor', () => {
    matches(errorsOf({runs: 'actors: [{nap: r1}]\n'}), {
      at: '15:11',
      says: 'problem.unknownWord',
      near: 'nat',
      kind: 'key',
      given: 'nap',
    });
  });
});
