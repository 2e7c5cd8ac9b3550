// Misspelt words of protocols: each is reported at its place, with what is allowed there.

import {describe, expect, test} from 'vitest';
import {vocabulary} from '../../source/lesson/protocols.ts';
import {errorsOf} from './fragments.ts';
import {matches} from './matching.ts';
import {misspelt} from './told-problem.ts';

const list = Object.keys(vocabulary.apps);

describe('misspelt words of protocols', () => {
  test.each([
    ['{host: server, htpp: {port: 80}}', misspelt('15:23', 'htpp', 'http', 'key')],
    ['{http: {port: 80}}', {at: '15:8', says: 'schemaProblems.missing', name: 'host'}],
    ['{host: server}', {at: '15:8', says: 'pieces.wordOf', list}],
    ['{host: server, http: {}, tls: {}}', {at: '15:8', says: 'pieces.wordOf', list}],
    ['{host: sever, http: {}}', misspelt('15:15', 'sever', 'server', 'host')],
  ])('apps: [%s]', (app, error) => {
    expect(errorsOf({runs: `apps: [${app}]\n`})).toContainEqual(expect.objectContaining(error));
  });

  test('a misspelt actor', () => {
    matches(errorsOf({runs: 'actors: [{nap: r1}]\n'}), misspelt('15:11', 'nap', 'nat'));
  });
});
