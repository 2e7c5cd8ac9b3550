// The fields of TCP_INFO that a packetdrill script may ask for, and the systems' names for TCP states.
import {HIGH_THRESHOLD} from '../../stack/tcp/congestion.ts';
import type {Connection} from '../../stack/tcp/connection.ts';
import {unsentBytes} from '../../stack/tcp/segmentise.ts';
import type {ProfileName, TcpSettings} from '../../stack/tcp/settings.ts';
import type {TcpState} from '../../stack/tcp/states.ts';
import type {Tcp} from '../../stack/tcp/tcp.ts';
import {seqDiff} from '../../wire/seq.ts';
import {connectionOf, type SocketRecord, timestampBytes} from './socket.ts';
import {type Tally, waitedUs} from './tally.ts';

export const stateOf = (tcp: Tcp, socket: SocketRecord): TcpState => {
  if (socket.role === 'listener') return socket.over ? 'CLOSED' : 'LISTEN';
  // A socket with TCP_FASTOPEN_CONNECT, whose SYN leaves only with the first data, counts as SYN-SENT before that.
  return connectionOf(tcp, socket)?.state ?? (socket.deferred ? 'SYN-SENT' : 'CLOSED');
};

/** Returns the name of a TCP state as TCP_INFO and sockstat write it, such as `FIN_WAIT_1`. */
const stateName = (state: TcpState): string => state.replaceAll('-', '_');

/** Returns sockstat's name of a TCP state, which differs from TCP_INFO's for SYN-RECEIVED only: netstat(1), tcp_fsm.h. */
export const sockstatName = (state: TcpState): string =>
  state === 'SYN-RECEIVED' ? 'SYN_RCVD' : stateName(state);

/**
 * Returns the state that TCP_INFO of a socket reports: in TIME-WAIT, Linux reports CLOSED, because the socket no longer belongs to the
 * connection (tcp_time_wait).
 */
const toldState = (state: TcpState, profile: ProfileName): TcpState =>
  state === 'TIME-WAIT' && profile === 'linux' ? 'CLOSED' : state;
/** The value of tcpi_snd_ssthresh while slow start has not ended yet (TCP_INFINITE_SSTHRESH). */
const infiniteThreshold = 0x7fff_ffff;

/** The length in bytes of the IPv4 and TCP headers without options; with the MSS it gives the path MTU. */
const headersBytes = 40;

/** The bits of tcpi_options: TCPI_OPT_TIMESTAMPS, _SACK, _WSCALE, _ECN, _SYN_DATA, _TFO_CHILD. */
const optionBit = {timestamps: 1, sack: 2, scale: 4, ecn: 8, synData: 32, fastOpened: 128};

const optionBits = ({
  fastOpen,
  early,
  synOptions,
  scale,
  timestampsOn,
  sackPermitted,
  ecnOn,
}: Connection): number => {
  const scaled = synOptions.some(({kind}) => kind === 'windowScale') && (scale.snd > 0 || scale.rcv > 0);
  return (
    (timestampsOn ? optionBit.timestamps : 0) |
    (sackPermitted ? optionBit.sack : 0) |
    (scaled ? optionBit.scale : 0) |
    (ecnOn ? optionBit.ecn : 0) |
    (fastOpen?.acked === true || (early?.dataBytes ?? 0) > 0 ? optionBit.synData : 0) |
    (early === undefined ? 0 : optionBit.fastOpened)
  );
};

const announcedMss = ({synOptions, mss}: Connection): number =>
  synOptions.find((option) => option.kind === 'mss')?.mss ?? mss;

/** Tells whether tcpi_advmss is less by the length of the timestamps option, as in Linux once the handshake is complete. */
const stampsCount = ({timestampsOn, early}: Connection): boolean => timestampsOn && early?.waits !== true;

const caStates = {open: 0, disorder: 1, cwr: 2, recovery: 3, loss: 4};

/** Returns the value of tcpi_ca_state: the number of TCP_CA_Open, _Disorder, _CWR, _Recovery or _Loss. */
const recoveryNumber = ({episode, loss}: Connection): number => {
  if (episode.state !== 'open') return caStates[episode.state];
  if (loss.phase !== 'none') return loss.phase === 'fast' ? 3 : 4;
  return loss.dupAcks > 0 || loss.sacked.length > 0 ? 1 : 0;
};

const sackedBytes = ({loss}: Connection): number =>
  loss.sacked.reduce((sum, {left, right}) => sum + seqDiff(right, left), 0);

type OfConnection = (connection: Connection) => number | undefined;

const state: Readonly<Record<string, OfConnection>> = {
  tcpi_options: optionBits,
  tcpi_snd_mss: ({mss}) => mss,
  tcpi_snd_cwnd: ({cwnd, mss}) => Math.floor(cwnd / mss),
  tcpi_snd_ssthresh: ({ssthresh, mss}) =>
    ssthresh >= HIGH_THRESHOLD ? infiniteThreshold : Math.floor(ssthresh / mss),
  tcpi_snd_wscale: ({scale}) => scale.snd,
  tcpi_rcv_wscale: ({scale}) => scale.rcv,
  tcpi_snd_wnd: ({snd}) => snd.wnd,
  tcpi_rcv_wnd: ({rcv}) => rcv.wnd,
  tcpi_ca_state: recoveryNumber,
  tcpi_unacked: ({retransmissionQueue}) => retransmissionQueue.length,
  tcpi_sacked: (connection) => connection.flight.sacked + Math.ceil(sackedBytes(connection) / connection.mss),
  tcpi_lost: ({flight}) => flight.lost,
  tcpi_retrans: ({flight}) => flight.resent,
  // tcpi_fackets is always 0, because forward acknowledgment was removed from Linux.
  tcpi_fackets: () => 0,
  tcpi_reordering: ({rack}) => rack.degree,
  tcpi_reord_seen: ({rack}) => rack.reorderings,
  tcpi_dsack_dups: ({rack}) => rack.needless,
  tcpi_rto: ({rtoUs}) => rtoUs,
  tcpi_rtt: ({srttUs}) => srttUs,
  tcpi_rttvar: ({rttvarUs}) => rttvarUs,
  // tcpi_min_rtt is ~0 if no round-trip time was measured yet.
  tcpi_min_rtt: ({rack}) => rack.minRttUs ?? 0xffff_ffff,
  tcpi_retransmits: ({retries}) => retries,
  tcpi_backoff: ({retries, backoff}) => Math.max(retries, backoff),
  tcpi_delivered: ({rack}) => rack.delivered,
  tcpi_probes: ({probes, keepAliveProbes}) => probes + keepAliveProbes,
  tcpi_notsent_bytes: (connection) => Math.max(0, unsentBytes(connection)),
  // tcpi_bytes_acked and tcpi_bytes_received count octets by sequence number (RFC 4898): FINs count, and the SYN of the end that opened.
  tcpi_bytes_acked: ({snd, iss, origin}) => seqDiff(snd.una, iss) - (origin === 'active' ? 0 : 1),
  tcpi_bytes_received: ({rcv, irs}) => seqDiff(rcv.nxt, irs) - 1,
  tcpi_ato: ({pace}) => pace?.atoUs,
  tcpi_rcv_mss: ({pace}) => pace?.segmentBytes,
  tcpi_rcv_rtt: ({memory}) => memory?.rttUs,
  tcpi_rcv_ssthresh: ({memory}) => memory?.safeBytes,
  tcpi_rcv_space: ({memory}) => memory?.readBytes,
};

type Counted = (tally: Tally, nowUs: number) => number | undefined;

const counts: Readonly<Record<string, Counted>> = {
  tcpi_segs_out: ({segmentsOut}) => segmentsOut,
  tcpi_segs_in: ({segmentsIn}) => segmentsIn,
  tcpi_data_segs_out: ({dataOut}) => dataOut,
  tcpi_data_segs_in: ({dataIn}) => dataIn,
  tcpi_bytes_sent: ({bytesSent}) => bytesSent,
  tcpi_bytes_retrans: ({bytesRepeated}) => bytesRepeated,
  tcpi_total_retrans: ({segmentsRepeated}) => segmentsRepeated,
  tcpi_total_rto: ({timeouts}) => timeouts,
  tcpi_rcv_ooopack: ({outOfOrder}) => outOfOrder,
  tcpi_busy_time: (tally, nowUs) => waitedUs(tally, nowUs, 'busy', 'window', 'buffer'),
  tcpi_rwnd_limited: (tally, nowUs) => waitedUs(tally, nowUs, 'window'),
  tcpi_sndbuf_limited: (tally, nowUs) => waitedUs(tally, nowUs, 'buffer'),
  tcpi_last_data_sent: ({lastSentUs}, nowUs) => inMs(lastSentUs, nowUs),
  // tcpi_last_ack_sent is always 0, because Linux does not keep the time (tcp.c, tcp_get_info).
  tcpi_last_ack_sent: () => 0,
};

const inMs = (sinceUs: number | undefined, nowUs: number): number | undefined =>
  sinceUs === undefined ? undefined : Math.floor((nowUs - sinceUs) / 1000);

export type Asked = {
  readonly tcp: Tcp;
  readonly socket: SocketRecord;
  readonly settings: TcpSettings;
  readonly profile: ProfileName;
  readonly nowUs: number;
  readonly tally: Tally;
};

/**
 * Returns tcpi_last_data_recv: the ms since data last arrived, or since the connection began if none did; undefined if the time is not
 * kept.
 */
const sinceDataMs = ({tcp, socket, nowUs}: Asked): number | undefined =>
  inMs(connectionOf(tcp, socket)?.pace?.lastDataUs, nowUs);

/**
 * Returns a field of a socket's TCP_INFO: a state's name or a number; undefined if it is not kept. Before the peer's first segment, BSD
 * reports SACK as permitted (FreeBSD tcp_subr.c, tcp_newtcpcb).
 */
export const infoField = (asked: Asked, field: string): string | number | undefined => {
  const {tcp, socket, settings, profile, tally, nowUs} = asked;
  if (field === 'tcpi_last_data_recv') return sinceDataMs(asked);
  if (field === 'tcpi_state') return stateName(toldState(stateOf(tcp, socket), profile));
  const {last} = socket;
  const connection = connectionOf(tcp, socket) ?? (profile === 'linux' && socket.over ? last : undefined);
  const unspoken = connection === undefined || connection.state === 'SYN-SENT';
  if (field === 'tcpi_options' && unspoken)
    return profile === 'freebsd' && settings.sackPermitted ? optionBit.sack : 0;
  if (connection !== undefined && field === 'tcpi_advmss')
    return announcedMss(connection) - (profile === 'linux' && stampsCount(connection) ? timestampBytes : 0);
  // The value of tcpi_backoff in ESTABLISHED counts only the retransmission timeouts that doubled the wait (RFC 6298 §5.5).
  if (field === 'tcpi_backoff' && settings.lossRecovery === 'rack' && connection?.state === 'ESTABLISHED')
    return connection.backoff;
  if (connection !== undefined && field === 'tcpi_pmtu')
    return connection.pathMtu ?? settings.mss + headersBytes;
  if (connection === undefined) return undefined;
  if (field === 'tcpi_last_ack_recv') return inMs(connection.heardUs, nowUs);
  return Object.hasOwn(counts, field) ? counts[field]?.(tally, nowUs) : state[field]?.(connection);
};
