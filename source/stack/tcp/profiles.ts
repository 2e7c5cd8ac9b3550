// What differs between systems, as numbers: Linux 6.5 and later (ip-sysctl), the RFCs' own values, FreeBSD 14 and later (tcp(4)).
import type {ProfileName, TcpSettings} from './settings.ts';

const SECOND_US = 1_000_000;

/** What all profiles have in common, and no lesson changes; a replay does. */
const real = {
  repeatsDoubtful: true,
  counterfactualAcceptWithoutThirdStep: false,
  counterfactualSkipTimeWait: false,
  acknowledging: [],
} as const;

const linux: TcpSettings = {
  mss: 1460,
  // 44 × 1460, the window on a SYN; the buffer does not grow yet.
  rcvBufferBytes: 64_240,
  // Least shift with 65535·2^shift ≥ 6 MiB, the third value of tcp_rmem.
  windowScale: 7,
  sackPermitted: true,
  // Off unless a lesson turns it on; a Linux host waits 40 … 200 ms.
  delayedAckUs: 0,
  initialRtoUs: SECOND_US,
  minRtoUs: 200_000,
  maxRtoUs: 120 * SECOND_US,
  minRtoAppliesTo: 'variance',
  rtoAfterSynTimeoutUs: 3 * SECOND_US,
  synRetries: 6,
  synAckRetries: 5,
  dataRetries: 15,
  synLinearTimeouts: 4,
  timeWaitUs: 60 * SECOND_US,
  finTimeoutUs: 60 * SECOND_US,
  repeatedSynAck: 'acknowledge',
  duplicateSyn: 'repeat-syn-ack',
  abortCarriesAck: true,
  closeUnread: 'reset',
  insecureRst: false,
  insecureSyn: false,
  dropSynFin: false,
  listenerText: 'keep',
  resetWhileClosing: 'silent',
  closingRepeatsFin: false,
  timeWaitReset: 'ends',
  timeWaitReuse: true,
  timeWaitAnswers: 'rfc',
  // tcp_invalid_ratelimit.
  challengeAckIntervalUs: SECOND_US / 2,
  icmpMayReset: true,
  icmpAbortsOpening: 'all',
  icmpAbortsSynchronised: false,
  icmpErrors: 'by-code',
  rtoSlopUs: 0,
  dropSynOptions: false,
  // TCP_TIMEOUT_MIN, two ticks of the kernel's clock; about 12 ms are seen.
  synRetryAfterBadAckUs: 12_000,
  connectTimeoutUs: 0,
  keepAlive: false,
  keepAliveIdleUs: 7200 * SECOND_US,
  keepAliveIntervalUs: 75 * SECOND_US,
  keepAliveProbes: 9,
  userTimeoutUs: 0,
  synQueue: 4096,
  acceptQueue: 4096,
  synCache: 'off',
  synOverflow: 'drop',
  acceptOverflow: 'ignore',
  synCookies: 'onOverflow',
  ecn: 'accept',
  ecnSynRetries: 1,
  // A Linux host has them on; the lessons' packets stay short without.
  timestamps: false,
  tolerateMissingTimestamps: true,
  noOptions: false,
  synOptionLayout: 'sack-first',
  crossedSynOptions: 'own',
  dsack: true,
  // The third value of tcp_wmem.
  sndBufferBytes: 4_194_304,
  initialWindow: 'rfc6928',
  ackCountingLimit: 'all',
  limitedTransmit: true,
  idleRestart: 'halves',
  noDelay: false,
  nagle: 'small',
  push: 'burst',
  zeroWindowProbe: 'below',
  acceptWindow: 'told',
  rcvBufferWholeSegments: false,
  windowGrowth: 'full-segment',
  windowUpdate: 'two-segments',
  delayFinAck: true,
  delayedAckCounts: 'full-segments',
  ...real,
};

const rfc: TcpSettings = {
  mss: 1460,
  rcvBufferBytes: 65_535,
  windowScale: 'off',
  sackPermitted: false,
  // Off unless a lesson turns it on; RFC 9293 §3.8.6.3 allows less than 500 ms.
  delayedAckUs: 0,
  initialRtoUs: SECOND_US,
  minRtoUs: SECOND_US,
  // RFC 6298 §2.5: a maximum may be placed if it is at least 60 s.
  maxRtoUs: 60 * SECOND_US,
  minRtoAppliesTo: 'rto',
  rtoAfterSynTimeoutUs: 3 * SECOND_US,
  // R2 of a SYN is at least 3 min (RFC 9293 §3.8.3): 1+2+4+8+16+32+60+60 = 183 s.
  synRetries: 7,
  synAckRetries: 7,
  // R2 of data should be at least 100 s (RFC 9293 §3.8.3): 1+2+4+8+16+32+60 = 123 s at the smallest RTO.
  dataRetries: 6,
  synLinearTimeouts: 0,
  // 2 MSL, MSL = 2 min (RFC 9293 §3.4.2).
  timeWaitUs: 240 * SECOND_US,
  finTimeoutUs: 0,
  repeatedSynAck: 'accept',
  duplicateSyn: 'acknowledge',
  abortCarriesAck: false,
  closeUnread: 'reset',
  insecureRst: false,
  insecureSyn: false,
  dropSynFin: false,
  listenerText: 'keep',
  resetWhileClosing: 'silent',
  closingRepeatsFin: false,
  timeWaitReset: 'ends',
  timeWaitReuse: false,
  timeWaitAnswers: 'rfc',
  challengeAckIntervalUs: 0,
  icmpMayReset: true,
  icmpAbortsOpening: 'hard',
  icmpAbortsSynchronised: true,
  icmpErrors: 'by-code',
  rtoSlopUs: 0,
  dropSynOptions: false,
  synRetryAfterBadAckUs: 0,
  connectTimeoutUs: 0,
  keepAlive: false,
  // At least two hours (RFC 9293 §3.8.4); the RFC leaves the rest to the host.
  keepAliveIdleUs: 7200 * SECOND_US,
  keepAliveIntervalUs: 75 * SECOND_US,
  keepAliveProbes: 9,
  userTimeoutUs: 0,
  synQueue: 4096,
  acceptQueue: 4096,
  synCache: 'off',
  synOverflow: 'drop',
  acceptOverflow: 'ignore',
  synCookies: 'off',
  ecn: 'off',
  ecnSynRetries: 0,
  timestamps: false,
  tolerateMissingTimestamps: false,
  noOptions: false,
  synOptionLayout: 'sack-first',
  crossedSynOptions: 'agreed',
  dsack: false,
  // The RFC leaves the buffer to the host.
  sndBufferBytes: 1_048_576,
  initialWindow: 'rfc5681',
  ackCountingLimit: 1,
  limitedTransmit: true,
  idleRestart: 'initial-window',
  noDelay: false,
  nagle: 'any',
  push: 'send',
  zeroWindowProbe: 'below',
  acceptWindow: 'told',
  rcvBufferWholeSegments: false,
  windowGrowth: 'full-segment',
  windowUpdate: 'two-segments',
  delayFinAck: true,
  delayedAckCounts: 'full-segments',
  ...real,
};

const freebsd: TcpSettings = {
  mss: 1460,
  // recvspace; rounded up to whole segments once the peer's MSS is known.
  rcvBufferBytes: 65_536,
  // Least shift with 65535·2^shift ≥ 2 MiB (maxsockbuf).
  windowScale: 6,
  sackPermitted: true,
  delayedAckUs: 40_000,
  initialRtoUs: SECOND_US,
  minRtoUs: 30_000,
  maxRtoUs: 64 * SECOND_US,
  minRtoAppliesTo: 'rto',
  rtoAfterSynTimeoutUs: 0,
  // TCP_MAXRXTSHIFT; connectTimeoutUs ends the attempt before.
  synRetries: 12,
  // The syncache's rexmtlimit.
  synAckRetries: 3,
  dataRetries: 12,
  synLinearTimeouts: 0,
  // 2 MSL, MSL = 30 s.
  timeWaitUs: 60 * SECOND_US,
  finTimeoutUs: 60 * SECOND_US,
  repeatedSynAck: 'accept',
  duplicateSyn: 'repeat-syn-ack',
  abortCarriesAck: true,
  closeUnread: 'fin',
  insecureRst: false,
  insecureSyn: false,
  dropSynFin: false,
  listenerText: 'drop',
  resetWhileClosing: 'error',
  closingRepeatsFin: true,
  timeWaitReset: 'ignored',
  timeWaitReuse: true,
  timeWaitAnswers: 'bsd',
  challengeAckIntervalUs: 0,
  icmpMayReset: true,
  icmpAbortsOpening: 'hard-and-ttl',
  icmpAbortsSynchronised: false,
  icmpErrors: 'bsd',
  rtoSlopUs: 200_000,
  dropSynOptions: false,
  synRetryAfterBadAckUs: 0,
  connectTimeoutUs: 75 * SECOND_US,
  keepAlive: false,
  keepAliveIdleUs: 7200 * SECOND_US,
  keepAliveIntervalUs: 75 * SECOND_US,
  keepAliveProbes: 8,
  userTimeoutUs: 0,
  synQueue: 15_360,
  acceptQueue: 128,
  // 512 buckets of 30 entries.
  synCache: 15_360,
  synOverflow: 'drop',
  acceptOverflow: 'ignore',
  synCookies: 'onOverflow',
  ecn: 'accept',
  ecnSynRetries: 1,
  timestamps: true,
  tolerateMissingTimestamps: true,
  noOptions: false,
  synOptionLayout: 'scale-first',
  crossedSynOptions: 'agreed',
  dsack: true,
  // sendspace.
  sndBufferBytes: 32_768,
  initialWindow: 'rfc6928',
  // abc_l_var.
  ackCountingLimit: 2,
  limitedTransmit: true,
  idleRestart: 'initial-window',
  noDelay: false,
  nagle: 'any',
  push: 'emptied',
  zeroWindowProbe: 'byte',
  acceptWindow: 'buffer',
  rcvBufferWholeSegments: true,
  windowGrowth: 'every-byte',
  windowUpdate: 'quarter-buffer',
  delayFinAck: false,
  delayedAckCounts: 'segments',
  ...real,
};

export const profiles: {readonly [name in ProfileName]: TcpSettings} = {linux, rfc, freebsd};

/**
 * A profile with a lesson's changes. Where the receive buffer is changed and the window scale is not, the shift is the least that
 * lets the 16-bit field tell the whole buffer, as Linux chooses it.
 */
export const settingsFor = (profile: ProfileName, changes: Partial<TcpSettings>): TcpSettings => {
  const settings = {...profiles[profile], ...changes};
  const {rcvBufferBytes, windowScale} = changes;
  if (rcvBufferBytes === undefined || windowScale !== undefined || settings.windowScale === 'off')
    return settings;
  let shift = 0;
  while (shift < 14 && 65_535 * (1 << shift) < rcvBufferBytes) shift += 1;
  return {...settings, windowScale: shift};
};
