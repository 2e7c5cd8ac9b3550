// Which events a selector means, of a run with ARP, a router, a lost segment and its repetition. Oracle: docs/lessons.md, “Which
// event”, and 10 ms a link; a run that is still going on ends at the first event that the finished run selects.
import {describe, expect, test} from 'vitest';
import {eventAt, matchingEvents, watchFor} from '../../source/lesson/match.ts';
import {parseSelector} from '../../source/lesson/selector-parser.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {load, traceOf} from './fragments.ts';

const trace = traceOf(
  load({
    topology: `topology:
  arp: true
  hosts:
    client: {ip: 192.0.2.10, iss: 1000}
    r1: {router: true, ip: {near: 192.0.2.1, far: 198.51.100.1}}
    server: {ip: 198.51.100.20, iss: 9000}
  links:
    - {name: near, between: [client, r1], delay: 10ms}
    - {name: far, between: [r1, server], delay: 10ms}
`,
    script: `script:
  - {at: 0ms, host: server, call: listen, port: 80}
  - {at: 0ms, host: client, call: connect, to: 'server:80', from: 40000, as: c}
  - {at: 1s, host: client, call: send, bytes: 10}
  - {at: 2s, host: client, call: send, bytes: 20}
`,
    runs: 'runs: {base: {faults: [{drop: {from: client, data: true, nth: 1}}]}}\n',
  }),
);
const names = {hosts: ['client', 'r1', 'server'], connections: ['c']};

const selectorOf = (source: string) => {
  const selector = parseSelector(source, names);
  if (!selector.ok) expect.fail(selector.error.message.en);
  return selector.value;
};

const times = (source: string, of: Trace = trace): readonly number[] =>
  matchingEvents(selectorOf(source), of).map((n) => of.event(n).atUs / 1000);

// ARP takes 20 ms to the router and 20 ms from there: the SYN leaves at 20 ms, is passed on at 50 ms. The first data are lost at
// 1 s; the RTO is 80 ms (the SYN’s 60 ms, RFC 6298 §2.2) at least 200 ms more, and a probe in its place (RFC 8985 §7.2): what it repeats leaves at 1.28 s.
const selected: readonly (readonly [string, readonly number[]])[] = [
  ['{sends: client}', [20, 80, 1000, 1280, 2000]],
  ['{sends: server}', [60, 1300, 2020]],
  // What a router passes on it does not send; ARP is no packet of a selector’s.
  ['{sends: r1}', []],
  ['{forwards: r1}', [50, 70, 90, 1290, 1310, 2010, 2030]],
  ['{forwards: any}', [50, 70, 90, 1290, 1310, 2010, 2030]],
  ['{forwards: client}', []],
  ['{sends: any}', [20, 60, 80, 1000, 1280, 1300, 2000, 2020]],
  ['{arrives: server}', [60, 100, 1300, 2020]],
  ['{arrives: client}', [80, 1320, 2040]],
  ['{arrives: r1}', [30, 70, 90, 1290, 1310, 2010, 2030]],
  ['{drops: any}', [1005]],
  ['{drops: client}', [1005]],
  ['{drops: server}', []],
  ['{sends: client, retransmission: true}', [1280]],
  ['{sends: client, retransmission: false}', [20, 80, 1000, 2000]],
  ['{forwards: r1, retransmission: true}', [1290]],
  ['{sends: client, carries: data, length: 20}', [2000]],
  ['{sends: client, flags: [ACK], carries: none}', [80]],
  ['{call: connect}', [0]],
  ['{call: send, host: client}', [1000, 2000]],
  ['{call: send, host: server}', []],
  ['{call: send, returns: ok}', [1000, 2000]],
  ['{call: send, returns: EPIPE}', []],
  ['{call: connect, returns: connected}', [80]],
  ['{call: connect, host: server, returns: connected}', []],
  ['{call: listen, host: server, returns: accepted}', [100]],
  ['{timer: TLP}', [1280]],
  ['{timer: RTO, op: cancel, host: server}', [100]],
  ['{enters: ESTABLISHED}', [80, 100]],
  ['{enters: ESTABLISHED, host: server}', [100]],
  ['{delivers: any}', [1300, 2020]],
  ['{sends: client, nth: 1}', [20]],
  ['{sends: client, nth: 5}', [2000]],
  ['{sends: client, nth: 6}', []],
  ['{sends: any, after: {enters: ESTABLISHED, nth: 2}}', [1000, 1280, 1300, 2000, 2020]],
  ['{sends: any, nth: 2, after: {enters: ESTABLISHED, nth: 2}}', [1280]],
  // Later than the first, and not the first itself.
  ['{sends: client, after: {sends: client}}', [80, 1000, 1280, 2000]],
  ['{sends: client, nth: 1, after: {sends: server, after: {drops: any}}}', [2000]],
  ['{sends: client, after: {enters: TIME-WAIT}}', []],
  // The event of 1.3 s itself is not after it, nor is what else happens at 1.3 s.
  ['{sends: any, after: {at: 1299ms}}', [1300, 2000, 2020]],
  ['{sends: any, after: {at: 1300ms}}', [2000, 2020]],
  ['{sends: any, after: {at: 1h}}', []],
];

describe('matchingEvents', () => {
  test.each(selected)('%s', (source, expected) => {
    expect(times(source)).toEqual(expected);
  });

  test.each([
    ['{end: true}', [61]],
    ['{at: 0ms}', [6]],
    // Between two events, the one before; at one, the last of its time.
    ['{at: 9.999ms}', [6]],
    ['{at: 10ms}', [8]],
    ['{at: 2040ms}', [61]],
    ['{at: 2040.001ms}', []],
  ])('%s: by number', (source, expected) => {
    expect(matchingEvents(selectorOf(source), trace)).toEqual(expected);
  });

  test('what comes after comes after, an end and a time too', () => {
    const end = {match: {kind: 'end'}} as const;
    const at = (atUs: number) => ({match: {kind: 'at', atUs}}) as const;
    expect(matchingEvents({...end, after: at(0)}, trace)).toEqual([61]);
    expect(matchingEvents({...end, after: end}, trace)).toEqual([]);
    expect(matchingEvents({...at(10_000), after: at(0)}, trace)).toEqual([8]);
    expect(matchingEvents({...at(9000), after: at(0)}, trace)).toEqual([]);
    expect(matchingEvents({...end, nth: 1}, trace)).toEqual([61]);
    expect(matchingEvents({...end, nth: 2}, trace)).toEqual([]);
  });
});

describe('eventAt', () => {
  test('the last at or before a time, whichever it is', () => {
    const all = [...trace.events()];
    for (const {atUs} of all) {
      for (const us of [atUs - 1, atUs, atUs + 1])
        expect(eventAt(trace, us)).toBe(all.filter((event) => event.atUs <= us).length);
    }
  });

  test('nothing is before everything, the last event behind it', () => {
    expect(eventAt(trace, -1)).toBe(0);
    expect(eventAt(trace, 3_600_000_000)).toBe(61);
  });
});

/** Of a run that goes on: the times at which the watch would end it. */
const watched = (source: string, of: Trace = trace): readonly number[] => {
  const watch = watchFor(selectorOf(source));
  return [...of.events()].filter((event) => watch(event)).map(({atUs}) => atUs / 1000);
};

describe('watchFor', () => {
  test.each(selected)('%s', (source, expected) => {
    expect(watched(source)).toEqual(expected);
  });

  test.each([
    // A time is over with the first event later than it; the end of a run ends nothing.
    ['{at: 1320ms}', 2000],
    ['{at: 1319ms}', 1320],
    ['{at: 2040ms}', undefined],
    ['{end: true}', undefined],
  ])('%s', (source, first) => {
    expect(watched(source)[0]).toBe(first);
  });
});

test('what stands in a stream is found in both', () => {
  const page = traceOf(
    load({
      script: `script:
  - {at: 0ms, host: client, call: get, url: 'http://server/'}
  - {at: 5s, host: client, call: get, url: 'http://server/no'}
`,
      runs: 'apps: [{host: server, http: {routes: [{get: /, body: hello}]}}]\nuntil: 8s\n',
    }),
  );
  for (const [source, expected] of [
    // 100 ms for the handshake, 50 ms there.
    ['{sends: client, http: {method: GET}}', [100, 5000]],
    ['{sends: client, http: {method: POST}}', []],
    ['{sends: server, http: {status: 200}}', [150]],
    ['{sends: server, http: {status: 404}}', [5050]],
    ['{sends: client, http: {status: 200}}', []],
    // What is answered later returns what the answer says.
    ['{call: get}', [0, 5000]],
    ['{call: get, returns: ok}', [200, 5100]],
  ] as const) {
    expect([source, times(source, page)]).toEqual([source, expected]);
    expect([source, watched(source, page)]).toEqual([source, expected]);
  }
});
