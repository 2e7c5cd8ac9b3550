// *Why?* of what the SYNs settle: the MSS they have named or what holds without (RFC 9293 §3.7.1, MUST-15), options, the first window.
import {expect, test} from 'vitest';
import {packetOf, segmentOf} from '../../../source/account/packet.ts';
import type {Language} from '../../../source/lesson/text.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {msAt} from '../../../source/view/time/pace.ts';
import {viewOf} from '../../../source/view/view.ts';
import {whyAbout} from '../../../source/view/why/answer.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {capturedTrace} from '../../helpers/captured.ts';
import {open, started} from '../player.ts';
import '../../helpers/meaning.ts';

const runNamed = (name: string): Trace =>
  traceOf(allRuns().find((run) => run.name === name) ?? expect.fail(name));

type Asked = {
  readonly host: string;
  readonly name: string;
  readonly atUs: number;
  readonly language?: Language;
};

const why = (trace: Trace, {host, name, atUs, language = 'en'}: Asked) => {
  const opened = open({trace});
  const playback = started({language, viewMs: msAt(opened.pacing, atUs)});
  return whyAbout(viewOf({...opened, playback, message: undefined}), {kind: 'variable', host, name});
};

const handshake = runNamed('handshake base');

// RFC 9293 §3.10.7.3: RCV.NXT is set from the SYN that comes. Oracle: packet 2 comes at 100 ms.
test('what the SYN of the other end gives has no value before that comes', () => {
  expect(why(handshake, {host: 'client', name: 'rcv.nxt', atUs: 60_000}).paragraphs[0]).toSay({
    says: 'why.whyVariable.none',
    by: 'syn',
  });
});

// RFC 9293 §3.7.1, MUST-15: without an MSS option 536 is assumed for IPv4, 1220 for IPv6.
test('before a SYN of the other end has come no MSS is agreed', () => {
  const about = {host: 'client', name: 'mss', atUs: 50_000};
  const early = why(handshake, about);
  expect(early.heading).toSay({says: 'why.whyVariable.heading', name: 'mss', host: 'client', value: '536'});
  expect(early.paragraphs[1]).toSay({says: 'why.variableBegins.mss', by: 'none', version: '4', bytes: 536});
  // Packet 2 carries MSS 1460.
  const agreed = why(handshake, {...about, atUs: 120_000});
  expect(agreed.heading).toSay({says: 'why.whyVariable.heading', name: 'mss', host: 'client', value: '1460'});
  expect(agreed.paragraphs[1]).toSay({
    ...{says: 'why.variableBegins.agreed', packet: 2, theirs: 1460, ours: 1460, own: 'same'},
  });
});

// RFC 9293 §3.7.1: Eff.snd.MSS is the lesser of what the other end names and of what this end's own link takes, less options of every segment.
test('an agreed MSS tells what the SYNs have named', () => {
  let stamped = 0;
  for (const name of [
    'sliding-window base',
    'simultaneous-close base',
    'http-status loop',
    'tcp-header base',
  ]) {
    const trace = runNamed(name);
    const syns = [...trace.events()].flatMap((event) => {
      const segment =
        event.kind === 'send' && event.packet > 0 ? segmentOf(packetOf(trace, event.packet)) : undefined;
      const mss = segment?.options.find((option) => option.kind === 'mss')?.mss;
      const has = segment?.options.some(({kind}) => kind === 'timestamps') ?? false;
      return mss === undefined || event.kind !== 'send'
        ? []
        : [{host: event.host, packet: event.packet, mss, has}];
    });
    const {atUs} = trace.event(Math.min(60, trace.length));
    for (const host of ['client', 'server']) {
      const [theirs, ours] = [syns.find((syn) => syn.host !== host), syns.find((syn) => syn.host === host)];
      if (!theirs || !ours) continue;
      const both = theirs.has && ours.has;
      const {heading, paragraphs} = why(trace, {host, name: 'mss', atUs});
      if (!heading.includes('Why is mss')) continue;
      expect(heading).toContain(` ${Math.min(theirs.mss, ours.mss) - (both ? 12 : 0)}?`);
      expect(paragraphs[1]).toSay({
        ...{says: 'why.variableBegins.agreed', packet: theirs.packet, theirs: theirs.mss, ours: ours.mss},
        ...{own: ours.mss === theirs.mss ? 'same' : 'other', stamps: both},
      });
      stamped += 1;
    }
  }
  expect(stamped).toBeGreaterThan(4);
});

test('a SYN that names no MSS leaves the default', () => {
  const flood = runNamed('syn-flood base');
  const syn = segmentOf(packetOf(flood, 1));
  expect(syn?.options.map(({kind}) => kind)).not.toContain('mss');
  const {atUs} = flood.event(packetOf(flood, 1).endEvent ?? 0);
  const {heading, paragraphs} = why(flood, {host: 'server', name: 'mss', atUs: atUs + 1000});
  expect(heading).toSay({
    ...{says: 'why.whyVariable.heading', name: 'mss', host: 'server', peer: '203.0.113.1:15568'},
    value: '536',
  });
  expect(paragraphs[1]).toSay({says: 'why.variableBegins.mss', by: 'silent', version: '4', bytes: 536});
});

// RFC 2018 §2, RFC 7323 §3.2. Oracle: tshark, `tcp.flags.syn == 1` of these files: options of packets 3 and 4, 4 and 5.
test('an option that both SYNs must have names them', () => {
  const asked = (file: string, host: string, name: string, language: Language = 'en') => {
    const opened = open({trace: capturedTrace(file)});
    const view = viewOf({...opened, playback: started({language, viewMs: 1e9}), message: undefined});
    return whyAbout(view, {kind: 'variable', host, name}).paragraphs.join(' ');
  };
  const both = '01a-client-close-idle.pcap';
  expect(asked(both, '10.77.65.2', 'SACK')).toSay({
    ...{says: 'why.variableBegins.option', own: 3, other: 4, who: 'both'},
  });
  expect(asked(both, '10.77.65.80', 'timestamps')).toSay({
    ...{says: 'why.variableBegins.option', own: 4, other: 3, who: 'both'},
  });
  const oneSided = '00e-handshake-one-sided-options.pcap';
  expect(asked(oneSided, '10.77.64.2', 'timestamps')).toSay({
    ...{says: 'why.variableBegins.option', own: 3, other: 4, who: 'own'},
  });
  expect(asked(oneSided, '10.77.64.80', 'SACK')).toSay({
    ...{says: 'why.variableBegins.option', own: 4, other: 3, who: 'theirs'},
  });
});

// RFC 9293 §3.8.6.2.2. Oracle: the receive buffer of the run's own connection, which is empty when the SYN leaves.
test('the room that an end announces begins whole', () => {
  const [tcb] = handshake.stateAt(5)?.hosts.client?.tcp.connections.values() ?? [];
  expect(tcb?.receiveBuffer).toHaveLength(0);
  const told = why(handshake, {host: 'client', name: 'rcv.wnd', atUs: 50_000});
  expect(told.heading).toContain(`${tcb?.rcv.wnd}`);
  expect(told.paragraphs.join(' ')).toSay({says: 'why.variableBegins.room'});
});

// RFC 7323 §2.2: the window of a SYN is never scaled. Oracle: the lesson sets 1 MiB at the server, and no buffer at the client.
test('a room that its SYN cannot tell is not called whole', () => {
  const told = (host: string, atUs: number): string => {
    const {heading, paragraphs} = why(runNamed('congestion base'), {host, name: 'rcv.wnd', atUs});
    expect(heading).toContain('65535');
    return paragraphs.join(' ');
  };
  expect(told('server', 60_000)).toSay({says: 'why.variableBegins.room', most: 65535});
  // Its own SYN has a scale of 0: it never says more.
  expect(told('client', 10_000)).not.toContain('scaled');
});

// By tshark: the SYN is packet 3, the SYN,ACK packet 4; RFC 2018 §2: only both of them permit SACK, so not all of the connection had it.
test('an option that two SYNs agree on has not been so from the first of them on', () => {
  const trace = capturedTrace('19e-unknown-blocks.pcapng');
  const {heading, paragraphs} = why(trace, {host: '10.77.182.2', name: 'SACK', atUs: 28});
  expect(heading).toContain('SACK of 10.77.182.2');
  expect(paragraphs[0]).toSay({says: 'why.variableLaws.SACK'});
});

// RFC 4987 §3.4: what makes room is another handshake, in the same instant. Oracle: events 54 and 55 are of its connection, 56 is of this one.
test('what an instant does to another connection gives this one no value', () => {
  const {paragraphs} = why(runNamed('syn-flood recycle'), {
    host: 'server',
    name: 'rcv.wnd',
    atUs: 550_000,
  });
  expect(paragraphs.at(-1)).toBe('9293:3.10.7.2/listen/syn');
});

// RFC 9293 §3.4.1: a clock and a keyed hash; the lesson says `iss: 1000`.
test('a number that the lesson has set for the SYN is said to be set', () => {
  const [, law, own] = why(handshake, {host: 'client', name: 'iss', atUs: 500_000}).paragraphs;
  expect(law).toSay({says: 'why.variableLaws.iss'});
  expect(own).toSay({says: 'why.variableBegins.iss', short: true});
  // Set where it wraps soon, and whatever its last digits are.
  const wraps = allRuns().find(({run}) => run.hosts.some(({iss}) => iss === 4_294_967_290));
  const {name} = wraps?.run.hosts.find(({iss}) => iss === 4_294_967_290) ?? expect.fail('none');
  const set = why(traceOf(wraps ?? expect.fail('none')), {host: name, name: 'iss', atUs: 500_000}).paragraphs;
  expect(set[2]).toSay({says: 'why.variableBegins.iss', short: false});
  // Nobody has set that of a capture.
  const trace = capturedTrace('00a-handshake-only.pcap');
  const {paragraphs} = why(trace, {host: trace.packet(3).from, name: 'iss', atUs: 1_000_000});
  expect(paragraphs.join(' ')).not.toSay({says: 'why.variableBegins.iss'});
});
