// What brought a packet about. Oracle: the ports and ids of DNS, and that no host's change of state comes from nowhere.
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {beginningOf, causeOf, effectOf} from '../../source/account/causes.ts';
import {instantOf} from '../../source/account/entries.ts';
import {dnsMessagesOf, ipPacketOf, segmentOf} from '../../source/account/packet.ts';
import {CaptureIndex} from '../../source/observe/capture-trace.ts';
import type {Trace, TraceEvent} from '../../source/sim/trace.ts';
import {TcpFlag} from '../../source/wire/tcp.ts';
import {allRuns, traceOf} from '../helpers/all-runs.ts';
import {capturePath} from '../helpers/captured.ts';
import {some, thorough} from '../helpers/seeds.ts';
import {captureFiles, readBytes} from '../wire/captures.ts';

/** Of a long run what comes first. */
const mostSends = 300;

const sendsOf = (trace: Trace): readonly Extract<TraceEvent, {kind: 'send'}>[] =>
  [...trace.events()]
    .flatMap((event) => (event.kind === 'send' && event.hop === 0 ? [event] : []))
    .slice(0, mostSends);

/** Every run whose name begins so. */
const runsOf = (lesson: string) => allRuns().filter(({name}) => name.startsWith(lesson));

const begun = ['call', 'arrive', 'timer fire', 'app-timer fire', 'note', 'tls', 'hosts'];

thorough(
  'what a host sends comes from a call, an arrival, a timer or what a program has read, never from its own change of state',
  () => {
    const runs = [
      ...['http-connections', 'url-to-page hosts', 'dns-'].flatMap(runsOf),
      ...some(allRuns(), 10),
    ];
    let sends = 0;
    for (const run of runs) {
      const trace = traceOf(run);
      for (const {n} of sendsOf(trace)) {
        sends += 1;
        const cause = causeOf(trace, n);
        const event = cause === undefined ? undefined : trace.event(cause);
        const kind = event && 'op' in event ? `${event.kind} ${event.op}` : event?.kind;
        expect(begun, `${run.name} event ${n}`).toContain(kind);
      }
    }
    expect(sends).toBeGreaterThan(500);
  },
);

test('where several queries come at one instant, each answer comes from its own', () => {
  let answers = 0;
  for (const run of runsOf('dns-')) {
    const trace = traceOf(run);
    for (const {n, packet} of sendsOf(trace)) {
      const sent = trace.packet(packet);
      const [message] = dnsMessagesOf(sent);
      const cause = causeOf(trace, n);
      const event = cause === undefined ? undefined : trace.event(cause);
      if (ipPacketOf(sent)?.transport.kind !== 'udp' || !message?.flags.qr || event?.kind !== 'arrive')
        continue;
      const asked = trace.packet(event.packet);
      const [query] = dnsMessagesOf(asked);
      // What a resolver heard elsewhere makes it answer, too.
      if (query?.flags.qr) continue;
      answers += 1;
      expect(query?.id, `${run.name} packet ${packet}`).toBe(message.id);
      expect(ipPacketOf(asked)?.src, `${run.name} packet ${packet}`).toBe(ipPacketOf(sent)?.dst);
    }
  }
  expect(answers).toBeGreaterThan(20);
});

/** As a clock writes it that ticks a hundred times a second. */
const coarse = (name: string): Trace => {
  const file = readFileSync(capturePath(name));
  const index = new CaptureIndex({contents: false});
  for (const record of readBytes(file).records)
    index.add({...record, atUs: record.atUs - (record.atUs % 10_000), nanoseconds: 0});
  const read = (offset: number, length: number) => new Uint8Array(file.subarray(offset, offset + length));
  return index.trace({source: name, read});
};

test('of a capture no packet comes from another one of the same time, however many have it', () => {
  let sends = 0;
  for (const name of captureFiles) {
    const trace = coarse(name);
    for (const {n} of sendsOf(trace)) {
      sends += 1;
      const cause = causeOf(trace, n);
      expect(cause === undefined || trace.event(cause).kind !== 'send', `${name} event ${n}`).toBe(true);
    }
  }
  expect(sends).toBeGreaterThan(1000);
});

/** The client has read ServerHello, EncryptedExtensions and Certificate at once when it refuses, with an alert and a FIN. */
test('of messages of TLS that are read together the last one read is the cause', () => {
  const own = allRuns().find(({name}) => name === 'https-why own-certificate') ?? expect.fail();
  const trace = traceOf(own);
  const fault = [...trace.events()].find((event) => event.kind === 'tls' && event.what.kind === 'pathFault');
  const cause = fault && beginningOf(trace, fault.n);
  expect(cause?.kind === 'tls' && cause.what.kind === 'message' && cause.what.name).toBe('certificate');
});

const isOwnAlert = (event: TraceEvent | undefined): boolean =>
  event?.kind === 'tls' && event.what.kind === 'alert' && event.what.op === 'sent';

// RFC 9846 §6.2: upon transmission of a fatal alert both parties MUST immediately close the connection. What was read before the record
// that cannot be opened, ServerHello or ClientKeyExchange, was good.
test.each([
  'https-why own-certificate',
  'https-tls13 what-if 1',
  'https-tls13 what-if 2',
  'https-tls12 what-if 1',
])('%s: a FIN comes from the alert before it, the alert from what could not be read', (run) => {
  const trace = traceOf(allRuns().find(({name}) => name === run) ?? expect.fail());
  const alert = [...trace.events()].find((event) => isOwnAlert(event)) ?? expect.fail();
  const fin = [...trace.events()].find(({kind, n}) => kind === 'state' && n > alert.n) ?? expect.fail();
  expect(beginningOf(trace, fin.n)?.n).toBe(alert.n);
  if (!alert.because?.endsWith('bad_record_mac')) return;
  const carries = [...trace.events(alert.n)].find(({kind}) => kind === 'send') ?? expect.fail();
  for (const {n} of [alert, carries]) {
    const {kind, atUs, host} = beginningOf(trace, n) ?? expect.fail();
    expect([kind, atUs, host]).toEqual(['arrive', alert.atUs, alert.host]);
  }
});

// RFC 9846 §2, RFC 5246 §7.3: the client begins once its connection stands; what the server sends behind the client's Finished that has brought about.
test('a ClientHello comes from what opened the connection, what follows a Finished from that', () => {
  let [hellos, behind] = [0, 0];
  for (const run of ['https-tls12', 'https-tls13', 'https-why'].flatMap(runsOf)) {
    const trace = traceOf(run);
    for (const event of trace.events()) {
      if (event.kind !== 'tls' || event.what.kind !== 'message' || event.what.op !== 'sent') continue;
      const cause = trace.event(causeOf(trace, event.n) ?? event.n);
      if (event.what.name === 'new_session_ticket' && event.because === '9846:4.7.1/new-session-ticket') {
        behind += 1;
        expect(cause, run.name).toMatchObject({kind: 'tls', what: {op: 'received', name: 'finished'}});
      }
      const [first] = instantOf(trace, event.n);
      if (event.what.name !== 'client_hello' || first !== event) continue;
      hellos += 1;
      expect(cause.kind, `${run.name} ${event.n}`).toBe('arrive');
      expect(cause.kind === 'arrive' && segmentOf(trace.packet(cause.packet))?.flags).toBe(
        TcpFlag.SYN | TcpFlag.ACK,
      );
    }
  }
  expect(hellos).toBeGreaterThan(5);
  expect(behind).toBeGreaterThan(3);
});

test('whose power comes back listens for that reason, and whoever listens from the beginning for none', () => {
  const listeners = ['http-status what', 'cookies-session what', 'https-why']
    .flatMap(runsOf)
    .flatMap((run) => {
      const trace = traceOf(run);
      const events = [...trace.events()];
      // A server of an application, which no call of the script makes listen.
      const isOwn = ({n, kind}: TraceEvent): boolean =>
        kind === 'state' && trace.event(n).instant !== trace.event(n - 1)?.instant;
      const power = events.filter((event) => event.kind === 'call' && event.call === 'reboot');
      return events.flatMap((event) => {
        if (
          event.kind !== 'state' ||
          event.to !== 'LISTEN' ||
          event.from !== 'CLOSED' ||
          event.n < 2 ||
          !isOwn(event)
        )
          return [];
        const on = power.find(({host, atUs}) => host === event.host && atUs === event.atUs);
        const cause = causeOf(trace, event.n);
        if (on) expect(effectOf(trace, on.n), run.name).toBe(event.n);
        expect(cause, `${run.name} event ${event.n}`).toBe(on?.n);
        return [on !== undefined];
      });
    });
  expect(new Set(listeners)).toEqual(new Set([true, false]));
});

/** Raw events: with its request lost a server starts the timer all the same (`layers what-if 1`), right after the connection is accepted. */
test('a server waits for a first request because the connection was accepted, and no longer because of what comes', () => {
  let [starts, stops] = [0, 0];
  for (const run of ['layers', 'http-', 'cookies-session', 'dns-transport'].flatMap(runsOf)) {
    const trace = traceOf(run);
    const accepted = new Map<string, TraceEvent>();
    for (const event of trace.events()) {
      if (event.kind === 'signal' && event.signal === 'accepted')
        accepted.set(`idle ${event.connection}`, event);
      if (event.kind !== 'app-timer') continue;
      const begun = beginningOf(trace, event.n);
      const took = accepted.get(event.timer);
      if (took?.atUs === event.atUs && event.op === 'arm') {
        starts += 1;
        expect(begun, `${run.name} event ${event.n}`).toBe(instantOf(trace, took.n)[0]);
      }
      accepted.delete(event.timer);
      // Something came of which no event tells that it was a request.
      if (event.because !== '9112:9.5/idle/stop' || instantOf(trace, event.n)[0] !== event) continue;
      stops += 1;
      const kinds = begun && instantOf(trace, begun.n).map(({kind}) => kind);
      expect(kinds, `${run.name} event ${event.n}`).toContain('deliver');
    }
  }
  expect(starts).toBeGreaterThan(30);
  expect(stops).toBeGreaterThan(2);
});

// A ClientHello leaves when its connection opens: what brought that about is the SYN,ACK of the same ports (RFC 9293 §3.10.7.3).
test('TLS begins by the SYN,ACK of its own connection, whatever comes on another one at that time', () => {
  let hellos = 0;
  for (const run of runsOf('url-to-page')) {
    const trace = traceOf(run);
    for (const event of trace.events()) {
      if (event.because !== '9846:4.2.2/client-hello' || event.kind !== 'tls') continue;
      const opened = [...trace.events()].some(
        ({kind, atUs, connection, because}) =>
          kind === 'state' &&
          atUs === event.atUs &&
          connection === event.connection &&
          because === '9293:3.10.7.3/syn-sent/syn-ack',
      );
      const begun = beginningOf(trace, event.n);
      if (!opened || begun?.kind !== 'arrive') continue;
      hellos += 1;
      const segment = segmentOf(trace.packet(begun.packet));
      expect(segment?.flags, `${run.name} event ${event.n}`).toBe(TcpFlag.SYN | TcpFlag.ACK);
      expect(event.connection).toContain(`:${segment?.dstPort} > `);
    }
  }
  expect(hellos).toBeGreaterThan(5);
});
