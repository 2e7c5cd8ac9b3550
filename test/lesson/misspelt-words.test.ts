// Misspelt words of protocols: each is reported at its place, with what is allowed there.

import {describe, expect, test} from 'vitest';
import {vocabulary} from '../../source/lesson/protocols.ts';
import {errorsOf} from './fragments.ts';
import {matches} from './matching.ts';

const apps = Object.keys(vocabulary.apps).join(', ');

describe('misspelt words of protocols', () => {
  test.each([
    ['{host: server, htpp: {port: 80}}', /^15:23 no key “htpp” \|/],
    ['{http: {port: 80}}', /^15:8 host: is missing/],
    ['{host: server}', `15:8 which one is meant here? | exactly one of: ${apps}`],
    ['{host: server, http: {}, tls: {}}', `15:8 which one is meant here? | exactly one of: ${apps}`],
    ['{host: sever, http: {}}', '15:15 no host “sever” | did you mean server? allowed here: client, server'],
  ])('apps: [%s]', (app, error) => {
    expect(errorsOf({runs: `apps: [${app}]\n`})).toContainEqual(
      typeof error === 'string' ? error : expect.stringMatching(error),
    );
  });

  test('a misspelt actor', () => {
    matches(
      errorsOf({runs: 'actors: [{nap: r1}]\n'}),
      /^15:11 no key “nap” \| did you mean nat\? allowed here: firewall, rules, nat, idle, outside, tap, between, can, edit, http, tls/,
    );
  });
});
