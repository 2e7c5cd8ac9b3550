// The properties of a host's TCP that expressions can ask for (RFC 9293 §3.3.1, RFC 5681 §2, RFC 6298 §2).
import type {Host} from '../../sim/world.ts';
import type {Connection, Listener, Tcp} from '../../stack/tcp/connection.ts';
import {seqDiff} from '../../wire/seq.ts';
import type {Value} from '../value.ts';

const size = (value: number): Value => ({kind: 'number', value});
const time = (us: number | undefined): Value | undefined =>
  us === undefined ? undefined : {kind: 'time', us};
const position = (value: number): Value => ({kind: 'seq', value});

/** Returns a sequence number that the peer announces; undefined in SYN-SENT, where the connection still contains 0 instead. */
const told = (tcb: Connection, value: number): Value | undefined =>
  tcb.state === 'SYN-SENT' ? undefined : position(value);

/** Reads each property of a TCP connection that expressions can ask for; undefined while the connection has no such value. */
export const connectionProperties = {
  state: ({state}) => ({kind: 'text', value: state}),
  iss: ({iss}) => position(iss),
  irs: (tcb) => told(tcb, tcb.irs),
  'snd.una': ({snd}) => position(snd.una),
  'snd.nxt': ({snd}) => position(snd.nxt),
  'snd.wnd': ({snd}) => size(snd.wnd),
  'rcv.nxt': (tcb) => told(tcb, tcb.rcv.nxt),
  'rcv.wnd': ({rcv}) => size(rcv.wnd),
  rto: ({rtoUs}) => time(rtoUs),
  srtt: ({srttUs}) => time(srttUs),
  rttvar: ({rttvarUs}) => time(rttvarUs),
  cwnd: ({cwnd}) => size(cwnd),
  ssthresh: ({ssthresh}) => size(ssthresh),
  flightSize: ({snd}) => size(seqDiff(snd.nxt, snd.una)),
  mss: ({mss}) => size(mss),
  minRtt: ({rack}) => time(rack.minRttUs),
  // Values of CUBIC's window curve; undefined before a loss defines them (RFC 9438 §4.1.2). K is kept in units of 1/1024 s.
  wMax: ({cubic, mss}) => (cubic.lastMax === 0 ? undefined : size(cubic.lastMax * mss)),
  k: ({cubic}) => (cubic.epochUs === undefined ? undefined : time(Math.round((cubic.k * 1_000_000) / 1024))),
} satisfies {readonly [property: string]: (tcb: Connection) => Value | undefined};

export type ConnectionProperty = keyof typeof connectionProperties;

export const isConnectionProperty = (name: string): name is ConnectionProperty =>
  Object.hasOwn(connectionProperties, name);

const sumOf = ({listeners}: Tcp, count: (listener: Listener) => number): number =>
  [...listeners.values()].reduce((sum, listener) => sum + count(listener), 0);

/** Reads each property of a host's TCP as a whole that expressions can ask for, whichever connection is meant. */
export const hostPropertiesOfTcp = {
  /** The number of connections that the host's listeners hold in SYN-RECEIVED. */
  'queue.syn': ({tcp}) => size(sumOf(tcp, ({halfOpen}) => halfOpen)),
  /** The number of established connections that no program has accepted. */
  'queue.accept': ({tcp}) => size(sumOf(tcp, ({ready}) => ready.length)),
  /** The number of the host's TCP connections, without listeners. */
  connections: ({tcp}) => size(tcp.connections.size),
} satisfies {readonly [property: string]: (host: Host) => Value};
