// *Why?* of captured packets that carry HTTP, HTTP/2, TLS or QUIC. What is in which packet is tshark's word for these files
// (http.request_in, http2.type, tls.handshake.type, quic.frame_type, with the key log where there is one).

import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {nodeCrypto} from '../../../source/io/crypto.ts';
import type {Language} from '../../../source/lesson/text.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {viewOf} from '../../../source/view/view.ts';
import {whyAbout} from '../../../source/view/why/answer.ts';
import {parseKeyLog} from '../../../source/wire/tls/key-log.ts';
import {capturedTrace, capturePath, traceOfFile} from '../../helpers/captured.ts';
import {todayFolder, todayTrace} from '../../helpers/captured-today.ts';
import {sharedData} from '../../helpers/kept-lessons.ts';
import {open, started} from '../player.ts';
import '../../helpers/rule-meaning.ts';

const rules = new Map(sharedData().rules.map((each) => [each.id, each]));

const why = (trace: Trace, packet: number, language: Language = 'en') => {
  const opened = open({trace, rule: (id) => rules.get(id)});
  const view = viewOf({...opened, playback: started({language, viewMs: 1e9}), message: undefined});
  return whyAbout(view, {kind: 'event', event: trace.packet(packet).sendEvent});
};

const contentsOf = (name: string): Trace => traceOfFile(readFileSync(capturePath(name)), name, true);

describe('HTTP', () => {
  test('a request is told as such, with its clause; TCP comes after (RFC 9112 §3)', () => {
    const {heading, paragraphs, rule} = why(contentsOf('15a-cookie-login.pcap'), 16);
    expect(heading).toMatch(/^Why GET \/\S* at /);
    expect(paragraphs[0]).toSay({says: 'rules.9110:9.3/request'});
    expect(paragraphs[1]).toMatch(/^TCP: If this host follows RFC 9293/);
    expect(rule).toMatch(/^RFC 9112 §2\.1, §3, .*; ◌ RFC 9293 §3\.10\.2/);
  });

  // tshark: this segment has GET /, GET /style.css and GET /nope.
  test('several requests in one segment are told as a pipeline (RFC 9112 §9.3.2)', () => {
    const {paragraphs, rule} = why(contentsOf('14c-http11-pipelining.pcap'), 7);
    expect(paragraphs[0]).toSay({says: 'rules.9112:9.3.2/pipeline'});
    expect(rule).toMatch(/^RFC 9112 §9\.3\.2, .*; ◌ RFC 9293 §3\.10\.2/);
  });

  // tshark: packet 7 of this capture has three requests, and 9, 11 and 13 are the responses.
  test('a response names the packet with its request, and which it is of several there (RFC 9112 §9.2)', () => {
    const trace = contentsOf('14c-http11-pipelining.pcap');
    for (const [at, packet] of [9, 11, 13].entries())
      expect(why(trace, packet).paragraphs[0]).toSay({
        ...{says: 'player.capturedCarried.httpAnswers', packet: 7, nth: at + 1},
      });
    expect(why(trace, 13).heading).toMatch(/^Why 404 /);
  });

  // RFC 9110 §15: “The first digit of the status code defines the class of response.”
  test('a response says what its own status tells', () => {
    const trace = contentsOf('14c-http11-pipelining.pcap');
    const told = (of: Trace, packet: number) => why(of, packet).paragraphs[0] ?? '';
    expect(told(trace, 9)).toSay({says: 'player.capturedCarried.status.2', status: 200});
    expect(told(trace, 13)).toSay({says: 'player.capturedCarried.status.4', status: 404});
    expect(told(todayTrace('25c-http-early-hints.pcap'), 10)).toSay({
      ...{says: 'player.capturedCarried.status.1', status: 103},
    });
  });

  test('an interim one is called so, and answers the same request (RFC 9110 §15.2)', () => {
    const trace = todayTrace('25c-http-early-hints.pcap');
    expect(why(trace, 10).paragraphs[0]).toSay({
      ...{says: 'player.capturedCarried.httpAnswers', packet: 8, interim: true},
    });
    expect(why(trace, 22).paragraphs[0]).toSay({
      ...{says: 'player.capturedCarried.httpAnswers', packet: 8, interim: false},
    });
    expect(why(trace, 17).paragraphs[0]).toSay({says: 'player.capturedCarried.httpAnswers', packet: 15});
  });

  test('what goes on with a message names the packet that began it', () => {
    const trace = todayTrace('24e-tls10-tls11.pcap');
    const {heading, paragraphs} = why(trace, 18);
    expect(heading).toSay({says: 'panels.whyHeadings.bytes', bytes: 1448, packet: 18, past: '≈578 ms'});
    const [message, tls] = paragraphs;
    expect(message).toSay({says: 'player.capturedCarried.httpGoesOn', packet: 16});
    expect(tls).toMatch(/^TLS: /);
    expect(tls).toSay({says: 'player.whyTexts.goesOn'});
  });
});

describe('HTTP/2 (RFC 9113)', () => {
  const trace = todayTrace('21e-h2-ping-reset-goaway.pcap');

  test.each([
    [24, /^Why SETTINGS at/, {says: 'player.capturedCarried.http2.SETTINGS'}],
    [20, /^Why SETTINGS ACK at/, {says: 'player.capturedCarried.http2.SETTINGSack'}],
    [21, /^Why PING at/, {says: 'player.capturedCarried.http2.PING'}],
    [23, /^Why PING ACK at/, {says: 'player.capturedCarried.http2.PINGack'}],
    [26, /^Why HEADERS stream 3: GET /, {says: 'player.capturedCarried.http2.request', stream: 3}],
    [27, /^Why HEADERS stream 3: 200 at/, {says: 'player.capturedCarried.http2.status', stream: 3}],
    [28, /^Why DATA stream 3: \d+ B at/, {says: 'player.capturedCarried.http2.octets', stream: 3}],
  ])('HTTP/2, packet %i', (packet, heading, first) => {
    const told = why(trace, packet);
    expect(told.heading).toMatch(heading);
    expect(told.paragraphs[0]).toSay(first);
  });
});

describe('TLS', () => {
  test.each([
    [8, 'ClientHello', /^RFC 9846 §4\.2\.2/],
    [10, 'ServerHello, Certificate, ServerKeyExchange, ServerHelloDone', /^RFC 5246 §7\.4\.1\.3/],
    [12, 'ClientKeyExchange', /^RFC 8422 §5\.7/],
  ])('TLS 1.2, packet %i: %s', (packet, name, clause) => {
    const {heading, rule} = why(capturedTrace('16c-tls12-ecdhe-rsa.pcapng'), packet);
    expect(heading).toMatch(new RegExp(`^Why ${name} at`));
    expect(rule).toMatch(clause);
  });

  test('where the certificate’s key carries the secret, the clause is that of RSA (RFC 5246 §7.4.7.1)', () => {
    expect(why(capturedTrace('16b-tls12-rsa-cbc.pcap'), 10).rule).toMatch(/^RFC 5246 §7\.4\.7\.1/);
  });

  test('the second ClientHello is another one (RFC 9846 §4.2.4)', () => {
    const trace = capturedTrace('16h-tls13-hello-retry.pcapng');
    expect(why(trace, 7).rule).toMatch(/^RFC 9846 §4\.2\.2, /);
    expect(why(trace, 9).rule).toMatch(/^RFC 9846 §4\.2\.4, /);
    expect(why(trace, 11).rule).toMatch(/^RFC 9846 §4\.2\.4, /);
    expect(why(trace, 9).rule).not.toBe(why(trace, 11).rule);
  });

  test('versions of which we have no rules are told by the names alone', () => {
    const {paragraphs, rule} = why(todayTrace('24e-tls10-tls11.pcap'), 10);
    expect(paragraphs[0]).toSay({
      says: 'player.capturedCarried.handshake',
      names: 'ServerHello, Certificate, ServerHelloDone',
    });
    expect(rule).toMatch(/^◌ RFC 9293/);
  });

  test('an alert is asked for as such, its clause before that of TCP (RFC 5246 §7.2)', () => {
    const {heading, rule} = why(capturedTrace('16a-tls12-rsa-gcm.pcap'), 15);
    expect(heading).toSay({
      ...{says: 'panels.whyHeadings.sent', what: {says: 'player.capturedCarried.anAlert'}, past: '246 ms'},
    });
    expect(rule).toMatch(/^RFC 5246 §7\.2; ◌ RFC 9293/);
  });

  test('fields of an alert say why TLS sends it (RFC 5246 §7.2.2)', () => {
    const opened = open({trace: capturedTrace('16i-tls-untrusted-certificate.pcap')});
    const view = viewOf({...opened, playback: started({language: 'en', viewMs: 1e9}), message: undefined});
    const told = whyAbout(view, {kind: 'field', packet: 10, field: 'tls.alert_message.desc'});
    expect(told.paragraphs[1]).toSay({
      ...{says: 'why.whyAlert.said', name: 'unknown_ca', by: 'client', end: 'handshake'},
      clause: 'RFC 5246 §7.2.2',
    });
    expect(told.paragraphs.join()).not.toSay({says: 'why.whyFilled.payload'});
  });

  test('what nobody here can open is said to be closed', () => {
    const trace = capturedTrace('16h-tls13-hello-retry.pcapng');
    expect(why(trace, 14).paragraphs[0]).toSay({says: 'player.capturedCarried.sealed'});
  });
});

describe('QUIC', () => {
  const opened = todayTrace('22a-h3-get.pcap');
  const closed = traceOfFile(readFileSync(`${todayFolder}22a-h3-get.pcap`), '', true).withQuic({
    crypto: nodeCrypto,
    log: parseKeyLog(new Uint8Array(0)),
  });

  test.each([
    [3, {says: 'player.ruleReasons.quic.CRYPTO'}],
    [6, {says: 'player.ruleReasons.quic.SETTINGS'}],
    [10, {says: 'player.ruleReasons.quic.RETIRE_CONNECTION_ID'}],
    [11, {says: 'player.ruleReasons.quic.request'}],
    [14, {says: 'player.ruleReasons.quic.HANDSHAKE_DONE'}],
    [16, {says: 'player.ruleReasons.quic.response'}],
    [17, {says: 'player.ruleReasons.quic.ACK'}],
    [19, {says: 'player.ruleReasons.quic.MAX_STREAMS'}],
    [21, {says: 'player.ruleReasons.quic.STREAM', stream: 4}],
    [23, {says: 'player.ruleReasons.quic.end', stream: 4}],
    [27, {says: 'player.ruleReasons.quic.CONNECTION_CLOSE'}],
  ])('QUIC, packet %i (RFC 9000 §19, RFC 9114 §7.2)', (packet, first) => {
    expect(why(opened, packet).paragraphs[0]).toSay(first);
  });

  test('without keys only what is open is told: nothing is a mere acknowledgment that may hold more', () => {
    expect(why(closed, 3).paragraphs[0]).toSay({says: 'player.ruleReasons.quic.CRYPTO'});
    for (const packet of [7, 11, 16])
      expect(why(closed, packet).paragraphs[0]).toSay({says: 'player.ruleReasons.quic.closed'});
  });
});

// RFC 5246 §7.4.9: Finished comes at once behind change_cipher_spec. tshark: records 20 (1 byte) and 22 (40 bytes) in packet 12, 20 alone in none.
test('what comes behind change_cipher_spec is told, too', () => {
  const trace = capturedTrace('16a-tls12-rsa-gcm.pcap');
  expect(why(trace, 12).paragraphs[0]).toSay({says: 'player.capturedCarried.finishedBehind'});
});

// RFC 9293 §3.10.7.3, fourth check. Oracle: tshark: packets 6 and 8 are SYNs that cross, 9 and 10 have SYN and ACK and the same numbers.
test('a SYN that goes again with ACK answers one that has crossed it', () => {
  const trace = capturedTrace('00c-simultaneous-open.pcap');
  for (const packet of [9, 10])
    expect(why(trace, packet).rule).toContain('RFC 9293 §3.10.7.3, SYN-SENT, fourth');
});

// Oracle: the capture was taken on 10.77.162.2, to which these fragments go.
test('what was captured where it goes has arrived', () => {
  const trace = capturedTrace('18q-udp-fragments.pcap');
  const view = viewOf({...open({trace}), playback: started({viewMs: 1e9}), message: undefined});
  const became = whyAbout(view, {kind: 'packet', packet: 9}).paragraphs.at(-1);
  expect(became).toSay({says: 'why.whyPacketEnd.became', what: 'packet 9 arrived at 47.0 ms'});
});
