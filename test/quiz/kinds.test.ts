// What is asked at the places of a run, and what is right. Oracle: worked out by hand from the figures and clauses named beside each
// table, with the octets and times of the runs (100, 200 and 50 octets in the teardown).
import {expect, test} from 'vitest';
import type {QuestionKind} from '../../source/quiz/kinds.ts';
import type {Question} from '../../source/quiz/question.ts';
import {about, questionsOf, rightsOf} from './asked-runs.ts';

test.each<[string, QuestionKind, readonly string[]]>([
  // RFC 9293 §3.4: the number behind the last octet, SYN or FIN that came in order.
  [
    'teardown',
    'next-ack',
    ['#2 c+1', '#3 s+1', '#5 c+101', '#7 s+201', '#9 c+102', '#11 s+251', '#13 s+252'],
  ],
  ['handshake-loss/third', 'next-ack', ['#2 c+1', '#3 s+1']],
  [
    'simultaneous-close',
    'next-ack',
    ['#2 c+1', '#3 s+1', '#5 c+101', '#7 s+201', '#9 c+101', '#10 c+102', '#11 s+202'],
  ],

  // RFC 9293 §3.4: behind what the segment before used up; §3.8.1: the same number when it is sent again.
  [
    'teardown',
    'next-seq',
    [
      '#3 c+1',
      '#4 c+1',
      '#5 s+1',
      '#6 s+1',
      '#7 c+101',
      '#8 c+101',
      '#9 s+201',
      '#10 s+201',
      '#11 c+102',
      '#12 s+251',
      '#13 c+102',
    ],
  ],
  ['handshake-loss/third', 'next-seq', ['#3 c+1', '#4 s+0', '#5 c+1']],

  // RFC 9293 figures 6 and 7.
  ['teardown', 'fill-in-handshake', ['#2 c+1']],

  // RFC 9293 §3.5 and its figures 6 to 10, §3.10.7.
  [
    'teardown',
    'which-flags',
    ['#5 0x0010', '#7 0x0010', '#8 0x0011', '#9 0x0010', '#11 0x0010', '#12 0x0011', '#13 0x0010'],
  ],
  ['handshake-loss/third', 'which-flags', ['#2 0x0012', '#3 0x0010', '#4 0x0012']],
  ['half-open', 'which-flags', ['#5 0']],
  ['refused', 'which-flags', ['#2 0x0014', '#2 0']],
  ['why-three', 'which-flags', ['#2 0x0012', '#3 0x0004']],

  // RFC 9293 figure 5.
  ['teardown', 'state-after', ['#8 CLOSE-WAIT', '#9 FIN-WAIT-2', '#12 TIME-WAIT', '#13 CLOSED']],
  ['simultaneous-open', 'state-after', ['#1 SYN-RECEIVED', '#2 SYN-RECEIVED']],
  ['simultaneous-close', 'state-after', ['#8 CLOSING', '#9 CLOSING', '#10 TIME-WAIT', '#11 TIME-WAIT']],
  ['half-open', 'state-after', ['#5 CLOSED']],
  ['why-three', 'state-after', ['#1 SYN-RECEIVED']],

  // RFC 9293 figures 12 and 13: what has not arrived yet has changed nothing.
  ['teardown', 'state-of-peer', ['#2 SYN-RECEIVED', '#4 ESTABLISHED', '#9 CLOSE-WAIT']],
  [
    'simultaneous-close',
    'state-of-peer',
    // The 2 MSL of both ends are over at the same time, so nobody is asked where the other end is then.
    ['#2 SYN-RECEIVED', '#4 ESTABLISHED', '#11 CLOSING', '#11 TIME-WAIT'],
  ],

  // RFC 9293 figure 12, four in a row.
  [
    'teardown',
    'order-packets',
    [
      '#1 1,2,3,4',
      '#2 2,3,4,5',
      '#3 3,4,5,6',
      '#4 4,5,6,7',
      '#5 5,6,7,8',
      '#6 6,7,8,9',
      '#7 7,8,9,10',
      '#8 8,9,10,11',
    ],
  ],

  // RFC 9293 §3.8.1: who waits for an acknowledgement sends again; RFC 6298.
  [
    'teardown',
    'if-dropped',
    ['#7 198.51.100.20', '#8 198.51.100.20', '#9 0', '#13 198.51.100.20', '#14 198.51.100.20'],
  ],

  // RFC 9293 §3.8.4, §3.8.6.1: whoever probes asks again, with no segment that is a repetition: probes and their answers are left out.
  ['half-open/alive', 'if-dropped', ['#3 192.0.2.10']],
  // Of a row of acknowledgments what the later ones are the first to confirm is not printed, and where one end alone sends, nobody doubts who
  // repeats it.
  ['sliding-window/what-if-1', 'if-dropped', []],

  // Its SYN carried data that are not acknowledged: two timers run (RFC 9293 §3.8.1).
  ['handshake/data-in-syn', 'if-dropped', []],

  // netstat(8), RFC 9293 §3.3.2: where the two differ in more than a hyphen.
  ['why-three', 'rfc-name', ['#1 SYN-RECEIVED']],

  // RFC 9293 §3.10.7.4: what has come before is answered with RCV.NXT.
  ['teardown', 'if-delayed', ['#15 s+252']],

  // the fault of the run.
  ['handshake-loss/third', 'which-packet-lost', ['#3 3']],

  // RFC 6298 §5.5 (doubled), Linux tcp_syn_linear_timeouts=4, tcp_keepalive_time=7200 and _intvl=75, 2 MSL of 60 s.
  ['teardown', 'which-timer', ['#12 61350000']],
  [
    'handshake-loss/nobody',
    'which-timer',
    [
      '#1 1000000',
      '#2 2000000',
      '#3 3000000',
      '#4 4000000',
      '#5 5000000',
      '#6 7000000',
      '#7 11000000',
      '#8 19000000',
      '#9 35000000',
      '#10 67000000',
      '#11 131000000',
    ],
  ],
  [
    'half-open/keep-alive',
    'which-timer',
    // From when a segment came; what follows a probe that was sent is another wait.
    ['#3 7200100000'],
  ],

  // The first wait for a window; in Linux those after it begin with what answers a probe, and no RFC says so (tcp_ack_probe).
  ['sliding-window/never-read', 'which-timer', ['#11 600000']],

  // RFC 9293 §3.6.1; MSL of two minutes (RFC), of 30 s (Linux); two closing at once: both wait.
  ['teardown', 'ends-in-time-wait', ['#12 61350000']],
  ['time-wait/rfc', 'ends-in-time-wait', ['#8 241100000']],

  // RFC 5681 §3.1: min(cwnd, rwnd) less what is outstanding.
  [
    'sliding-window',
    'usable-window',
    ['#8 0', '#9 0', '#10 0', '#16 0', '#21 0', '#22 0', '#23 0', '#27 2000', '#30 2000'],
  ],
  [
    'loss-recovery/no-sack',
    'usable-window',
    ['#12 4000', '#13 4000', '#14 4000', '#16 500', '#17 1500', '#19 2500'],
  ],
  [
    'loss-recovery/no-sack',
    'cwnd-after',
    // Leaving recovery (#21): the two ways of RFC 6582 §3.2, step 3, differ there, so nothing is asked.
    ['#12 11000', '#15 6500', '#16 7500', '#17 8500', '#19 7500'],
  ],

  // RFC 791 §3.1, RFC 768, RFC 9293 §3.1: each header’s length counts itself and what it carries.
  ['teardown', 'layer-size', ['#1 0', '#3 0', '#4 20', '#6 240', '#10 20']],
  ['dns-recursion', 'layer-size', ['#1 55', '#2 46', '#3 80', '#7 82', '#8 71']],

  // RFC 1034 §5.3.1: a stub asks its resolver alone.
  ['dns-cache', 'next-query-to', ['#1 192.0.2.53', '#9 192.0.2.53', '#11 192.0.2.53', '#13 192.0.2.53']],

  // RFC 1035 §3.2.1: 300 s, less the whole seconds since.
  ['dns-cache', 'ttl-left', ['#10 201', '#12 101']],

  // RFC 1034 §5.3.3: its own cache, the resolver’s, the zone’s server, from the root on.
  // With all caches empty nothing is asked: the zones would only be counted.
  ['dns-cache', 'which-cache-answers', ['#9 1', '#11 1']],
  ['dns-recursion', 'which-cache-answers', []],

  // RFC 9110 §15: the packets of the run; 4xx and 5xx are mixed up with each other alone. A plain 200 is not asked about.
  [
    'http-status',
    'which-status',
    [
      '#5 100',
      '#7 201',
      '#11 304',
      '#13 301',
      '#17 404',
      '#19 405',
      '#21 401',
      '#25 503',
      '#27 500',
      '#29 400',
    ],
  ],

  // RFC 8446 §5.1, §5.2: what is encrypted says 23 outside.
  ['https-tls13/full', 'record-type', ['#12 23', '#16 23', '#20 23']],

  // RFC 8446 §7.1, table of keys.
  [
    'https-tls13/full',
    'key-of-record',
    ['#6 server handshake', '#8 client handshake', '#12 server application'],
  ],

  // RFC 8446 §4.4.2 (the certificate is encrypted), RFC 5246 §7.4.2 (it is not).
  ['https-tls13/full', 'eavesdropper-reads', ['#4 sizes,addresses,www.example.com']],
  ['https-tls12/rsa', 'eavesdropper-reads', ['#4 sizes,addresses,www.example.com,certificate']],

  // RFC 9112 §9.3: HTTP/1.0 closes after each response, 1.1 keeps the connection; §9.3.2: responses in the order of requests.
  // Where a field says it nothing is asked.
  ['http-connections/short', 'connection-after', []],
  ['http-connections/persistent', 'connection-after', ['#6 open', '#10 open', '#14 open']],
  ['http-connections/pipelined', 'pipelined-order', ['#10 ', '#11 GET /1']],

  // Two round trips of 100 ms to open and to ask, one on a connection that is open; RFC 9110 §9.2.2: GET may be sent again.
  ['http-connections/persistent', 'first-byte', ['#6 200000']],
  ['http-connections/idle', 'unanswered-request', ['#11 again']],

  // RFC 9110 §15.4: after 301 a POST becomes GET, after 308 it stays; §10.2.2: a path goes to the same host.
  ['http-status/moved', 'redirect-method', ['#6 GET', '#10 POST']],
  [
    'http-status/moved',
    'redirect-url',
    ['#6 http://www.example.com/new', '#10 http://www.example.com/upload'],
  ],

  // RFC 6265 §5.3 (the same name replaces), §8.3 (TLS and HttpOnly leave the server alone).
  ['cookies-session', 'cookies-kept', ['#26 1', '#35 1']],
  ['cookies-session/over-tls', 'cookie-readers', ['#9 server']],

  // RFC 2308 §5: the zone's SOA has 300 s, its MINIMUM is 60 s; §2.1, RFC 1034 §4.3.1: two referrals, then the name does not exist.
  ['dns-cache/negative', 'negative-ttl', ['#7 60']],
  ['dns-cache/negative', 'dns-says', ['#3 referral', '#5 referral', '#7 noName', '#8 noName']],

  // RFC 1035 §3.1: 1 y 3 abc 3 com 0 is eleven octets.
  ['dns-recursion', 'name-octets', ['#1 11', '#2 11', '#4 11', '#6 11']],

  // RFC 894, RFC 791, RFC 768, RFC 9293 §3.1: 14 + 20 + 8 or 20 with options, and the data.
  ['layers/base', 'frame-bytes', ['#1 75', '#2 91', '#3 66', '#5 54', '#6 111', '#8 168']],

  // Relative numbers are those of the figures; RFC 7323 §2.2: 502 << 7, and a SYN is not scaled.
  // One behind the SYN there is nothing to count.
  ['teardown', 'raw-number', ['#8 c+101', '#10 s+201', '#12 s+251']],
  ['tcp-header', 'window-bytes', ['#2 64240', ...[3, 4, 5, 6, 7].map((n) => `#${n} 64256`)]],

  // ss(8): of a listener Recv-Q is the accept queue; the last of the four connections brings 100 octets.
  ['accept-queue/longer', 'recv-q', ['#5 1', '#6 2', '#7 2', '#8 2', '#11 3', '#12 4', '#13 4']],

  // RFC 9293 §3.10.7.4: in the window but not RCV.NXT, exactly RCV.NXT, outside.
  ['refused/in-window', 'rst-taken', ['#5 challenged', '#7 reset']],
  ['refused/outside', 'rst-taken', ['#4 ignored']],

  // RFC 9846 §5.2: one octet for the type and sixteen for the tag, of an alert 2 + 17.
  ['https-tls13/full', 'record-bytes', ['#9 58', '#12 146', '#13 131', '#16 19', '#20 19']],

  // RFC 5246 §8.1.1: without ServerKeyExchange the secret went under the server’s key.
  ['https-tls12/rsa', 'leaked-key', ['#16 all']],
  ['https-tls13/resumed', 'tls-resumed', ['#27 resumed']],
])('%s: %s', (run, kind, lines) => {
  expect(rightsOf(about(run), kind)).toEqual(lines);
});

const saidBy = (belief: string, {choices, wrongAnswers}: Question): readonly string[] =>
  [...choices, ...wrongAnswers].flatMap((each) => (each.misconception === belief ? [`${each.value}`] : []));

// RFC 9293 §3.4: with this seed the client’s data are ten octets from 4294967290 on.
test('whoever takes Recv-Q of a listener for bytes says how many have come', () => {
  const questions = questionsOf(about('accept-queue/longer'), 'recv-q');
  expect(questions.flatMap((each) => saidBy('listen-recvq-is-bytes', each))).toEqual(['100']);
});

test.each<[QuestionKind, readonly string[]]>([
  ['next-ack', ['4294967300']],
  ['next-seq', ['4294967300']],
  ['raw-number', ['4294967300']],
])('endless numbers, asked for %s', (kind, values) => {
  const questions = questionsOf(about('data-transfer/wrap'), kind);
  expect(questions.flatMap((each) => saidBy('seq-upper-bound', each))).toEqual(values);
});
