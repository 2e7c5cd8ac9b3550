// *Why?* of keys, records and certificates. Oracles: RFC 8448's way of deriving (tested with the derivation itself), RFC 9846 §5.2 for who
// can open what, RFC 5280 §6.1 for the order of checks.
import {expect, test} from 'vitest';
import {entriesOf} from '../../../source/account/entries.ts';
import type {Eyes} from '../../../source/account/eyes.ts';
import type {Language} from '../../../source/lesson/text.ts';
import type {PlaybackState} from '../../../source/view/time/playback-state.ts';
import {keyScene} from '../../../source/view/tls/key-schedule.ts';
import {viewOf} from '../../../source/view/view.ts';
import {whyAbout} from '../../../source/view/why/answer.ts';
import {whyAsked} from '../../../source/view/why/asked.ts';
import {packetText} from '../../../source/view/why/event-text.ts';
import type {Why} from '../../../source/view/why/scene-why.ts';
import {hexOf} from '../../../source/wire/octets.ts';
import {messageName} from '../../../source/wire/tls/message-name.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {capturedTrace} from '../../helpers/captured.ts';
import {sharedData} from '../../helpers/kept-lessons.ts';
import {isSaid} from '../../helpers/meaning.ts';
import {type Opened, open, playingAt} from '../player.ts';
import {lookAt, tlsRun} from '../tls/runs.ts';
import '../../helpers/rule-meaning.ts';

const full = tlsRun('full');

const asked = (run: Opened, us: number, change: Partial<PlaybackState>): Why =>
  whyAsked(viewOf({...run, playback: playingAt(run, us, change), message: undefined}));

const detailsOf = ({details}: Why): readonly string[] =>
  details.map((line) => line.map(({text}) => text).join(''));

const run = (name: string): Opened => {
  const found = allRuns().find((each) => each.name === name);
  if (!found) expect.fail(`no run ${name}`);
  return open({trace: traceOf(found), source: name});
};

test('of a key: the one under the cursor, how it is made and who knows it', () => {
  const rows = keyScene(lookAt(full, 310_000))?.rows ?? [];
  for (const [index, row] of rows.entries()) {
    const why = asked(full, 310_000, {focus: 'keys', own: {keys: {back: rows.length - 1 - index}}});
    const lines = detailsOf(why).join('\n');
    for (const {host, n} of row.knownBy) expect(lines).toMatch(new RegExp(`${host} since .*event ${n}`));
    if (row.value) expect(lines, row.place).toContain(hexOf(row.value));
    // Each is a step of the key schedule, the one that made it.
    expect(why.event, row.place).toBe(row.knownBy[0]?.n);
    const step = full.trace.event(why.event ?? 0);
    expect('because' in step && step.because, row.place).toBe('9846:7.1/schedule');
  }
  // Further back than there are keys is the first one.
  expect(asked(full, 310_000, {focus: 'keys', own: {keys: {back: 99}}}).heading).toContain('early secret');
});

// RFC 9846 §7.1; what comes out has to be the octets of the run's own event.
test('keys that are there before the server has chosen are derived all the same', () => {
  const early = run('https-tls13 early');
  const hello = [...entriesOf(early.trace, 'tls')].find(
    ({what}) => what.kind === 'keys' && what.epoch === 'early',
  );
  // The hello is on its way.
  const us = (hello?.atUs ?? expect.fail('no early keys')) + 25_000;
  const {rows = [], chosen} = keyScene(lookAt(early, us)) ?? {};
  expect(chosen).toBeUndefined();
  expect(rows.map(({place}) => place)).toEqual(['client early']);
  const none = new Uint8Array();
  for (const {place, update, maker, value = none, key = none, iv = none} of rows) {
    const view = viewOf({...early, playback: playingAt(early, us, {}), message: undefined});
    const lines = detailsOf(whyAbout(view, {kind: 'key', place, update, maker})).map((line) => line.trim());
    expect(lines.filter((line) => line.includes('HKDF-Expand-Label')).length).toBe(3);
    expect(lines.join('\n')).toContain('c e traffic');
    expect(lines.filter((line) => line.startsWith('=')).map((line) => line.replace(/^= */, ''))).toEqual(
      expect.arrayContaining([hexOf(value), hexOf(key), hexOf(iv)]),
    );
    expect(lines.join('\n')).not.toSay({says: 'derivation.derivationTexts.none'});
    // Its maker knows the secret that it comes from, whenever the run tells that.
    expect(lines.join('\n')).not.toContain('not known');
  }
});

// RFC 9846: behind a HelloRetryRequest the transcript begins with message_hash, and so with no ClientHello.
test.each([
  ['https-tls13 retry', true],
  ['https-tls13 full', false],
])('%s: where the hash begins', (name, retried) => {
  const {trace} = run(name);
  const hasRetried = [...entriesOf(trace, 'tls')].some(
    ({what}) => what.kind === 'message' && messageName(what.bytes) === 'HelloRetryRequest',
  );
  expect(hasRetried).toBe(retried);
  const view = lookAt(run(name), trace.durationUs);
  const rows = (keyScene(view)?.rows ?? []).filter(({place}) => place.endsWith(' handshake'));
  expect(rows.length).toBe(2);
  for (const {place, update, maker} of rows) {
    const lines = detailsOf(whyAbout(view, {kind: 'key', place, update, maker})).join('\n');
    expect(lines).toSay({
      ...{says: 'derivation.derivationWords.origin', kind: 'messages', message: 'ServerHello', retried},
    });
  }
});

test('keys that differ are each that of its end', () => {
  const altered = run('https-tls13 what-if 1');
  const us = altered.trace.durationUs;
  const rows = keyScene(lookAt(altered, us))?.rows ?? [];
  const told = rows.map((row, index) => ({
    row,
    why: asked(altered, us, {focus: 'keys', own: {keys: {back: rows.length - 1 - index}}}),
  }));
  const ofTwo = told.filter(({row}) => row.differs);
  expect(ofTwo.length).toBeGreaterThan(1);
  for (const {row, why} of ofTwo) {
    expect(why.heading).toContain(`(${row.maker})`);
    expect(detailsOf(why).join('\n')).toContain(hexOf(row.value ?? new Uint8Array()));
  }
});

const records = (
  opened: Opened,
  us: number,
  packet: number,
  eyes: Eyes = 'ends',
  language: Language = 'en',
) =>
  asked(opened, us, {
    ...{focus: 'records', eyes, language},
    selection: {packet, field: undefined, byte: undefined, variable: undefined},
  });

test('of records: under which key, and who opens them', () => {
  const all = Array.from({length: full.trace.packetCount}, (_, n) => full.trace.packet(n + 1));
  // Finished leaves first, GET behind it.
  const packet =
    all.findLast(({from, sendEvent}) => from === 'client' && full.trace.event(sendEvent).atUs === 200_000)
      ?.id ?? 0;
  // On its way: the server has not got it.
  expect(detailsOf(records(full, 220_000, packet))).toEqual([
    expect.stringContaining('client application'),
    expect.stringMatching(/eavesdropper\s+has no key/),
    expect.stringMatching(/client\s+can decrypt it/),
    expect.stringMatching(/server\s+has not received it/),
  ]);
  expect(detailsOf(records(full, 310_000, packet)).at(-1)).toMatch(/server\s+can decrypt it/);
  expect(detailsOf(records(full, 310_000, packet, 'eavesdropper'))).toEqual([
    expect.stringMatching(/ B, encrypted$/),
    expect.stringMatching(/eavesdropper\s+has no key/),
  ]);
});

test.each([
  ['https-why https-edited', 'client', /tag does not fit/],
  ['https-tls12 what-if 1', 'server', /tag does not fit/],
])('%s: who refused it', (name, by, state) => {
  const opened = run(name);
  const us = opened.trace.durationUs;
  const alerts = Array.from(opened.trace.events()).filter(
    (event) => event.kind === 'tls' && event.what.kind === 'alert' && event.what.name === 'bad_record_mac',
  );
  const [alert] = alerts;
  const came = Array.from(opened.trace.events()).findLast(
    (event) => event.kind === 'arrive' && event.host === by && event.n < (alert?.n ?? 0),
  );
  const packet = came?.kind === 'arrive' ? came.packet : 0;
  const why = records(opened, us, packet);
  expect(why.event).toBe(alert?.n);
  expect(detailsOf(why).filter((line) => state.test(line))).toEqual([
    expect.stringMatching(new RegExp(`^\\s+${by}\\s`)),
  ]);
  expect(why.paragraphs[0]).toContain(`the key of ${by}`);
});

test('of certificates: every check in its order, and the one that failed', () => {
  const refused = run('https-why own-certificate');
  const why = asked(refused, refused.trace.durationUs, {focus: 'certificates'});
  const lines = detailsOf(why);
  expect(lines.filter((line) => line.includes('failed'))).toEqual([
    expect.stringContaining('RFC 5280 §6.1.1 (d)'),
  ]);
  const believed = asked(full, 310_000, {focus: 'certificates'});
  expect(detailsOf(believed).join('\n')).not.toContain('failed');
  expect(detailsOf(believed).length).toBe(lines.length);
});

test('of certificates before there are any', () => {
  const [hello] = [...full.trace.events()].filter((event) => event.kind === 'tls');
  const before = asked(full, (hello?.atUs ?? 0) + 1000, {focus: 'certificates'});
  expect(before.heading).not.toContain('these');
  expect(before.paragraphs.join()).toSay({says: 'certificates.certificatesAwaited.notYet'});
  const resumed = run('https-tls13 resumed');
  const after = asked(resumed, resumed.trace.durationUs, {focus: 'certificates'});
  expect(after.paragraphs.join()).toSay({says: 'certificates.certificateTexts.resumed'});
});

// RFC 9846 §7.1: of PSK and shared secret the next one is made; traffic, exporter and resumption secrets branch off from it with a label and
// the hash of messages (Derive-Secret).
test('of a secret: whether it is a step of the schedule, or branches off', () => {
  const rules = new Map(sharedData().rules.map((each) => [each.id, each]));
  const told = new Map<string, Why>(
    ['https-tls13 early', 'https-tls13 full'].flatMap((name) => {
      const {trace} = run(name);
      const opened = open({trace, rule: (id) => rules.get(id)});
      const playback = playingAt(opened, trace.durationUs);
      const view = viewOf({...opened, playback, message: undefined});
      const {rows = []} = keyScene(view) ?? {};
      return rows.map(
        ({place, update, maker}) => [place, whyAbout(view, {kind: 'key', place, update, maker})] as const,
      );
    }),
  );
  const branches = [...told].filter(([, {paragraphs}]) =>
    ['traffic', 'early', 'exporter', 'resumption'].some((name) =>
      isSaid(paragraphs[0] ?? '', {says: `keys.secretReasons.${name}`}),
    ),
  );
  expect(branches.map(([place]) => place)).toEqual([
    ...['client early', 'client handshake', 'server handshake', 'client application', 'server application'],
    ...['exporter', 'resumption secret'],
  ]);
  expect(told.get('client application')?.heading).toSay({says: 'keys.secretNames.client application'});
  // The last run has no PSK.
  expect(told.get('early secret')?.paragraphs.join()).toSay({says: 'keys.secretReasons.first'});
  for (const place of ['handshake secret', 'main secret'])
    expect(told.get(place)?.paragraphs).toEqual([rules.get('9846:7.1/schedule')?.text.en]);
});

// RFC 9846 §8: who replays a ClientHello has recorded it, and got no ticket. The thief of this run tells nothing of TLS.
test('of a PSK: the client has kept it, and who replays its ClientHello has not', () => {
  const early = run('https-tls13 early');
  const psks = [...entriesOf(early.trace, 'tls')].filter(
    ({what}) => what.kind === 'schedule' && what.step === 'psk',
  );
  const replayed = [...entriesOf(early.trace, 'call')].find(({call}) => call === 'replay');
  const texts = psks.map(({atUs}) => {
    const view = viewOf({...early, playback: playingAt(early, atUs + 25_000, {}), message: undefined});
    const row = keyScene(view)?.rows.find(({place}) => place === 'psk') ?? expect.fail(`${atUs}`);
    return {atUs, text: whyAbout(view, {kind: 'key', ...row}).paragraphs[0]};
  });
  expect(texts.length).toBeGreaterThan(2);
  for (const {atUs, text} of texts) {
    expect(text).toSay({says: 'keys.secretReasons.psk'});
    expect(isSaid(text ?? '', {says: 'keys.secretReasons.psk', copied: true}), `${atUs}`).toBe(
      atUs > (replayed?.atUs ?? 0),
    );
  }
});

test('a shared secret that one end alone has is that end’s', () => {
  const shared = (name: string, us?: number) => {
    const opened = open({trace: run(name).trace});
    const playback = playingAt(opened, us ?? opened.trace.durationUs, {language: 'en'});
    const view = viewOf({...opened, playback, message: undefined});
    const row = keyScene(view)?.rows.find(({place}) => place === 'shared secret') ?? expect.fail(name);
    const {paragraphs} = whyAbout(view, {
      kind: 'key',
      place: row.place,
      update: row.update,
      maker: row.maker,
    });
    return {ends: new Set(row.knownBy.map(({host}) => host)).size, paragraphs};
  };
  // Its fault alters the server's key_share: the client comes to another value, or to none.
  const alone = shared('https-tls13 what-if 2');
  expect(alone.ends).toBe(1);
  expect(alone.paragraphs.join()).toSay({says: 'keys.secretReasons.shared', host: 'server', both: false});
  const both = shared('https-tls13 full');
  expect(both.ends).toBe(2);
  expect(both.paragraphs[0]).toSay({says: 'keys.secretReasons.shared', both: true});
});

const ruled = (name: string) => {
  const rules = new Map(sharedData().rules.map((each) => [each.id, each]));
  const opened = open({trace: run(name).trace, rule: (id) => rules.get(id)});
  const viewAt = (us: number, language: Language = 'en') =>
    viewOf({...opened, playback: playingAt(opened, us, {language}), message: undefined});
  return {trace: opened.trace, viewAt};
};

// RFC 5246 §6.2.1: messages of a flight run on over records, and these over segments. Packet 5 holds all of ServerHello, by its bytes.
test('a segment that goes on with a flight is explained by what it holds', () => {
  const {trace, viewAt} = ruled('https-tls12 what-if 1');
  const why = (packet: number, language?: Language) =>
    whyAbout(viewAt(trace.packet(packet).sentUs, language), {kind: 'packet', packet});
  expect(why(5).heading).toMatch(/^Why ServerHello /);
  const {heading, paragraphs, rule} = why(6);
  expect(heading).toMatch(/^Why Certificate, ServerHelloDone /);
  expect(paragraphs[0]).toSay({says: 'player.whyTexts.goesOn'});
  expect(paragraphs[1]).toMatch(/^TCP: /);
  expect(rule).toMatch(/^RFC 9293/);
  expect(why(6, 'zh').heading).toContain(' Certificate, ServerHelloDone');
});

test.each(allRuns().flatMap(({name}) => (name.startsWith('https-tls12 ') ? [name] : [])))(
  '%s: every hello is shown',
  (name) => {
    const {trace, viewAt} = ruled(name);
    const view = viewAt(trace.durationUs);
    let hellos = 0;
    for (const {n, packet} of entriesOf(trace, 'send')) {
      const [, hello] = /^Why (\w+Hello) /.exec(whyAbout(view, {kind: 'event', event: n}).heading) ?? [];
      if (hello === undefined) continue;
      hellos += 1;
      expect(packetText(view, packet), `packet ${packet}`).toContain(hello);
    }
    expect(hellos).toBeGreaterThan(0);
  },
);

// RFC 5246 §6: TLS runs over a reliable transport. Packet 5 is lost, and what is lost comes again at 327 ms.
test('certificates that have not come are not merely unjudged', () => {
  const trace = run('https-tls12 what-if 3');
  const told = (us: number) =>
    whyAbout(viewOf({...trace, playback: playingAt(trace, us), message: undefined}), {
      kind: 'certificates',
    }).paragraphs;
  const awaited = {says: 'why.whyCertificates.awaited'};
  expect(told(250_000).join()).toSay({...awaited, lost: 5, again: false});
  expect(told(160_000).join()).toSay({...awaited, lost: undefined});
  expect(told(400_000).join()).not.toSay({...awaited, again: true});
});

// RFC 9846 §6.2: after a fatal alert neither end reads on. The client gives up over the ServerHello, in whose packet the certificates came.
test('certificates that come after a refusal are not on their way', () => {
  const trace = run('https-why what-if 5');
  const told = (us: number) =>
    whyAbout(viewOf({...trace, playback: playingAt(trace, us), message: undefined}), {
      kind: 'certificates',
    }).paragraphs.join(' ');
  expect(told(190_000)).toSay({says: 'why.whyCertificates.awaited'});
  expect(told(225_000)).toSay({
    ...{says: 'why.whyCertificates.unread', by: 'client', alert: 'illegal_parameter', sent: true},
  });
});

// The server of that capture finds no cipher suite (tshark: handshake_failure in packet 8).
test('where TLS ends before the server has sent a certificate none comes any more', () => {
  const opened = open({trace: capturedTrace('16k-tls-no-common-cipher.pcap')});
  const told = (us: number) =>
    whyAbout(viewOf({...opened, playback: playingAt(opened, us), message: undefined}), {
      kind: 'certificates',
    }).paragraphs.join(' ');
  expect(told(opened.trace.durationUs)).toSay({
    ...{says: 'why.whyCertificates.unread', by: 'server', alert: 'handshake_failure'},
  });
});

// RFC 8422 §5.10, RFC 5246 §7.4.7.1: the hash of all messages goes into the master secret alone (RFC 7627 §4).
test.each([
  ['https-tls12 ecdhe', true],
  ['https-tls12 rsa', false],
  // It is not told as the master secret that it leads to.
])('a premaster secret: %s', (name, agreed) => {
  const secured = run(name);
  const event = [...entriesOf(secured.trace, 'tls')].find(
    ({what}) => what.kind === 'schedule' && what.step === 'premaster secret',
  );
  const view = lookAt(secured, 1 + (event?.atUs ?? expect.fail('no premaster secret')));
  const row = keyScene(view)?.rows.find(({place}) => place === 'premaster secret');
  const why = whyAbout(view, {
    ...{kind: 'key', place: 'premaster secret', update: 0},
    maker: row?.maker ?? expect.fail('no row'),
  });
  expect(why.paragraphs.join(' ')).toSay({says: 'keys.secretReasons.premaster', agreed});
  expect(why.paragraphs.join(' ')).not.toContain('hash');
  expect(why.rule).toBeUndefined();
});

// The end that answers a ClientHello of the client is the mitm, and another host is called server (the run's own events).
test('a public value is that of the host that made it', () => {
  const between = run('https-why own-certificate');
  const [shared] = [...entriesOf(between.trace, 'tls')].filter(
    ({what, host}) => what.kind === 'schedule' && what.step === 'shared secret' && host === 'mitm',
  );
  const view = lookAt(between, 1 + (shared?.atUs ?? expect.fail('no shared secret')));
  const why = whyAbout(view, {kind: 'key', place: 'shared secret', update: 0, maker: 'mitm'});
  const lines = detailsOf(why).join('\n');
  expect(lines).toSay({says: 'derivation.derivationWords.origin', kind: 'share', name: 'mitm'});
  expect(lines).not.toSay({says: 'derivation.derivationWords.origin', kind: 'share', name: 'server'});
});
