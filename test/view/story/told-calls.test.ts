// What calls on sockets come to, what comes too late, for its connection or for the run, and what TIME-WAIT makes of it.
// Oracles: test/fixtures/kernel-calls.json, RFC 9293 §3.4.1, the time at which the run ends, the timers of the run.
import {expect, test} from 'vitest';
import {copy, drop, edit, late, spokenBeats, testTold, toldAlone, toldWith} from './told-with.ts';

testTold(
  [
    // A call fails at once.
    [
      ['time-wait old-data', 8, drop],
      {says: 'told.callFails', host: 'client', call: 'connect', error: 'EADDRNOTAVAIL', why: 'exists'},
    ],
    // A connection whose handshake is not finished is nothing that a program has (RFC 9293 §3.10.1).
    [
      ['time-wait reuse', 2, drop],
      {says: 'told.callFails', host: 'server', call: 'close', error: 'EBADF', why: 'halfOpen'},
    ],
    // Without a connection a call has nothing to act on.
    [
      ['time-wait reuse', 1, drop],
      {says: 'told.callFails', host: 'server', call: 'close', error: 'EBADF', why: 'none'},
    ],
    // The connection of this socket is over (test/fixtures/kernel-calls.json).
    [
      ['half-open heartbeat', 2, edit('tcp.seq_raw', 109_000)],
      {says: 'told.callFails', host: 'client', call: 'send', error: 'EPIPE', why: 'over', since: '200 ms'},
    ],
    // The connect() of this socket had failed.
    [
      ['refused no-record', 2, drop],
      {says: 'told.callFails', host: 'client', call: 'send', error: 'EPIPE', why: 'never'},
    ],
    // Who has closed has no socket any more (POSIX, EBADF).
    [
      ['state-machine what-if 1', 1, edit('ip.ttl', 63)],
      {says: 'told.callFails', host: 'server', call: 'send', error: 'EBADF', why: 'closed'},
    ],
    // Old bytes that a new connection takes are told as old (RFC 9293 §3.4.1).
    [['time-wait old-data', 9, copy()], {says: 'told.ofEarlier', host: 'server', what: 'data', many: true}],
    // What would be late beyond the end of the run is told as that, with the host at the end of the link.
    [
      ['layers base', 9, late(150_000)],
      {says: 'told.beyondEnd', packet: 9, what: 'late', router: 'Router 1', at: '470 ms'},
    ],
    // A copy would come after the end.
    [
      ['https-why answered', 6, copy(2_000_000)],
      {says: 'told.beyondEnd', packet: 6, what: 'copy', at: '2.100 s'},
    ],
    // A change would show after the end.
    [
      ['layers big', 11, edit('tcp.seq_raw', 1035)],
      {says: 'told.beyondEnd', packet: 11, what: 'altered', at: '320 ms'},
    ],
    // On Linux any ACK begins TIME-WAIT anew (tcp_timewait_state_process).
    [
      ['simultaneous-close base', 10, late(4_000_000)],
      {says: 'told.closing.waitsAnew', host: 'client', at: '65.10 s'},
    ],
    // Where another sentence stands between, it is told whose cwnd it is (RFC 9937: nothing is in flight).
    [['rack-tlp hole', 4, drop], {says: 'told.again.cwnd', host: 'server', before: 17000, after: 1000}],
    // A FIN may be acknowledged before the ACK of the other one has come.
    [
      ['simultaneous-close base', 5, drop],
      {says: 'told.closing.waits', host: 'client', by: 'ack', until: '61.10 s'},
    ],
    // Nothing is to come, though the run has a time at which it ends (the queue of the run).
    [
      ['time-wait reuse', 7, copy()],
      {says: 'told.ends.stay', state: 'ESTABLISHED', peerState: 'ESTABLISHED', open: 'both'},
    ],
    // What was ended was another connection: one of the same ports as one that was given up is new (RFC 9293 §3.3.1).
    [
      ['time-wait no-wait', 1, drop],
      {says: 'told.ends.stay', state: 'ESTABLISHED', peerState: 'ESTABLISHED', open: 'both'},
      {says: 'told.handshake.opens', host: 'client', seq: 1000, anew: true},
    ],
    // A window holds nothing back: all has been sent and acknowledged.
    [
      ['why-four streaming', 7, edit('tcp.window_size_value', 0)],
      {
        says: 'told.altered.field',
        packet: 7,
        idle: true,
        name: 'tcp.window_size_value',
        arrived: '0',
        sent: '502',
      },
    ],
    // A timer is not told that what comes at that same time stops (it is cancelled at 1.050 s).
    [
      ['why-four three', 3, drop],
      {says: 'told.again.timer', host: 'server', thing: {packet: 5}, wait: '1 s', needless: 'acknowledged'},
      {says: 'told.again.needless.acknowledged', what: 'SYNACK', last: 3, coming: true},
    ],
    // Who has no connection forgets none: with its power goes the program that listened.
    [['refused no-record', 1, drop], {says: 'told.power.down', host: 'server', had: 'listener'}],
  ],
  toldAlone,
);

// Packet 6 brings 200 bytes, with which both requests of 150 bytes are whole: one answer leaves, Nagle keeps the other.
test('what is told of an answer is not told where a second one waits (RFC 9293 §3.7.4)', () => {
  const faulted = ['delayed-ack base', 5, drop] as const;
  expect(spokenBeats(...faulted)).not.toContain(3);
  expect(toldWith(...faulted)).toSay({says: 'told.holds.small', host: 'server', bytes: 200});
});
