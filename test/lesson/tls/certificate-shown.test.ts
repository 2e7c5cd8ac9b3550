// Values of the certificate that a client was shown. Oracle: what Node's own X.509 parser reads in the PEM file.
import {X509Certificate} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {evaluate} from '../../../source/lesson/evaluate.ts';
import {parseExpression} from '../../../source/lesson/expression-parser.ts';
import {vocabulary} from '../../../source/lesson/protocols.ts';
import {valueText} from '../../../source/lesson/value.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {root} from '../../helpers/root.ts';
import {toldProblem} from '../told-problem.ts';
import {page, runOf} from './page.ts';

const site = (tls: string): string =>
  `{host: server, tls: {${tls}, tickets: true, http: {keepAlive: 1s, routes: [{get: /, body: 100B}]}}}`;
const get = (at: string): string =>
  `{at: ${at}, host: client, call: get, url: 'https://www.example.com/', as: g${at}}`;
const run = (tls: string, ...at: readonly string[]): Trace =>
  runOf(page(`apps: [${site(tls)}]\nscript: [${at.map(get).join(', ')}]\n`));

const value = (source: string, trace: Trace): unknown => {
  const expression = parseExpression(source, {hosts: ['client', 'server'], connections: [], vocabulary});
  if (!expression.ok) return toldProblem(expression.error[0]);
  const result = evaluate(expression.value, {trace, event: trace.length});
  return result.ok ? valueText(result.value) : toldProblem(result.error);
};

/** `CN=…` of a name as Node writes it. */
const commonName = (name: string): string | undefined => /^CN=(.*)$/m.exec(name)?.[1];
const day = (date: string): string => new Date(date).toISOString().slice(0, 10);

describe.each(['1.2', '1.3'])('TLS %s', (version) => {
  test.each(['good.rsa', 'expired.rsa', 'wrong-name.rsa', 'self-signed.rsa'])('%s', (name) => {
    const trace = run(`certificate: ${name}, versions: [${version}]`, '0ms');
    const pem = readFileSync(`${root}lessons/data/certificates/${name}.pem`, 'utf8');
    const known = new X509Certificate(pem);
    const of = (what: string) => value(`client.certificate.${what}`, trace);
    expect(of('subject')).toBe(commonName(known.subject));
    expect(of('issuer')).toBe(commonName(known.issuer));
    expect(of('names')).toBe(known.subjectAltName?.replaceAll('DNS:', ''));
    expect(of('notBefore')).toBe(day(known.validFrom));
    expect(of('notAfter')).toBe(day(known.validTo));
    expect(of('count')).toBe(String(pem.split('BEGIN CERTIFICATE').length - 1));
  });

  test('a resumed session shows none, the one before it did', () => {
    const trace = run(`certificate: good, versions: [${version}]`, '0ms', '30s');
    const none = (name: string) => ({says: 'tlsCertificateShown.certificatePropertyAt', name});
    expect(value('client.certificate.subject', trace)).toMatchObject(none('client'));
    expect(value('at(5s).client.certificate.subject', trace)).toBe('www.example.com');
    expect(value('at(100ms).client.certificate.subject', trace)).toMatchObject(none('client'));
    expect(value('at(5s).server.certificate.subject', trace)).toMatchObject(none('server'));
  });
});

test('a part that a certificate does not have', () => {
  expect(value('client.certificate.age', run('certificate: good', '0ms'))).toMatchObject({
    says: 'problem.unknownWord',
    given: 'certificate.age',
  });
});
