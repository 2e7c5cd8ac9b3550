// Words of lesson-language.md whose protocols are still to come: reported as such, at their place, and nothing else is hidden by it.
import {describe, expect, test} from 'vitest';
import {errorsOf} from './fragments.ts';

const matches = (found: readonly string[], ...errors: readonly (string | RegExp)[]): void =>
  expect(found).toEqual(
    errors.map((each) => (typeof each === 'string' ? each : expect.stringMatching(each))),
  );

describe('words of protocols to come', () => {
  test.each([
    [
      {checks: 'checks: [{that: \'client.certificate("c").age == 5\', because: x}]\n'},
      /^17:2\d the value of a host “certificate.age” is part of the language/,
    ],
  ])('%j', (changed, error) => {
    matches(errorsOf(changed), error);
  });

  test('all of an expression are named, and what is really wrong comes first', () => {
    const check = (that: string): string => `checks: [{that: '${that}', because: x}]\n`;
    const found = errorsOf({checks: check('client.certificate.age == 5 && server.certificate.left == 1')});
    expect(found.map((line) => /“(.*?)”/.exec(line)?.[1])).toEqual(['certificate.age', 'certificate.left']);
    matches(errorsOf({checks: check('client.certificate.age == 5 && clent.state == 1')}), /no name “clent”/);
  });

  test.each([
    ['{host: server, htpp: {port: 80}}', /^15:23 no key “htpp” \|/],
    ['{http: {port: 80}}', /^15:8 host: is missing/],
    ['{host: server}', '15:8 which one is meant here? | exactly one of: dns, http, tls'],
    ['{host: server, http: {}, tls: {}}', '15:8 which one is meant here? | exactly one of: dns, http, tls'],
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
