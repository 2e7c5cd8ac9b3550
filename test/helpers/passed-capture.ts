// A capture made segment by segment, each as somebody on the path has seen it pass: what `inspect` makes of it.
import {CaptureInspector} from '../../source/observe/capture-inspector.ts';
import type {FileFacts} from '../../source/observe/inspection-json.ts';
import {capturedTls} from '../../source/observe/tls-captured.ts';
import {sentenceOf} from '../../source/view/findings/sentence.ts';
import {type Inspected, inspectionReport} from '../../source/view/inspect/report.ts';
import {allOf} from '../../source/view/inspect/selection.ts';
import {encodeFrame} from '../../source/wire/frame.ts';
import {ropeFromBytes} from '../../source/wire/rope.ts';
import {seq} from '../../source/wire/seq.ts';
import type {TcpOption} from '../../source/wire/tcp.ts';
import {TcpFlag} from '../../source/wire/tcp.ts';
import {encodeUtf8} from '../../source/wire/utf8.ts';

export type Passed = {
  readonly atMs: number;
  readonly by: 'client' | 'server';
  /** `S` SYN, `A` ACK, `F` FIN, `R` RST, `P` PSH. */
  readonly flags: string;
  readonly seq: number;
  readonly ack?: number;
  readonly data?: string | Uint8Array;
  readonly options?: readonly TcpOption[];
};

const ends = {
  client: {mac: '02:00:00:00:00:01', address: '192.0.2.1'},
  server: {mac: '02:00:00:00:00:02', address: '192.0.2.2'},
} as const;

const bits: Readonly<Record<string, number>> = {
  S: TcpFlag.SYN,
  A: TcpFlag.ACK,
  F: TcpFlag.FIN,
  R: TcpFlag.RST,
  P: TcpFlag.PSH,
};

const frameOf = (passed: Passed, port: number, index: number): Uint8Array => {
  const {by, flags, data = '', options = []} = passed;
  const far = by === 'client' ? 'server' : 'client';
  const ports = {client: 40_000, server: port};
  const segment = {
    ...{srcPort: ports[by], dstPort: ports[far], window: 64_000, urgent: 0, options},
    ...{seq: seq(passed.seq), ack: seq(passed.ack ?? 0)},
    flags: [...flags].reduce((all, flag) => all | (bits[flag] ?? 0), 0),
    payload: ropeFromBytes(typeof data === 'string' ? encodeUtf8(data) : data),
  };
  const ip = {version: 4, ttl: 64, id: index + 1, dontFragment: true, trafficClass: 0} as const;
  const packet = {
    ...{...ip, src: ends[by].address, dst: ends[far].address},
    transport: {kind: 'tcp', segment} as const,
  };
  return encodeFrame({src: ends[by].mac, dst: ends[far].mac, payload: {kind: 'ip', packet}});
};

const facts: FileFacts = {
  format: 'pcap',
  byteOrder: 'little',
  linkType: 1,
  timestampPrecision: 'micro',
  snapLength: 65_535,
};

export type Seen = {readonly atUs: number; readonly bytes: Uint8Array};

/** What `inspect` reads out of frames. */
export const inspectedFrames = (frames: readonly Seen[]): Inspected => {
  const inspector = new CaptureInspector();
  for (const {atUs, bytes} of frames)
    inspector.add({
      ...{frameNumber: inspector.frames + 1, nanoseconds: 0, comments: [], fileOffset: 0},
      ...{originalLength: bytes.length, linkType: 1, interfaceId: 0, atUs, bytes},
    });
  inspector.finish();
  const told = allOf(inspector, capturedTls(inspector.connections, undefined));
  return {name: 'made.pcap', facts, inspector, told};
};

export const framesOf = (passed: readonly Passed[], port = 80): readonly Seen[] =>
  passed.map((each, index) => ({atUs: Math.round(1000 * each.atMs), bytes: frameOf(each, port, index)}));

export const inspectedPassing = (passed: readonly Passed[], port = 80): Inspected =>
  inspectedFrames(framesOf(passed, port));

/** The ids of what is found. */
export const idsIn = ({told}: Inspected): readonly string[] => told.findings.map(({id}) => id);

/** The sentences of what is found. */
export const oddIn = ({told}: Inspected, language: 'en' | 'zh' = 'en'): readonly string[] =>
  told.findings.map((finding) => sentenceOf(finding)[language]);

export const reportIn = (inspected: Inspected, language: 'en' | 'zh' = 'en'): string =>
  inspectionReport(inspected, {language, columns: 400, ascii: false}).join('\n');
