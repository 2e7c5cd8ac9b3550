// What `inspect` tells of certificates. Oracle: OpenSSL, by way of Node, over the same octets: whose, whose issue, its dates, its names.
import {X509Certificate} from 'node:crypto';
import {describe, expect, it} from 'vitest';
import {inspectCapture} from '../../source/io/capture.ts';
import {capturedTls} from '../../source/observe/tls-captured.ts';
import {tlsSessionsIn} from '../../source/observe/tls-sessions.ts';
import {tlsFindings} from '../../source/view/inspect/message-findings.ts';
import {capturedTrace, capturePath} from '../helpers/captured.ts';

const captures = ['16a-tls12-rsa-gcm.pcap', '16b-tls12-rsa-cbc.pcap', '16c-tls12-ecdhe-rsa.pcapng'];

const read = async (name: string) => {
  const inspected = await inspectCapture(capturePath(name));
  if (!inspected.ok) throw new Error(name);
  const {inspector} = inspected.value;
  return {inspector, tls: capturedTls(inspector.connections, undefined)};
};

const shownByNode = (name: string): X509Certificate => {
  const own = tlsSessionsIn(capturedTrace(name)).flatMap(({certificates}) => certificates[1].slice(0, 1))[0];
  if (!own) throw new Error(`${name} shows no certificate`);
  return new X509Certificate(own);
};

const dayUs = 86_400_000_000;

describe.each(captures)('the certificate of %s', (name) => {
  it('is told as OpenSSL reads it', async () => {
    const theirs = shownByNode(name);
    const {certificate, serverName = ''} = (await read(name)).tls[0]?.session ?? {};
    expect(theirs.subject.replaceAll('\\,', ',')).toContain(`CN=${certificate?.subject}`);
    expect(theirs.issuer).toContain(`CN=${certificate?.issuer}`);
    expect(certificate?.own).toBe(theirs.subject === theirs.issuer);
    expect(certificate?.notBeforeUs).toBe(1000 * Date.parse(theirs.validFrom));
    expect(certificate?.notAfterUs).toBe(1000 * Date.parse(theirs.validTo));
    expect(certificate?.fits).toBe(theirs.checkHost(serverName, {subject: 'never'}) !== undefined);
  });

  it('is odd where the capture was taken outside its dates, and nowhere else', async () => {
    const theirs = shownByNode(name);
    const {tls} = await read(name);
    const told = (takenUs: number | undefined) =>
      tlsFindings(tls, takenUs)
        .filter(({text}) => text.en.includes('5280'))
        .map(({text}) => text.en);
    const [from, to] = [1000 * Date.parse(theirs.validFrom), 1000 * Date.parse(theirs.validTo)];
    expect(told(from + dayUs)).toEqual([]);
    expect(told(undefined)).toEqual([]);
    expect(told(to + dayUs)).toEqual([expect.stringContaining('expired')]);
    expect(told(from - dayUs)).toEqual([expect.stringContaining('not valid yet')]);
  });

  it('is odd where it names another site than the client asked for', async () => {
    const {tls} = await read(name);
    const asked = tls.map((each) => ({
      ...each,
      session: each.session && {
        ...each.session,
        serverName: 'other.example',
        certificate: each.session.certificate && {...each.session.certificate, fits: false},
      },
    }));
    for (const language of ['en', 'zh'] as const)
      expect(
        tlsFindings(asked, undefined)
          .map(({text}) => text[language])
          .join(),
      ).toContain('other.example');
    expect(
      tlsFindings(tls, undefined)
        .map(({text}) => text.en)
        .join(),
    ).not.toContain('9525');
  });
});

it('no certificate of a real server that answered was out of date when it was captured', async () => {
  for (const name of captures) {
    const {tls, inspector} = await read(name);
    const told = tlsFindings(tls, inspector.takenUs).filter(({text}) => text.en.includes('5280'));
    expect(told, name).toEqual([]);
  }
});
