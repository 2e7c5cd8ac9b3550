// Reads the `tcp:` of a host in a lesson file: the language's words for differences from the profile, as settings of the TCP machine
// (stack/tcp/settings.ts).
import * as z from 'zod/mini';
import {given} from '../../sim/given.ts';
import type {SocketOptions} from '../../stack/tcp/effect.ts';
import type {TcpSettings} from '../../stack/tcp/settings.ts';
import {bytesOf, microseconds} from '../quantity.ts';
import {boolean, count, duration, durationOrOff, expects, positive, size, whole} from '../scalars.ts';

const keepAlive = z.strictObject({
  idle: z.optional(duration),
  interval: z.optional(duration),
  probes: z.optional(positive),
});

/** TCP settings that a program may change for one connection with `call: setOption`. */
const socketOptions = {
  nagle: z.optional(boolean),
  keepAlive: z.optional(z.union([keepAlive, z.literal('off')], expects('keep-alive'))),
  userTimeout: z.optional(durationOrOff),
};

/** TCP settings that only a program asks for, on an existing connection: TCP_CORK, TCP_QUICKACK. */
export const callOptions = {
  ...socketOptions,
  cork: z.optional(boolean),
  quickAck: z.optional(boolean),
};

export const tcpSettingsSchema = z.strictObject({
  mss: z.optional(whole(1, 65_495, 'mss')),
  rcvBuffer: z.optional(z.union([size, z.literal('auto')], expects('size or auto'))),
  sndBuffer: z.optional(size),
  windowScale: z.optional(z.union([whole(0, 14, 'window scale'), z.literal('off')], expects('window scale'))),
  sack: z.optional(boolean),
  tailLossProbe: z.optional(boolean),
  timestamps: z.optional(boolean),
  delayedAck: z.optional(durationOrOff),
  initialRto: z.optional(duration),
  minRto: z.optional(duration),
  maxRto: z.optional(duration),
  rtoAfterSynTimeout: z.optional(durationOrOff),
  synRetries: z.optional(count),
  synLinearTimeouts: z.optional(count),
  synAckRetries: z.optional(count),
  dataRetries: z.optional(count),
  timeWait: z.optional(duration),
  finTimeout: z.optional(durationOrOff),
  backlog: z.optional(positive),
  synCookies: z.optional(z.enum(['off', 'onOverflow', 'always'])),
  synCache: z.optional(z.union([positive, z.literal('off')], expects('number or off'))),
  synOverflow: z.optional(z.enum(['drop', 'recycle'])),
  acceptOverflow: z.optional(z.enum(['ignore', 'reset'])),
  ...socketOptions,
  initialWindow: z.optional(
    z.union([z.literal(10), z.literal('rfc5681'), z.literal('rfc6928')], expects('initial window')),
  ),
  ecn: z.optional(z.enum(['off', 'request', 'accept'])),
  offload: z.optional(boolean),
  cc: z.optional(z.enum(['reno', 'cubic'])),
  acks: z.optional(z.enum(['delayed', 'paced'])),
});

export type TcpFile = z.infer<typeof tcpSettingsSchema>;

const us = (duration: string | undefined): number | undefined =>
  duration === undefined ? undefined : microseconds(duration);
const bytes = (size: string | number | undefined): number | undefined =>
  size === undefined ? undefined : bytesOf(size);

const keepAliveChanges = (data: TcpFile['keepAlive']): SocketOptions => {
  if (data === undefined) return {};
  if (data === 'off') return {keepAlive: false};
  const {idle, interval, probes} = data;
  const times = {keepAliveIdleUs: us(idle), keepAliveIntervalUs: us(interval)};
  return {keepAlive: true, ...given({...times, keepAliveProbes: probes})};
};

type SocketOptionsFile = Pick<TcpFile, 'nagle' | 'keepAlive' | 'userTimeout'> & {
  readonly cork?: boolean | undefined;
  readonly quickAck?: boolean | undefined;
};

export const socketChanges = (data: SocketOptionsFile): SocketOptions => {
  const {nagle, keepAlive, userTimeout, cork, quickAck} = data;
  return {
    ...given({noDelay: nagle === undefined ? undefined : !nagle, userTimeoutUs: us(userTimeout)}),
    ...given({cork, quickAck}),
    ...keepAliveChanges(keepAlive),
  };
};

/**
 * Returns the setting for the initial window; undefined if the lesson sets none. 10 means that of RFC 6928, which is ten segments if a
 * segment has at most 1460 bytes.
 */
const initialWindow = (data: TcpFile['initialWindow']): TcpSettings['initialWindow'] | undefined =>
  data === 10 ? 'rfc6928' : data;

/** TCP features that lessons switch off in every profile unless they ask for them, so that numbers are easy to follow. */
const leftOut = {
  timestamps: false,
  // The setting `delayed` lets ACKs leave at once or after `delayedAck`, instead of being paced by arrivals and by the program.
  acks: 'delayed',
  delayedAckUs: 0,
  // The setting `exact` lets an RTO of 200 ms expire after 200 ms, not with the timer wheel's next slot.
  timers: 'exact',
  synRetryAfterBadAckUs: 0,
} as const satisfies Partial<TcpSettings>;

/**
 * Returns the changes that give a connection a receive buffer of `rcvBuffer`, which does not grow; none for `auto`, which keeps the
 * profile's buffer (Linux lets it grow).
 */
const receiveBuffer = ({rcvBuffer}: TcpFile): Partial<TcpSettings> =>
  rcvBuffer === 'auto' ? {} : {rcvMemoryBytes: 'off', ...given({rcvBufferBytes: bytes(rcvBuffer)})};

/** Returns what a host's `tcp:` and `leftOut` change in the TCP settings of the profile; everything else stays as in the profile. */
export const tcpChanges = (data: TcpFile): Partial<TcpSettings> => ({
  ...leftOut,
  ...receiveBuffer(data),
  ...given({
    mss: data.mss,
    sndBufferBytes: bytes(data.sndBuffer),
    windowScale: data.windowScale,
    sackPermitted: data.sack,
    tailLossProbe: data.tailLossProbe,
    initialRtoUs: us(data.initialRto),
    minRtoUs: us(data.minRto),
    maxRtoUs: us(data.maxRto),
    rtoAfterSynTimeoutUs: us(data.rtoAfterSynTimeout),
    synRetries: data.synRetries,
    synLinearTimeouts: data.synLinearTimeouts,
    synAckRetries: data.synAckRetries,
    dataRetries: data.dataRetries,
    timeWaitUs: us(data.timeWait),
    finTimeoutUs: us(data.finTimeout),
    synQueue: data.backlog === undefined ? undefined : data.backlog + 1,
    acceptQueue: data.backlog,
    synCookies: data.synCookies,
    synCache: data.synCache,
    synOverflow: data.synOverflow,
    acceptOverflow: data.acceptOverflow,
    initialWindow: initialWindow(data.initialWindow),
    ecn: data.ecn,
    offload: data.offload,
    congestion: data.cc,
    timestamps: data.timestamps,
    delayedAckUs: us(data.delayedAck),
    acks: data.acks,
  }),
  ...socketChanges(data),
});
