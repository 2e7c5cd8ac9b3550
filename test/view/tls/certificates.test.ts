// The certificates panel. Oracles: OpenSSL's reading of the certificates (kept beside each assertion), RFC 9846 §6.2 for the alerts.
import {X509Certificate} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import type {TraceEvent} from '../../../source/sim/trace.ts';
import {arrange} from '../../../source/view/arrange.ts';
import {certificatesPanel} from '../../../source/view/panels/certificates.ts';
import {factsOf, issuerText, subjectText} from '../../../source/view/tls/certificate-words.ts';
import {certificateScene} from '../../../source/view/tls/certificates.ts';
import {whyAbout} from '../../../source/view/why/answer.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {todayTrace} from '../../helpers/captured-today.ts';
import {openedTrace} from '../../observe/tls-captured.ts';
import {canvasOf, open, playingAt, textOf} from '../player.ts';
import {lookAt, tlsRun} from './runs.ts';
import '../../helpers/meaning.ts';

const isKeyExchange = (event: TraceEvent): boolean =>
  event.kind === 'tls' && event.what.kind === 'message' && event.what.name === 'client_key_exchange';

const sceneAt = (name: string, us: number) => certificateScene(lookAt(tlsRun(name), us));

const blocks = (name: string): readonly X509Certificate[] => {
  const file = new URL(`../../../lessons/data/certificates/${name}.pem`, import.meta.url);
  const pem = readFileSync(file, 'utf8');
  return [...pem.matchAll(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)].map(
    ([block]) => new X509Certificate(block),
  );
};

/** The last line of OpenSSL's form of a name is the common name. */
const commonName = (name: string): string => /CN=(.*)$/m.exec(name)?.[1] ?? '';

test('nothing is shown before the server has said Certificate', () => {
  expect(sceneAt('full', 120_000)?.links).toEqual([]);
  expect(sceneAt('full', 160_000)?.links.map(({place}) => place)).toEqual(['site', 'authority']);
  expect(sceneAt('full', 160_000)?.verdict).toEqual({kind: 'unjudged'});
});

test('who each is, its names, days and key, and who signed it are what OpenSSL reads', () => {
  const {links = [], verdict} = sceneAt('full', 210_000) ?? {};
  expect(verdict).toEqual({kind: 'believed'});
  expect(links.map(({place}) => place)).toEqual(['site', 'authority', 'root']);
  const roots = blocks('roots');
  for (const [index, certificate] of blocks('good.ecdsa').entries()) {
    const link = links[index];
    if (!link) throw new Error('no link');
    expect(subjectText(link, 'en')).toBe(commonName(certificate.subject));
    expect(issuerText(link, 'en')).toBe(commonName(certificate.issuer));
    const facts = new Map(factsOf(link, 'en').map(({name, value}) => [name, value]));
    const days = [certificate.validFrom, certificate.validTo].map((text) =>
      new Date(text).toISOString().slice(0, 10),
    );
    expect(facts.get('valid')).toBe(days.join(' to '));
    expect(facts.get('names')).toBe(certificate.subjectAltName?.replaceAll('DNS:', ''));
    expect(facts.get('key')).toBe('ecPublicKey secp256r1');
  }
  const root = links[2];
  expect(roots.map(({subject}) => commonName(subject))).toContain(root && subjectText(root, 'en'));
  expect(root && issuerText(root, 'en')).toBe('itself');
});

/** RFC 9846 §6.2; a wrong name has no alert of its own. */
test.each([
  ['expired', 'expired', 'certificate_expired', 0],
  ['other', 'other-name', 'certificate_unknown', 0],
  ['forged', 'unknown-issuer', 'unknown_ca', 1],
  ['own', 'unknown-issuer', 'unknown_ca', 0],
] as const)('%s: refused as %s with %s', (name, fault, alert, at) => {
  const {links = [], verdict} = sceneAt(name, 260_000) ?? {};
  expect(verdict).toEqual({kind: 'refused', fault, alert});
  expect(links.map((link) => link.fault)).toEqual(
    links.map((_, index) => (index === at ? fault : undefined)),
  );
});

const checksAt = (name: string) =>
  Object.fromEntries((sceneAt(name, 260_000)?.checks ?? []).map((each) => [each.check, each.result]));

/** The path is built and its signatures are checked first, then dates and purposes, the name at last (RFC 5280 §6.1, RFC 9525 §6). */
test('what was checked stands with how it ended; behind the one that failed nothing is reached', () => {
  const passed = {...{readable: 'passed', usage: 'passed', issuer: 'passed', constraints: 'passed'}};
  const signed = {...passed, signature: 'passed'};
  const dated = {...signed, validity: 'passed', extensions: 'passed', purpose: 'passed'};
  const unreached = {extensions: 'notReached', purpose: 'notReached', name: 'notReached'};
  const never = {revocation: 'notMade'};
  expect(checksAt('full')).toEqual({...dated, name: 'passed', possession: 'passed', ...never});
  expect(checksAt('expired')).toEqual({
    ...{...signed, validity: 'failed', ...unreached, possession: 'notReached', ...never},
  });
  expect(checksAt('other')).toEqual({...dated, name: 'failed', possession: 'notReached', ...never});
  // The first link is whole: whose authority nobody knows has signed it.
  expect(checksAt('forged')).toEqual({
    ...{readable: 'passed', usage: 'passed', issuer: 'failed', constraints: 'partly', signature: 'partly'},
    ...{validity: 'notReached', ...unreached, possession: 'notReached', ...never},
  });
  expect(checksAt('own')).toMatchObject({issuer: 'failed', constraints: 'notReached'});
  expect(sceneAt('full', 160_000)?.checks).toEqual([]);
});

// RFC 5280 §6.1.1: the inputs, (d) the trust anchor; §6.1.3: of each certificate (a) the signature, the dates, the revocation; §6.1.4:
// of those that sign others (k) to (n) that they may, (o) other critical extensions; §6.1.5: of the last one (f) the same.
test('each check names the clause that asks for it', () => {
  const {checks = []} = sceneAt('full', 260_000) ?? {};
  expect(Object.fromEntries(checks.map(({check, rfc}) => [check, rfc.replace('RFC ', '')]))).toEqual({
    readable: '5280 §4.1',
    usage: '5280 §4.2.1.3',
    issuer: '5280 §6.1.1 (d)',
    constraints: '5280 §6.1.4 (k)–(n)',
    signature: '5280 §6.1.3 (a)(1)',
    validity: '5280 §6.1.3 (a)(2)',
    extensions: '5280 §6.1.4 (o), §6.1.5 (f)',
    purpose: '5280 §4.2.1.12',
    name: '9525 §6',
    possession: '9846 §4.5.2',
    revocation: '5280 §6.1.3 (a)(3)',
  });
});

test('a failure opens the panel that shows it', () => {
  const names = (name: string) => {
    const opened = tlsRun(name);
    const view = lookAt(opened, 260_000);
    return arrange(view, {columns: 120, rows: 40}).placed.flatMap(({panel}) =>
      panel.places[0] === 'lower' ? [panel.name] : [],
    );
  };
  expect(names('expired')[0]).toBe('certificates');
  expect(names('full')[0]).not.toBe('certificates');
});

test('a certificate that signed itself is told as such', () => {
  expect(sceneAt('own', 260_000)?.links.map(({place}) => place)).toEqual(['self']);
});

test('a resumed connection has none', () => {
  const run = tlsRun('early');
  const scene = certificateScene(lookAt(run, 20_500_000));
  expect(scene).toMatchObject({links: [], resumed: true});
});

// tshark: ClientKeyExchange is in packet 11 of 16a, 12 of 16c; packet 10 of 16i is the alert unknown_ca; the Finished of 16e, once it is
// opened, is in packet 11. RFC 5246 §7.4.5: upon ServerHelloDone the client should verify the certificate.
test.each([
  ['16a-tls12-rsa-gcm.pcap', 11, 'RFC 5246 §7.4.5'],
  ['16c-tls12-ecdhe-rsa.pcapng', 12, 'RFC 5246 §7.4.5'],
  ['16e-tls13-full.pcapng', 11, 'RFC 9846 §C.2'],
] as const)('%s: packet %i shows a verdict', (name, packet, clause) => {
  const recorded = open({trace: openedTrace(name), source: 'capture'});
  const view = lookAt(recorded, recorded.trace.durationUs);
  expect(certificateScene(view)).toMatchObject({
    verdict: {kind: 'goesOn', packet, clause},
    // What it has checked, nobody sees.
    checks: [],
  });
  const {heading, paragraphs, rule} = whyAbout(view, {kind: 'certificates'});
  expect(heading).toSay({says: 'why.whyCertificates.goesOn'});
  expect(rule).toBe(clause);
  expect(paragraphs.join()).toSay({says: 'why.whyCertificates.shown', packet, clause});
  const before = {...view, cursor: recorded.trace.packet(packet).sendEvent - 1};
  expect(certificateScene(before)?.verdict).toEqual({kind: 'unjudged'});
  expect(whyAbout(before, {kind: 'certificates'}).paragraphs.join()).toSay({
    says: 'why.whyCertificates.untold',
  });
});

test('of a capture an alert in clear says that the client refuses them', () => {
  const recorded = open({trace: openedTrace('16i-tls-untrusted-certificate.pcap'), source: 'capture'});
  const view = lookAt(recorded, recorded.trace.durationUs, {language: 'zh'});
  expect(certificateScene(view)?.verdict).toEqual({kind: 'rejected', packet: 10, alert: 'unknown_ca'});
  const {heading, paragraphs} = whyAbout(view, {kind: 'certificates'});
  expect(heading).toSay({says: 'why.whyCertificates.refused'});
  expect(paragraphs[0]).toSay({
    ...{says: 'why.whyAlert.said', name: 'unknown_ca', by: 'client', end: 'handshake'},
    clause: 'RFC 5246 §7.2.2',
  });
});

test('who listens sees of a run as much as of a capture', () => {
  const found = allRuns().find(({name}) => name === 'https-tls12 ecdhe') ?? expect.fail();
  const trace = traceOf(found);
  const said = [...trace.events()].find((event) => isKeyExchange(event)) ?? expect.fail();
  const view = lookAt(open({trace}), said.atUs + 1000, {eyes: 'eavesdropper'});
  expect(certificateScene(view)?.verdict).toMatchObject({kind: 'goesOn', clause: 'RFC 5246 §7.4.5'});
});

// RFC 5246 §7.4.3: the signature of ServerKeyExchange is there before ClientKeyExchange is sent; §7.4.9: RSA shows by the Finished only.
test.each([
  ['https-tls12 ecdhe', 'passed'],
  ['https-tls12 rsa', 'notReached'],
])('%s: possession of the key, %s', (name, result) => {
  const trace = traceOf(allRuns().find((each) => each.name === name) ?? expect.fail(name));
  const said = [...trace.events()].find((event) => isKeyExchange(event)) ?? expect.fail();
  const {checks = []} = certificateScene(lookAt(open({trace}), said.atUs + 1000)) ?? {};
  expect(checks.find(({check}) => check === 'possession')?.result).toBe(result);
  expect(checks.find(({check}) => check === 'name')?.result).toBe('passed');
});

test.each(['en', 'zh'] as const)('%s: the verdict and its reason', (language) => {
  const run = tlsRun('expired');
  const told =
    language === 'en'
      ? 'refused: it has expired, alert certificate_expired'
      : '拒绝：已经过期，警报 certificate_expired';
  for (const [columns, rows] of [
    [80, 24],
    [120, 40],
    [200, 60],
  ] as const) {
    const playback = playingAt(run, 260_000, {language, focus: 'certificates', opened: ['certificates']});
    expect(textOf(canvasOf(run, playback, {columns, rows})).join('\n')).toContain(told);
  }
  const spoken = certificatesPanel.spoken?.(lookAt(run, 260_000, {language}), {down: 0}) ?? [];
  expect(spoken[0]).toContain(told);
  expect(spoken).toHaveLength(3 + 11);
});

// tshark shows no Certificate in it: behind the ServerHello (TLS 1.3) all is application data, and there is no key log.
test('what nobody here can open is not said to be missing', () => {
  const opened = open({trace: todayTrace('24k-tls13-grease-hello.pcap')});
  const lines = (language: 'en' | 'zh', us: number): string => {
    const playback = playingAt(opened, us, {language, focus: 'certificates'});
    return textOf(canvasOf(opened, playback, {columns: 120, rows: 40})).join('\n');
  };
  const {durationUs} = opened.trace;
  expect(lines('en', durationUs)).toContain('encrypted records');
  expect(lines('en', 40_000)).toSay({says: 'certificates.certificateTexts.notYet'});
});

// RFC 9846 §4.5.2: CertificateVerify; RFC 5246 §7.4.3: ServerKeyExchange is signed; §7.4.9: with RSA only the owner can make the Finished.
test.each([
  ['https-tls13 full', 'RFC 9846 §4.5.2'],
  ['https-tls12 ecdhe', 'RFC 5246 §7.4.3'],
  ['https-tls12 rsa', 'RFC 5246 §7.4.9'],
])('%s: the key by %s', (name, rfc) => {
  const found = allRuns().find((each) => each.name === name) ?? expect.fail(name);
  const trace = traceOf(found);
  const {checks = []} = certificateScene(lookAt(open({trace}), trace.durationUs)) ?? {};
  expect(checks.find(({check}) => check === 'possession')).toMatchObject({rfc, result: 'passed'});
});
