// What tshark says of each packet that one host sent, beside what our machine says of it.
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {captureFile} from '../../../source/io/export/capture-file.ts';
import type {Trace, TraceEvent} from '../../../source/sim/trace.ts';
import type {TcpSegment} from '../../../source/wire/tcp.ts';
import {segmentOf} from '../../helpers/judge-invariants.ts';
import type {Sharkd} from '../../helpers/sharkd.ts';

export const markNames = [
  'retransmission',
  'fast_retransmission',
  'duplicate_ack',
  'zero_window',
  'window_update',
  'out_of_order',
  'keep_alive',
] as const;
export type Mark = (typeof markNames)[number];

/** A packet as its sender's own capture has it. */
export type Sent = {
  readonly event: Extract<TraceEvent, {kind: 'send'}>;
  readonly segment: TcpSegment;
  /** What this host has sent before on the connection, oldest first. */
  readonly earlier: readonly Sent[];
  /** What has reached this host so far. */
  readonly heard: readonly {readonly segment: TcpSegment; readonly atUs: number}[];
  readonly marks: ReadonlySet<Mark>;
};

const fields = markNames.map((name) => `tcp.analysis.${name}`);

const marksIn = async (sharkd: Sharkd, file: string): Promise<readonly ReadonlySet<Mark>[]> => {
  await sharkd.load(file);
  const rows = await sharkd.rows(fields);
  return rows.map((row) => new Set(markNames.filter((_, index) => row[index])));
};

const capture = async (sharkd: Sharkd, trace: Trace, host: string): Promise<readonly ReadonlySet<Mark>[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'tshark-judge-'));
  const file = join(folder, 'capture.pcapng');
  try {
    const wanted = {trace, format: 'pcapng', at: host, language: 'en', application: 'test'} as const;
    writeFileSync(file, Buffer.concat([...(captureFile(wanted) ?? [])]));
    return await marksIn(sharkd, file);
  } finally {
    rmSync(folder, {recursive: true});
  }
};

/** The frames of `--at host`, in its order, as events. */
const seenBy = (trace: Trace, host: string): readonly TraceEvent[] =>
  [...trace.events()].filter(
    (event) => event.host === host && (event.kind === 'arrive' || (event.kind === 'send' && event.frame)),
  );

/** Both ends of a segment, however it travels. */
const conversationOf = ({srcPort, dstPort}: TcpSegment): string =>
  [srcPort, dstPort].toSorted((a, b) => a - b).join();

export const sentBy = async (sharkd: Sharkd, trace: Trace, host: string): Promise<readonly Sent[]> => {
  const seen = seenBy(trace, host);
  const marks = await capture(sharkd, trace, host);
  if (marks.length !== seen.length)
    throw new Error(`${marks.length} frames in the file, ${seen.length} expected`);
  const sent: Sent[] = [];
  const heard: {segment: TcpSegment; atUs: number}[] = [];
  for (const [index, event] of seen.entries()) {
    if (event.kind === 'arrive') {
      const frame = event.altered ?? (event.packet > 0 ? trace.packet(event.packet).frame : undefined);
      const segment = segmentOf(frame);
      if (segment) heard.push({segment, atUs: event.atUs});
    }
    const segment = event.kind === 'send' ? segmentOf(event.frame) : undefined;
    if (event.kind !== 'send' || !segment) continue;
    const own = (each: {readonly segment: TcpSegment}) =>
      conversationOf(each.segment) === conversationOf(segment);
    const past = {earlier: sent.filter(own), heard: heard.filter(own)};
    sent.push({event, segment, ...past, marks: marks[index] ?? new Set()});
  }
  return sent;
};
