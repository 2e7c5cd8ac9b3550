// The TCP segments of a capture as tshark reads them, with the marks of its TCP analysis; the other frames by their kind.
import {runTshark} from './dissected.ts';

const columns = [
  ...['frame.number', 'frame.time_relative', 'frame.protocols', 'tcp.stream'],
  ...['ip.src', 'ip.dst', 'ipv6.src', 'ipv6.dst', 'tcp.srcport', 'tcp.dstport'],
  ...['tcp.seq_raw', 'tcp.ack_raw', 'tcp.flags', 'tcp.len', 'tcp.window_size_value'],
  ...['tcp.options.mss_val', 'tcp.options.wscale.shift', 'tcp.options.sack_perm'],
  ...['tcp.options.timestamp.tsval', 'tcp.options.sack_le'],
  ...['retransmission', 'fast_retransmission', 'spurious_retransmission'].map(
    (name) => `tcp.analysis.${name}`,
  ),
  ...['duplicate_ack', 'zero_window', 'out_of_order', 'keep_alive'].map((name) => `tcp.analysis.${name}`),
  ...['ipv6.routing.segleft', '_ws.col.Destination'],
  ...['vlan.id', 'ieee8021ad.id', 'arp.opcode', 'icmp.type', 'icmpv6.type'],
] as const;

type Column = (typeof columns)[number] | `tcp.analysis.${string}`;
type Row = (column: Column) => string | undefined;

export type Segment = {
  readonly frame: number;
  readonly stream: number;
  readonly from: string;
  readonly to: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly seq: number;
  readonly ack: number;
  readonly flags: {
    readonly fin: boolean;
    readonly syn: boolean;
    readonly rst: boolean;
    readonly ack: boolean;
  };
  readonly length: number;
  readonly window: number;
  readonly options: {
    readonly mss: number | null;
    readonly windowScale: number | null;
    readonly sackPermitted: boolean;
    readonly timestamps: boolean;
  };
  readonly sack: boolean;
  readonly marks: ReadonlySet<string>;
};

export type Frames = {
  readonly packets: number;
  readonly seconds: number;
  readonly segments: readonly Segment[];
  readonly others: Readonly<Record<string, number>>;
  /** All that it calls by name, such as `http`. */
  readonly protocols: ReadonlySet<string>;
};

const markNames = columns.filter((name) => name.startsWith('tcp.analysis.')).map((name) => name.slice(13));

const last = (values: string | undefined): string => values?.split(',').at(-1) ?? '';

const segmentOf = (row: Row): Segment => {
  const six = row('ipv6.src') !== undefined;
  const [source, target] = six ? [row('ipv6.src'), row('ipv6.dst')] : [row('ip.src'), row('ip.dst')];
  // With stops left on the way the header names one of them; tshark's conversations go by the end (RFC 8200 §4.4).
  const routed = Number(row('ipv6.routing.segleft') ?? 0) > 0;
  const written = (address: string, port: string): string =>
    six ? `[${address}]:${port}` : `${address}:${port}`;
  const bits = Number(row('tcp.flags'));
  const mss = row('tcp.options.mss_val');
  const shift = row('tcp.options.wscale.shift');
  return {
    frame: Number(row('frame.number')),
    stream: Number(row('tcp.stream')),
    from: written(last(source), row('tcp.srcport') ?? ''),
    to: written(routed ? (row('_ws.col.Destination') ?? '') : last(target), row('tcp.dstport') ?? ''),
    fromPort: Number(row('tcp.srcport')),
    toPort: Number(row('tcp.dstport')),
    seq: Number(row('tcp.seq_raw')),
    ack: Number(row('tcp.ack_raw') ?? 0),
    flags: {fin: (bits & 1) > 0, syn: (bits & 2) > 0, rst: (bits & 4) > 0, ack: (bits & 16) > 0},
    length: Number(row('tcp.len') ?? 0),
    window: Number(row('tcp.window_size_value')),
    options: {
      mss: mss === undefined ? null : Number(mss),
      windowScale: shift === undefined ? null : Number(shift),
      sackPermitted: row('tcp.options.sack_perm') !== undefined,
      timestamps: row('tcp.options.timestamp.tsval') !== undefined,
    },
    sack: row('tcp.options.sack_le') !== undefined,
    marks: new Set(markNames.filter((name) => row(`tcp.analysis.${name}`) !== undefined)),
  };
};

/** A datagram that an ICMP error quotes is no datagram of this file. */
const isSegment = (row: Row): boolean =>
  row('tcp.seq_raw') !== undefined && !/:icmp(v6)?(:|$)/.test(row('frame.protocols') ?? '');

export const framesOf = (file: string): Frames => {
  const fields = columns.flatMap((name) => ['-e', name]);
  const lines = runTshark(['-r', file, '-T', 'fields', '-E', 'occurrence=a', ...fields])
    .split('\n')
    .slice(0, -1);
  const rows = lines
    .map((line): Row => {
      const values = line.split('\t');
      return (column) => values[columns.indexOf(column as (typeof columns)[number])] || undefined;
    })
    .filter(
      (row) => row('frame.protocols') !== undefined && !/^(data|pcapng)/.test(row('frame.protocols') ?? ''),
    );
  const count = (...names: readonly Column[]): number =>
    rows.filter((row) => names.some((name) => row(name) !== undefined)).length;
  return {
    packets: rows.length,
    seconds: Number(rows.at(-1)?.('frame.time_relative') ?? 0),
    segments: rows.filter(isSegment).map(segmentOf),
    protocols: new Set(rows.flatMap((row) => row('frame.protocols')?.split(':') ?? [])),
    others: {
      arp: count('arp.opcode'),
      icmp: count('icmp.type'),
      icmpv6: count('icmpv6.type'),
      vlan: count('vlan.id', 'ieee8021ad.id'),
    },
  };
};
