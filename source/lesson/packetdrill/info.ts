// TCP_INFO of a connection, and the names that systems give to its states.
import type {Connection} from '../../stack/tcp/connection.ts';
import type {TcpState} from '../../stack/tcp/states.ts';
import type {Tcp} from '../../stack/tcp/tcp.ts';
import {connectionOf, type SocketRecord} from './socket.ts';

export const stateOf = (tcp: Tcp, socket: SocketRecord): TcpState => {
  if (socket.role === 'listener') return socket.over ? 'CLOSED' : 'LISTEN';
  return connectionOf(tcp, socket)?.state ?? 'CLOSED';
};

/** `FIN_WAIT_1`, as TCP_INFO and sockstat write it. */
const stateName = (state: TcpState): string => state.replaceAll('-', '_');

/** sockstat's name where it is another: netstat(1), tcp_fsm.h. */
export const sockstatName = (state: TcpState): string =>
  state === 'SYN-RECEIVED' ? 'SYN_RCVD' : stateName(state);

/** TCPI_OPT_TIMESTAMPS, _SACK, _WSCALE, _ECN. */
const optionBit = {timestamps: 1, sack: 2, scale: 4, ecn: 8};

/** What the connection keeps under that name, where it keeps it: a stack without it has no answer. */
const kept = (connection: Connection, name: string): unknown =>
  Object.entries(connection).find(([key]) => key === name)?.[1];

const optionBits = (connection: Connection): number => {
  const offered = connection.synOptions.some(({kind}) => kind === 'windowScale');
  const scaled = offered && (connection.scale.snd > 0 || connection.scale.rcv > 0);
  return (
    (kept(connection, 'timestampsOn') === true ? optionBit.timestamps : 0) |
    (connection.sackPermitted ? optionBit.sack : 0) |
    (scaled ? optionBit.scale : 0) |
    (kept(connection, 'ecnOn') === true ? optionBit.ecn : 0)
  );
};

const keptNumber = (connection: Connection, name: string): number | undefined => {
  const value = kept(connection, name);
  return typeof value === 'number' ? value : undefined;
};

const inSegments = (bytes: number | undefined, {mss}: Connection): number | undefined =>
  bytes === undefined ? undefined : Math.floor(bytes / mss);

const announcedMss = ({synOptions, mss}: Connection): number => {
  const option = synOptions.find(({kind}) => kind === 'mss');
  return option?.kind === 'mss' ? option.mss : mss;
};

const fields: Readonly<Record<string, (connection: Connection) => number | undefined>> = {
  tcpi_options: optionBits,
  tcpi_snd_mss: ({mss}) => mss,
  tcpi_advmss: announcedMss,
  tcpi_snd_cwnd: (connection) => inSegments(keptNumber(connection, 'cwnd'), connection),
  tcpi_snd_ssthresh: (connection) => inSegments(keptNumber(connection, 'ssthresh'), connection),
  tcpi_unacked: ({retransmissionQueue}) => retransmissionQueue.length,
  tcpi_rto: ({rtoUs}) => rtoUs,
  tcpi_rtt: ({srttUs}) => srttUs,
  tcpi_backoff: ({retries}) => retries,
};

/** The field's value: a state's name or a number; undefined: nobody keeps it. */
export const infoField = (tcp: Tcp, socket: SocketRecord, field: string): string | number | undefined => {
  if (field === 'tcpi_state') return stateName(stateOf(tcp, socket));
  const connection = connectionOf(tcp, socket);
  if (connection === undefined) return field === 'tcpi_options' ? 0 : undefined;
  return fields[field]?.(connection);
};
