// *Why?* of RCV.NXT of an end that is only watched. Oracle: the simulator's own number, each run captured at the host and read back.
import {expect, test} from 'vitest';
import {captureFile} from '../../../source/io/export/capture-file.ts';
import type {Language} from '../../../source/lesson/text.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {viewOf} from '../../../source/view/view.ts';
import {whyAbout} from '../../../source/view/why/answer.ts';
import {encodeFrame} from '../../../source/wire/frame.ts';
import {encodePcap} from '../../../source/wire/pcap/writer.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {capturedTrace, traceOfFile} from '../../helpers/captured.ts';
import {open, started} from '../player.ts';
import '../../helpers/meaning.ts';

type At = {readonly host: string; readonly packet: number; readonly come?: boolean};

/** With packet `packet` selected as the newest that has passed, or that has come. */
const whyAt = (trace: Trace, {host, packet, come = false}: At, language: Language = 'en') => {
  const opened = open({trace, source: 'capture'});
  const view = viewOf({...opened, playback: started({language, viewMs: 1e9}), message: undefined});
  return whyAbout(
    {...view, cursor: trace.packet(packet)[come ? 'endEvent' : 'sendEvent'] ?? 0},
    {kind: 'variable', host, name: 'rcv.nxt'},
  );
};

const ways = (trace: Trace, host: string) =>
  [...trace.events()].filter(
    (event) => (event.kind === 'send' || event.kind === 'arrive') && event.host === host,
  );

const rcvNxt = (trace: Trace, n: number, host: string): number | undefined =>
  [...(trace.stateAt(n)?.hosts[host]?.tcp.connections.values() ?? [])].at(-1)?.rcv.nxt;

const asHost = (trace: Trace, host: string) => {
  const pieces = captureFile({trace, format: 'pcapng', at: host, language: 'en', application: 'test'});
  return traceOfFile(Buffer.concat([...(pieces ?? [])]), 'again');
};

/** Frames that acknowledge something new, and the frame by whose arrival the host had it. */
const moversOf = (trace: Trace, host: string): readonly (readonly [packet: number, mover: number])[] => {
  let mover = 0;
  let told = 0;
  return ways(trace, host).flatMap((event, index) => {
    const {n, kind} = event;
    if (kind === 'arrive' && rcvNxt(trace, n, host) !== rcvNxt(trace, n - 1, host)) mover = index + 1;
    if (kind !== 'send' || mover === told) return [];
    told = mover;
    return [[index + 1, mover] as const];
  });
};

test.each(['handshake base', 'loss-recovery base', 'delayed-ack base', 'congestion base'])(
  '%s, captured at each host: RCV.NXT',
  (name) => {
    const trace = traceOf(allRuns().find((run) => run.name === name) ?? expect.fail(name));
    const wrong: string[] = [];
    let asked = 0;
    for (const {name: host} of trace.header.hosts) {
      const seen = asHost(trace, host);
      for (const [packet, mover] of moversOf(trace, host)) {
        const {causedBy, paragraphs} = whyAt(seen, {host: seen.packet(packet).from, packet});
        asked += 1;
        if (
          !causedBy?.startsWith(`packet ${mover} arrived`) ||
          paragraphs.at(-1) !== `Packet ${packet} shows this.`
        )
          wrong.push(`${host}, packet ${packet}: ${causedBy}, not ${mover}; ${paragraphs.at(-1)}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(asked).toBeGreaterThan(1);
  },
);
/** Ethernet. */
const linkType = 1;

test('the sum is that of the data; where they were not captured nothing is said to have brought it about', () => {
  const trace = traceOf(allRuns().find(({name}) => name === 'loss-recovery base') ?? expect.fail());
  const seen = asHost(trace, 'server');
  const host = seen.packet(5).from;
  // Packet 4 brings 1000 bytes from number 1001 on.
  const {formulas, paragraphs, rule} = whyAt(seen, {host, packet: 5}, 'zh');
  expect(formulas).toEqual([['rcv.nxt  =  seg.seq  +  seg.len', '2001     =  1001     +  1000']]);
  expect(paragraphs.at(-1)).toSay({says: 'fates.shownByOne'});
  expect(rule).toBe('RFC 9293 §3.4');
  // Of five segments the first was lost: packet 12 fills the gap, and what lay beyond it counts at once.
  expect(whyAt(seen, {host, packet: 13}).formulas).toEqual([['rcv.nxt  =  seg.ack', '6001     =  6001']]);
  const records = [...Array(seen.packetCount).keys()].flatMap((index) => {
    const {frame, capturedUs = 0, id} = seen.packet(index + 1);
    const bytes = frame && id !== 4 ? encodeFrame(frame) : undefined;
    return bytes ? [{atUs: capturedUs, bytes, originalLength: bytes.length}] : [];
  });
  const without = traceOfFile(Buffer.concat([...encodePcap(linkType, records)]), 'without.pcap');
  const untold = whyAt(without, {host, packet: 4});
  expect(untold.paragraphs.at(-1)).toBe('Packet 4 shows this.');
  expect(untold.causedBy).toBeUndefined();
});

// Linux acknowledges every second full segment at the latest (RFC 9293 §3.8.6.3): what the first one moved shows in no segment yet.
test.each(['en', 'zh'] as const)('what has come since, %s', (language) => {
  const trace = capturedTrace('18j-bsd-null.pcap');
  const told = (at: Omit<At, 'host'>) =>
    whyAt(trace, {host: '10.77.188.2', ...at}, language).paragraphs.join(' ');
  const since = language === 'en' ? 'Packet 6 has arrived since' : '第 6 个分组随后也到了';
  expect(told({packet: 6, come: true})).toContain(since);
  expect(told({packet: 6})).not.toContain(since);
  expect(told({packet: 7})).not.toContain(since);
});
