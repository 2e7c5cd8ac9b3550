// Times, amounts and names in what the account tells, where a close reading found them inexact.

import {expect, test} from 'vitest';
import {type Meaning, meaningsOf} from '../../helpers/meaning.ts';
import {
  copy,
  damaged,
  damagedOnLink,
  drop,
  edit,
  late,
  overtaken,
  spokenBeats,
  testTold,
  toldAlone,
  toldWith,
} from './told-with.ts';

test('what had waited for a connection that its program shuts down is thrown away (RFC 9293 §3.10.4)', () => {
  const told = toldWith('time-wait old-data', 1, drop);
  expect(told).toSay({says: 'told.closing.closesEarly', by: 'shutdown', bytes: 100, peer: 'server'});
});

test('who aborts in SYN-SENT does not close, and whom no SYN has reached never hears of it (RFC 9293 §3.10.5)', () => {
  const early = {says: 'told.closing.closesEarly', host: 'client', by: 'abort'};
  expect(toldWith('why-four abort', 1, drop)).toSay({...early, peer: 'server'});
  expect(toldWith('why-four abort', 2, drop)).toSay({...early, peer: undefined});
});

test('shutdown() in SYN-SENT ends all of it, and is no close() of the program (RFC 9293 §3.10.4)', () => {
  const told = toldWith('why-four streaming', 2, drop);
  expect(told).toSay({says: 'told.closing.closesEarly', host: 'client', by: 'shutdown', answered: false});
});

test('what comes may answer a SYN and still not be valid; whom an end challenges may be the true one (RFC 9293 §3.10.7.3, RFC 5961 §3.2)', () => {
  const told = toldWith('why-four never', 2, edit('tcp.ack_raw', 6001));
  expect(told).toSay({says: 'told.closing.closesEarly', host: 'client', by: 'shutdown', answered: true});
  expect(told).toSay({says: 'told.challenges', host: 'server', thing: {packet: 3}});
});

test('where one segment comes now, and four had come behind a gap, all five go to the program (RFC 9293 §3.10.7.4)', () => {
  const told = toldWith('loss-recovery with-sack', 4, drop);
  expect(told).toSay({says: 'told.data.delivered', host: 'server', bytes: 5000, ack: 9001, earlier: true});
});

test('what is damaged goes past who answers in the place of its destination: that host throws it away (RFC 3552 §3.3.5, RFC 9293 §3.1)', () => {
  for (const packet of [1, 3, 4, 7]) {
    const faulted = ['https-why answered', packet, damaged] as const;
    expect(toldWith(...faulted)).toSay({says: 'told.lost', where: 'beyond', router: 'server'});
    expect(spokenBeats(...faulted)).not.toContain(8);
  }
  const faulted = ['https-why answered', 7, damagedOnLink] as const;
  expect(toldWith(...faulted)).toSay({says: 'told.lost', where: 'link check', thing: {packet: 7}});
  expect(spokenBeats(...faulted)).toContain(8);
});

test('who passes over TIME-WAIT breaks a rule, as some machines do (RFC 9293 §3.6.1)', () => {
  const told = toldAlone('time-wait skipped', 3, drop);
  expect(told).toSay({says: 'told.closing.skipsWait', host: 'client'});
});

testTold([
  // What is left of a TTL is a number in a record, no promise (RFC 1035 §3.2.1).
  [
    ['dns-transport base', 1, damagedOnLink],
    {says: 'told.names.fromCache', name: 'Y.ABC.com', type: 'A', ttl: 297},
  ],
  [
    ['dns-cache negative', 16, damagedOnLink],
    {says: 'told.names.noNameFromCache', name: 'nope.abc.com', ttl: 31},
  ],
  // Texts have as many bytes as their data (RFC 1035 §3.3.14).
  [
    ['dns-transport edns', 2, damagedOnLink],
    {says: 'told.names.answers', data: {bytes: 896, strings: 4, octets: 900}, ttl: 300},
  ],
  // A copy of a response that was taken answers a question that is settled (RFC 5452 §9.1).
  [['dns-transport forged', 9, copy()], {says: 'told.refused.settled', thing: {packet: 9}}],
  // What is larger than the MSS is no segment yet: the network card cuts it.
  [
    ['your-capture host', 10, edit('tcp.flags', 28)],
    {says: 'told.data.sends', seq: 37_961, bytes: 14_480, segments: 2, cut: 'all', besides: true},
  ],
  // Packet 19 has 18824 bytes and is cut, packet 20 has 1448: one segment.
  [
    ['your-capture host', 4, drop],
    {says: 'told.data.sends', seq: 52_441, bytes: 20_272, segments: 2, cut: 'some'},
  ],
  // Behind data that have all left a FIN waits for ACKs: there are none left to go before it.
  [['http-connections short', 13, drop], {says: 'told.closing.closes', host: 'server', waits: 'cwnd'}],
  // A time at which something is due lies behind what happens now, however late it is.
  [
    ['cookies-session base', 45, drop],
    {says: 'told.notices.timer', host: 'thief', timer: 'TLP', at: '3720.400 s'},
    {says: 'told.again.probe', host: 'thief', due: '3720.700 s'},
    // Of several connections that one whose TIME-WAIT is over goes by its port.
    {says: 'told.closing.waitOver', host: 'shop', port: 51_807},
  ],
  // What a check throws away has come to no host.
  [['handshake base', 1, damagedOnLink], {says: 'told.lost', where: 'link check', altered: true}],
  [['handshake base', 1, damaged], {says: 'told.lost', where: 'checksum', altered: true}],
  // What leaves under another address is told with its sender.
  [
    ['dns-transport forged', 4, drop],
    {says: 'told.things.lost', packet: 4, forged: {by: 'attacker', alleged: 'name server'}},
  ],
  [
    ['dns-transport forged', 3, drop],
    {says: 'told.names.answers', origin: 'forged', alleged: 'name server', times: 3},
  ],
]);

test('a copy of an ACK with D-SACK says what it has said', () => {
  const told = toldWith('rack-tlp undone', 27, copy());
  expect(told).toSay({says: 'told.copied', packet: 27, idle: true});
  expect(told).not.toSay({says: 'told.data.cameTwice'});
});

test('of several connections of a host each sentence says which it is about', () => {
  const told = toldWith('cubic beside', 16, drop).split('\n').map(meaningsOf);
  const of = (wanted: Meaning, port: number) =>
    expect(told).toContainEqual([expect.objectContaining(wanted), {says: 'told.data.ofPort', port}]);
  of({says: 'told.data.outOfOrder', missing: 1000, seq: 14_001}, 40_001);
  of({says: 'told.data.gapFilled', ack: 34_001, bytes: 2000}, 40_000);
  for (const each of told) {
    const ports = each.flatMap(({says, port}) => (says === 'told.data.ofPort' ? [port] : []));
    expect(new Set(ports).size).toBe(ports.length);
  }
  expect(toldWith('handshake base', 2, drop)).not.toSay({says: 'told.data.ofPort'});
});

test('of several connections that of the late packet counts alone, and an RST says since when the connection is gone', () => {
  const told = toldWith('time-wait many', 47, late(150_000));
  expect(told).toSay({says: 'told.heldUp', thing: {packet: 47}, overtaken: 2, of: 'own'});
  expect(told).toSay({says: 'told.rst.noConnection', host: 'server', gone: '256 ms'});
});

test('where a lesson speaks, too, what comes late is said to be late, but not what the lesson itself delays', () => {
  const faulted = ['handshake base', 2, overtaken(3)] as const;
  expect(toldWith(...faulted)).toSay({says: 'told.heldUp', thing: {packet: 2}, ago: '200 ms'});
  expect(spokenBeats(...faulted)).toContain(6);
  expect(toldWith('data-transfer reorder', 5, copy(2_000_000))).not.toSay({says: 'told.overtaken'});
});

testTold([
  // A timer that the ACK of other data has restarted says since when it ran (RFC 6298 §5.3).
  [
    ['loss-recovery with-sack', 21, drop],
    {says: 'told.again.timer', host: 'client', seq: 4001, anew: '400 ms', wait: '1 s'},
  ],
  // An RST that comes into TIME-WAIT ends no connection that was not closed (RFC 1337 §2).
  [
    ['http-connections short', 10, copy(30_000)],
    {says: 'told.closing.reset', host: 'server', from: 'TIME-WAIT', waits: true},
  ],
  // A handshake that is given up ends nothing but itself: the listener was in LISTEN all the while (RFC 9293 §3.10.7.4).
  [['syn-flood timer', 3, copy(30_000)], {says: 'told.closing.listensAgain', host: 'server', by: 'timer'}],
  // What leaves to somebody who has forgotten the connection no ACK will answer (RFC 9293 §3.10.7.1).
  [
    ['refused no-record', 3, late(150_000)],
    {says: 'told.data.sends', host: 'client', seq: 1001, bytes: 10, end: undefined},
  ],
  // A close() that came before there was a connection is not one that is still to come (POSIX close()).
  [
    ['time-wait reuse', 2, drop],
    {says: 'told.ends.stay', state: 'ESTABLISHED', peerState: 'ESTABLISHED', open: 'host'},
    {says: 'told.ends.stay', closer: 'server', call: 'close', error: 'EBADF', at: '1.000 s'},
  ],
  // The next ACK acknowledges what an ACK that is thrown away was to acknowledge (RFC 9293 §3.4).
  [
    ['why-four streaming', 10, edit('tcp.ack_raw', 16_921)],
    {says: 'told.refused.ack', host: 'server', answers: 1002, next: 13_381},
  ],
  // What a browser keeps stands beside the response that brought it, a server’s FIN behind its answer (RFC 9112 §9.6), a SYN beside what
  // the path is to do with it.
  [
    ['url-to-page dead', 18, damagedOnLink],
    {says: 'told.pages.strictKept', host: 'laptop', site: 'www.example.com'},
    {says: 'told.pages.read', host: 'laptop', target: '/', status: 200, bytes: 70},
  ],
  [
    ['http-connections short', 13, drop],
    {says: 'told.pages.responds', host: 'server', target: '/2', status: 200, bytes: 100},
  ],
  [
    ['accept-queue reset', 1, late(4_000_000)],
    {says: 'told.handshake.opens', host: 'visitor', seq: 2000},
    {says: 'told.beyondEnd', packet: 1, what: 'late'},
  ],
  // A listener has no use for a FIN alone (RFC 9293 §3.10.7.2).
  [['state-machine base', 1, edit('tcp.flags', 0x01)], {says: 'told.refused.listener', what: 'FIN'}],
  // Whose state is told beside its own may have several connections: the port says which (the run has two of the visitor).
  [
    ['accept-queue somaxconn', 2, drop],
    {says: 'told.handshake.accepts', host: 'server', peer: 'visitor', peerOpen: true},
    {says: 'told.data.ofPort', port: 50_001},
  ],
  // Linux keeps a small segment back for an earlier small one alone (draft-minshall-nagle-01).
  [['delayed-ack base', 6, overtaken(3)], {says: 'told.holds.small', host: 'client', bytes: 50}],
  // Whom a SYN may still reach may yet hear of the connection.
  [['why-three base', 1, damagedOnLink], {says: 'told.closing.closesEarly', by: 'close', peer: undefined}],
  // A FIN of the path’s that waited behind a gap is that of the packet that brought it (RFC 9293 §3.10.7.4).
  [
    ['rack-tlp late-old', 34, edit('tcp.flags', 0x11)],
    {says: 'told.closing.takesFin', host: 'client', peer: 'server', kept: 34},
  ],
  // The wait behind the last repetition ends in giving up, and sends nothing (RFC 9293 §3.8.3). In the events: the timer fires at 63.05 s
  // by the rule of giving up, SYN-RECEIVED → LISTEN, no packet.
  [
    ['handshake-loss no-third', 12, drop],
    {says: 'told.lost', thing: {packet: 12}, notice: {host: 'server', last: true, at: '63.05 s'}},
  ],
  [
    ['handshake-loss no-third', 10, drop],
    {says: 'told.lost', thing: {packet: 10}, notice: {host: 'server', last: false, at: '31.05 s'}},
  ],
]);

test('a connection that persists may end without “Connection: close”: here the server closes it when it is idle (RFC 9112 §9.5)', () => {
  const faulted = ['http-connections persistent', 4, copy()] as const;
  expect(toldWith(...faulted)).toSay({says: 'told.closing.closes', idle: '15 s', answered: true});
  expect(spokenBeats(...faulted)).toContain(7);
});

test('a run whose ends are not closed says in which states they stay, and that nothing would change that', () => {
  const told = toldAlone('why-four never', 2, copy(2_000_000));
  expect(told).toSay({says: 'told.ends.stay', state: 'FIN-WAIT-2', peerState: 'CLOSE-WAIT', open: 'peer'});
});

test('a run whose last event is an ACK tells when all is acknowledged: the last byte had arrived before (RFC 9293 §3.4)', () => {
  expect(spokenBeats('cubic brake', 23, edit('tcp.ack_raw', 16_001))).toContain(15);
});

test.each([
  ['overtaken', overtaken(1)],
  ['lost', drop],
] as const)('who agrees to early data that are %s has not taken them (RFC 9846 §4.3.10)', (_, kind) => {
  const told = toldWith('https-tls13 early', 28, kind);
  expect(told).toSay({says: 'told.early.agreed', host: 'server'});
  expect(told).not.toSay({says: 'told.early.taken', host: 'server'});
  expect(told).toSay({says: 'told.early.heard', host: 'client'});
  expect(told).toSay({says: 'told.early.takenAgain', host: 'second server', sender: 'client'});
});

test('early data that come with ClientHello are taken at once (RFC 9846 §4.3.10)', () => {
  const told = toldWith('https-tls13 early', 27, drop);
  expect(told).toSay({says: 'told.early.taken', host: 'server'});
  expect(told).not.toSay({says: 'told.early.agreed'});
});

test('a request or a response of which a closed window lets nothing leave is not sent yet (RFC 9293 §3.8.6)', () => {
  const shut = edit('tcp.window_size_value', 0);
  // At 500 ms the client sends no segment with data; the first with GET /3 is packet 28, at 900 ms.
  const asked = toldWith('http-connections short', 24, shut);
  expect(asked).toSay({says: 'told.pages.requests', host: 'client', target: '/3', waits: true});
  expect(asked).toSay({says: 'told.windows.persist', host: 'client', data: true});
  expect(asked).not.toSay({says: 'told.pages.requests', target: '/3', waits: false});
  // At 150 ms the server sends a bare ACK; its response is packet 8, at 550 ms.
  const answered = toldWith('https-why read', 4, shut);
  expect(answered).toSay({says: 'told.pages.responds', target: '/bill', status: 200, bytes: 26, waits: true});
});
