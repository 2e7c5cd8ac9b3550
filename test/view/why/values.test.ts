// *Why?* of values that have only begun: RFC 6928 §2, RFC 5681 §3.1, RFC 6298 §2 (2.2), RFC 2018 §3; and that no value brings a packet about.
import {expect, test} from 'vitest';
import {instantOf} from '../../../source/account/entries.ts';
import {loadData} from '../../../source/lesson/load-data.ts';
import {scenarioOf} from '../../../source/lesson/run-scenario.ts';
import type {Language} from '../../../source/lesson/text.ts';
import {tcpSettings} from '../../../source/sim/host-settings.ts';
import type {Trace, TraceEvent} from '../../../source/sim/trace.ts';
import {connectionIn, connectionsAtHand} from '../../../source/view/endpoints/at-hand.ts';
import {msAt} from '../../../source/view/time/pace.ts';
import {viewOf} from '../../../source/view/view.ts';
import {whyAbout} from '../../../source/view/why/answer.ts';
import {leastTimeout} from '../../../source/view/why/rtt-variance.ts';
import {seqDiff} from '../../../source/wire/seq.ts';
import {formatSeen, formatTime} from '../../../source/words/format.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {capturedTrace} from '../../helpers/captured.ts';
import {dataFile} from '../../helpers/data-file.ts';
import {open, started} from '../player.ts';
import '../../helpers/meaning.ts';

const data = loadData({rules: dataFile('rules')});
const rules = new Map((data.ok ? data.value.rules : []).map((rule) => [rule.id, rule]));

const runNamed = (name: string): Trace =>
  traceOf(allRuns().find((run) => run.name === name) ?? expect.fail(name));

type Asked = {
  readonly host: string;
  readonly name: string;
  /** Absent: at the end. */
  readonly atUs?: number;
  readonly language?: Language;
};

const why = (trace: Trace, {host, name, atUs, language = 'en'}: Asked) => {
  const opened = open({trace});
  const viewMs = atUs === undefined ? 1e9 : msAt(opened.pacing, atUs);
  const view = viewOf({...opened, playback: started({language, viewMs}), message: undefined});
  return whyAbout(view, {kind: 'variable', host, name});
};

const handshake = runNamed('handshake base');

test.each(['srtt', 'rttvar', 'snd.una', 'mss', 'rcv.nxt', 'cwnd', 'flightSize'])(
  '%s: a cause, and no effect',
  (name) => {
    const {causedBy, next} = why(handshake, {host: 'client', name, atUs: 100_000});
    expect(causedBy).toSay({
      ...{says: 'panels.whySceneWhySentences.event.arrive', packet: 'packet 2', time: '100 ms'},
    });
    expect(next).toBeUndefined();
  },
);

test.each([
  // RFC 6928 §2: ten segments, whatever the MSS is at first.
  ['handshake base', 'client', 50_000, 'RFC 6928 §2', '5360  =  10  ×  536', 'ten'],
  ['handshake base', 'client', 120_000, 'RFC 6928 §2', '14600  =  10  ×  1460', 'ten'],
  ['handshake base', 'server', 60_000, 'RFC 6928 §2', '14600  =  10  ×  1460', 'ten'],
  // RFC 5681 §3.1: three where the MSS is above 1095, four below.
  ['handshake data-in-syn', 'server', 60_000, 'RFC 5681 §3.1', '4380  =  3  ×  1460', 'few'],
  ['handshake data-in-syn', 'client', 20_000, 'RFC 5681 §3.1', '2144  =  4  ×  536', 'few'],
])('%s: cwnd of %s at %i µs, by %s', (name, host, atUs, clause, sum, by) => {
  const {paragraphs, rule, formulas} = why(runNamed(name), {host, name: 'cwnd', atUs});
  expect(rule).toBe(clause);
  expect(formulas.map(([, numbers]) => numbers?.replace(/\s+=/, '  ='))).toEqual([sum]);
  // Since when, what it is, how it begins: nothing of the SYN.
  expect(paragraphs).toHaveLength(3);
  const [segments] = /\d+(?= {2}×)/.exec(sum) ?? [];
  expect(paragraphs[2]).toSay({says: 'why.variableBegins.cwnd', by, segments: Number(segments)});
});

// RFC 5681 §3.1: “if the SYN or SYN/ACK is lost, the initial window […] MUST be one segment”.
test('after a SYN that was sent again cwnd begins with one segment', () => {
  const {paragraphs, formulas} = why(runNamed('handshake-loss syn-ack-rfc'), {host: 'client', name: 'cwnd'});
  expect(paragraphs[2]).toSay({says: 'why.variableBegins.cwnd', by: 'one'});
  expect(formulas).toEqual([['cwnd  =  mss', '1460  =  1460']]);
});

// RFC 7661 §1: a sender that does not use all of cwnd does not validate it.
test('cwnd that was never filled says why acknowledgments have not raised it', () => {
  const trace = runNamed('https-tls13 full');
  const most = Math.max(
    ...[...trace.events()].map(({n}) => {
      const [tcb] = trace.stateAt(n)?.hosts.server?.tcp.connections.values() ?? [];
      return tcb ? tcb.snd.nxt - tcb.snd.una : 0;
    }),
  );
  expect(most).toBeLessThan(14_600);
  const told = (atUs: number) => why(trace, {host: 'server', name: 'cwnd', atUs});
  expect(told(2_300_000).heading).toSay({
    ...{says: 'why.whyVariable.heading', name: 'cwnd', host: 'server', value: '14600'},
  });
  expect(told(2_300_000).paragraphs.at(-1)).toSay({says: 'why.variableBegins.unfilled'});
  // No data have been acknowledged by then.
  expect(told(120_000).paragraphs.at(-1)).toSay({says: 'why.variableBegins.cwnd', by: 'ten'});
});

// Four segments of 1000 bytes, as it could begin: after an outage it has grown to that.
test('once data are acknowledged cwnd has not begun, but grown', () => {
  const about = {host: 'client', name: 'cwnd', atUs: 2_610_000};
  const {heading, paragraphs, rule} = why(runNamed('congestion outage'), about);
  expect(heading).toSay({says: 'why.whyVariable.heading', name: 'cwnd', host: 'client', value: '4000'});
  expect(paragraphs.join(' ')).not.toSay({says: 'why.variableBegins.cwnd'});
  expect(rule).toContain('RFC 5681 §3.1');
});

test('ssthresh is arbitrarily high before the first loss', () => {
  expect(why(handshake, {host: 'client', name: 'ssthresh'}).paragraphs[0]).toSay({
    says: 'why.variableBegins.ssthresh',
  });
  // Nothing has given a value where there is no connection.
  expect(why(handshake, {host: 'server', name: 'ssthresh', atUs: 20_000}).paragraphs[0]).toSay({
    says: 'why.whyVariable.none',
    by: 'other',
  });
});

test('a loss that was none takes the value of ssthresh back, which is not its beginning', () => {
  const {paragraphs, causedBy} = why(runNamed('rack-tlp undone'), {host: 'server', name: 'ssthresh'});
  expect(paragraphs[0]).toMatch(/^It has had this value since /);
  expect(causedBy).toBeDefined();
});

test('the first measurement is SRTT as it is, and half of it is RTTVAR', () => {
  const first = (name: string) => why(handshake, {host: 'client', name, atUs: 120_000}).paragraphs[1];
  expect(first('srtt')).toSay({says: 'why.variableBegins.srtt'});
  expect(first('rttvar')).toSay({says: 'why.variableBegins.rttvar'});
  // A path of 40 ms, of which half is less than 50 ms.
  const near = why(runNamed('cubic close-by'), {host: 'client', name: 'rttvar', atUs: 60_000});
  expect(near.heading).toSay({
    ...{says: 'why.whyVariable.heading', name: 'rttvar', host: 'client', value: '50 ms'},
  });
  expect(near.paragraphs[1]).toSay({says: 'why.variableBegins.rttvar', least: '200 ms', linux: true});
});

// RFC 6298 §2 (2.2): “When the first RTT measurement R is made, the host MUST set SRTT <- R, RTTVAR <- R/2”.
test.each(['srtt', 'rttvar'])('before any measurement %s waits for the first one', (name) => {
  const {heading, paragraphs} = why(handshake, {host: 'client', name, atUs: 20_000});
  expect(heading).toSay({says: 'why.whyVariable.unset', name, host: 'client'});
  expect(paragraphs[0]).toSay({says: 'why.whyVariable.none', by: 'measured'});
  // A host that is only watched may know more.
  const watched = why(capturedTrace('00c-simultaneous-open.pcap'), {
    ...{host: '10.77.107.80', name: 'rtt', atUs: 1_103_415},
  });
  expect(watched.paragraphs[0]).toSay({says: 'why.whyVariable.none', by: 'unseen'});
  expect(paragraphs[1]).toSay({says: `why.variableBegins.${name}`});
  expect(paragraphs[1]).not.toSay({says: `why.variableLaws.${name}`});
});

// tcp_rtt_estimator: never below tcp_rto_min / 4, which is 200 ms / 4 by default; the lesson’s path has equal round trips.
test('Linux lets RTTVAR rise at once, fall slowly, and never below a quarter of the least time-out', () => {
  const trace = runNamed('http-connections what-if 2');
  const law = (atUs: number) => why(trace, {host: 'server', name: 'rttvar', atUs});
  const {heading, paragraphs, rule} = law(300_000);
  expect(heading).toSay({says: 'why.whyVariable.heading', name: 'rttvar', host: 'server', value: '50 ms'});
  expect(paragraphs[1]).toSay({says: 'why.variableBegins.rttvar', least: '200 ms', linux: true});
  expect(rule).toContain('Linux tcp_rtt_estimator');
});

test.each(['http-connections what-if 2', 'cubic base', 'rack-tlp undone'])(
  // Where it is a quarter of the least time-out, and only there, that is said.
  '%s: RTTVAR stands on its least',
  (name) => {
    const run = allRuns().find((each) => each.name === name) ?? expect.fail(name);
    const trace = traceOf(run);
    const scenario = scenarioOf(run.run);
    const server = scenario.hosts.find((host) => host.name === 'server') ?? expect.fail('no server');
    const floorUs = tcpSettings(server, scenario).minRtoUs / 4;
    const opened = open({trace});
    const view = viewOf({...opened, playback: started({viewMs: 1e9}), message: undefined});
    const atHand = connectionsAtHand(view);
    let changed = {n: 0, rttvarUs: Number.NaN};
    const told = new Set<boolean>();
    for (const {n} of trace.events()) {
      const {rttvarUs} = connectionIn(trace.stateAt(n), 'server', atHand) ?? {};
      if (rttvarUs === undefined) continue;
      if (rttvarUs !== changed.rttvarUs) changed = {n, rttvarUs};
      const least = leastTimeout({...view, cursor: n}, 'server', changed.n);
      told.add(least !== undefined);
      // Lowered in whole µs, it may stay three above.
      if (least !== undefined)
        expect([rttvarUs - floorUs < 4, least]).toEqual([true, formatTime(4 * floorUs)]);
    }
    expect(told.has(true)).toBe(changed.rttvarUs - floorUs < 4);
  },
);

test('later measurements move SRTT by an eighth', () => {
  const {paragraphs} = why(runNamed('cubic base'), {host: 'client', name: 'srtt'});
  expect(paragraphs[1]).toSay({says: 'why.variableLaws.srtt'});
});

test('nothing has brought about that no bytes are reported beyond a gap', () => {
  const trace = capturedTrace('00a-handshake-only.pcap');
  const {atUs} = trace.event(trace.packet(5).sendEvent);
  const about = {host: trace.packet(3).from, name: 'sacked', atUs};
  const {heading, paragraphs, causedBy, previous, next} = why(trace, about);
  expect(heading).toMatch(/ ◌0\?$/);
  expect(paragraphs.at(-1)).toSay({says: 'why.variableBegins.sacked'});
  expect([causedBy, previous, next]).toEqual([undefined, undefined, undefined]);
});

// RFC 7323 §2.2: “both sides MUST send Window Scale options in their <SYN> segments to enable window scaling in either direction”.
test('whose windows a scale multiplies', () => {
  const trace = capturedTrace('00a-handshake-only.pcap');
  const {atUs} = trace.event(trace.packet(5).sendEvent);
  const {heading, paragraphs} = why(trace, {host: trace.packet(3).from, name: 'scale', atUs});
  expect(heading).toMatch(/ ◌×\d+\?$/);
  expect(paragraphs[1]).toSay({says: 'why.variableLaws.scale'});
});

test('what nobody has searched is not said to be unchanged', () => {
  const long = runNamed('cubic base');
  expect(long.length).toBeGreaterThan(2000);
  expect(why(long, {host: 'server', name: 'mss'}).paragraphs[0]).toSay({
    says: 'why.whyVariable.long',
    events: 2000,
  });
});

// RFC 6298 §2 (2.2): RTTVAR is half of the first measurement. Oracle: the only round trip of the server, of its SYN,ACK.
test('the only measurement that there was is found however long ago', () => {
  const long = runNamed('cubic base');
  const own = [...long.events()].filter(({host}) => host === 'server');
  const sentUs = own.find(({kind}) => kind === 'send')?.atUs ?? 0;
  const cameUs = own.filter(({kind}) => kind === 'arrive')[1]?.atUs ?? 0;
  const roundUs = cameUs - sentUs;
  const told = (name: string) => why(long, {host: 'server', name});
  expect(told('srtt').heading).toSay({
    ...{says: 'why.whyVariable.heading', name: 'srtt', value: `${roundUs / 1000} ms`},
  });
  expect(told('rttvar').heading).toSay({
    ...{says: 'why.whyVariable.heading', name: 'rttvar', value: `${Math.round(roundUs / 2) / 1000} ms`},
  });
  for (const name of ['srtt', 'rttvar']) {
    expect(told(name).paragraphs[0]).toSay({says: 'why.whyVariable.since', time: formatSeen(cameUs, false)});
    expect(told(name).paragraphs[1]).toContain('RFC 6298 §2 (2.2)');
  }
});

// RFC 9438 §4.6: ssthresh = cwnd * beta_cubic, 0.7; RFC 5681 §3.1, equation 4: max (FlightSize / 2, 2*SMSS), and §3.2 (2): without what
// limited transmit has sent. Linux counts whole segments.
test.each([
  ['time-wait what-if 4', 'server', 10_675_000, {by: 'cubic'}, 'RFC 9438 §4.6', /^ssthresh = 0.7 × cwnd$/],
  ['loss-recovery base', 'client', undefined, {by: 'flight'}, 'RFC 5681 §3.1', /^ssthresh = flight \/ 2$/],
  [
    'congestion base',
    'client',
    undefined,
    {by: 'limited', bytes: 2000},
    'RFC 5681 §3.2',
    /^ssthresh = flight \/ 2 − 2000 \/ 2$/,
  ],
  [
    'cubic brake-reno',
    'client',
    undefined,
    {by: 'half'},
    'RFC 5681 §3.1',
    /^ssthresh ≤ cwnd \/ 2 < ssthresh \+ mss$/,
  ],
] as const)('%s: ssthresh by its law', (name, host, atUs, law, clause, symbols) => {
  const about = {host, name: 'ssthresh'};
  const {paragraphs, formulas, rule} = why(runNamed(name), atUs === undefined ? about : {...about, atUs});
  expect(paragraphs[2]).toSay({says: 'why.whyThreshold', ...law});
  expect(rule).toContain(clause);
  expect(formulas[0]?.[0]?.replace(/ +/g, ' ')).toMatch(symbols);
});

/** What has left and is not acknowledged by the end of the instant before (RFC 5681 §2: FlightSize). */
const flightBefore = (trace: Trace, {n, host, connection}: TraceEvent): number => {
  const [first] = instantOf(trace, n);
  const tcb = trace.stateAt((first?.n ?? n) - 1)?.hosts[host]?.tcp.connections.get(connection ?? '');
  return tcb ? seqDiff(tcb.snd.nxt, tcb.snd.una) : expect.fail('no such end');
};

// RFC 5681 §3.2: equation 4 at the third duplicate, without what the first two let leave.
test('a fast retransmit tells ssthresh by what was in flight, where the machine goes by that', () => {
  const fast = ['congestion base', 'loss-recovery base', 'loss-recovery no-sack', 'rack-tlp late-old'];
  for (const name of fast) {
    const trace = runNamed(name);
    const opened = open({trace, rule: (id) => rules.get(id)});
    const view = viewOf({...opened, playback: started({viewMs: 1e9}), message: undefined});
    const event = [...trace.events()].find(({because}) => because === '5681:3.2/fast-retransmit');
    const {formulas} = whyAbout(view, {kind: 'event', event: event?.n ?? expect.fail(name)});
    const [symbols = '', numbers = ''] = formulas[0] ?? [];
    expect(symbols.replace(/ +/g, ' '), name).toMatch(/^ssthresh = flight \/ 2/);
    const [threshold, flight, , limited = 0] = (numbers.match(/\d+/g) ?? []).map(Number);
    expect(flight, name).toBe(flightBefore(trace, event ?? expect.fail(name)));
    expect(threshold, name).toBe(((flight ?? 0) - limited) / 2);
  }
});

test('0.7 of ten segments', () => {
  const about = {host: 'server', name: 'ssthresh', atUs: 10_675_000};
  const numbers = why(runNamed('time-wait what-if 4'), about).formulas[0]?.[1];
  expect(numbers?.replace(/ +/g, ' ')).toBe('10220 = 0.7 × 14600');
});

// RFC 6298 §3: from a segment to what acknowledges it. Oracle: the times of the frames.
test('a round trip of a capture has its sum where the capture was taken, and elsewhere is estimated', () => {
  const seen = {here: 0, elsewhere: 0};
  for (const file of [
    '07a-black-hole-default.pcap',
    '14a-http10-close-per-request.pcap',
    '00a-handshake-only.pcap',
  ]) {
    const trace = capturedTrace(file);
    const {vantage, hosts} = trace.header;
    for (const {name: host} of hosts) {
      const {paragraphs, formulas, heading} = why(trace, {host, name: 'rtt'});
      if (!heading.startsWith('Why is')) continue;
      const [, ack, timed] = /t\((\d+)\).*t\((\d+)\)/.exec(formulas[0]?.[0] ?? '') ?? [];
      if (vantage?.host !== host) {
        seen.elsewhere += 1;
        expect(paragraphs.join(' ')).toSay({says: 'why.whySample.estimated', elsewhere: true});
        expect(formulas).toEqual([]);
        continue;
      }
      seen.here += 1;
      const [rtt = 0, came = 0, left = 0] =
        (formulas[0]?.[1] ?? '').match(/[\d.]+(?= s)/g)?.map(Number) ?? [];
      expect(Math.round(1e6 * rtt)).toBe(Math.round(1e6 * (came - left)));
      expect(Math.round(1e6 * came)).toBe(trace.packet(Number(ack)).capturedUs);
      expect(Math.round(1e6 * left)).toBe(trace.packet(Number(timed)).capturedUs);
      expect(paragraphs.join(' ')).toSay({
        ...{says: 'why.whySample.seen', timed: Number(timed), ack: Number(ack)},
      });
    }
  }
  expect(Math.min(seen.here, seen.elsewhere)).toBeGreaterThan(0);
});

test('what a measurement gave and a lower bound keeps is not told as the sum of today (RFC 6298 §2 (2.4))', () => {
  const trace = runNamed('congestion what-if 4');
  const asked = {host: 'client', name: 'rto', atUs: 1_600_000};
  const floor = {says: 'why.whyVariable.floor', least: '300 ms', own: true};
  expect(why(trace, asked).paragraphs.join(' ')).toSay(floor);
  expect(why(trace, {...asked, atUs: 110_000}).paragraphs.join(' ')).not.toSay({says: floor.says});
});

// RFC 6298 §2 (2.2), (2.4) against tcp_rtt_estimator. Oracle: the round trip of 20 ms, half of which is not 50 ms.
test('where Linux holds RTTVAR, RTO is not said to follow RFC 6298 alone', () => {
  const trace = runNamed('rack-tlp what-if 3');
  const {formulas, paragraphs} = why(trace, {host: 'client', name: 'rto', atUs: 100_000});
  expect(formulas[0]?.[1]).toBe('220 ms  =  20 ms  +  4  ×  50 ms');
  expect(paragraphs.join(' ')).toMatch(
    /By RFC 6298 §2, rttvar may be smaller.* 4 × rttvar at 200 ms or more/,
  );
  // Half of 300 ms is more than that.
  const slow = runNamed('syn-flood base');
  const other = why(slow, {host: 'client', name: 'rto'});
  expect(other.paragraphs.join(' ')).not.toContain('tcp_rtt_estimator');
});
