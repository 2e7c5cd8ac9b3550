// Profiles with changes: the window scale follows the receive buffer (RFC 7323 §2.2, curriculum: defaults in lessons).
import {expect, test} from 'vitest';
import {profiles, settingsFor} from '../../../source/stack/tcp/profiles.ts';

test.each([
  [65_535, 0],
  [65_536, 1],
  [131_070, 1],
  [131_071, 2],
  [6_291_456, 7],
])('a buffer of %i bytes: the least s with 65535·2^s ≥ buffer is %i', (rcvBufferBytes, windowScale) => {
  expect(settingsFor('linux', {rcvBufferBytes}).windowScale).toBe(windowScale);
});

test('what is not changed is the profile’s; a profile that does not scale stays so', () => {
  expect(settingsFor('linux', {}).windowScale).toBe(7);
  expect(settingsFor('linux', {rcvBufferBytes: 65_536, windowScale: 3}).windowScale).toBe(3);
  expect(settingsFor('rfc', {rcvBufferBytes: 6_291_456}).windowScale).toBe('off');
  expect(settingsFor('rfc', {timeWaitUs: 1}).timeWaitUs).toBe(1);
});

const second = 1_000_000;

/** Of every system: what weakens or bounds a connection is off until somebody asks for it (RFC 9293 §3.8.4 for keep-alives). */
const untouched = {
  ...{insecureRst: false, insecureSyn: false, dropSynFin: false, dropSynOptions: false, noOptions: false},
  ...{keepAlive: false, keepAliveIdleUs: 7200 * second, keepAliveIntervalUs: 75 * second, userTimeoutUs: 0},
  ...{noDelay: false, limitedTransmit: true, icmpMayReset: true, initialRtoUs: second, mss: 1500 - 20 - 20},
};

test('Linux: include/net/tcp.h and ip-sysctl(7)', () => {
  expect(settingsFor('linux', {})).toMatchObject({
    ...untouched,
    // TCP_RTO_MIN, TCP_RTO_MAX, TCP_TIMEOUT_FALLBACK, TCP_TIMEWAIT_LEN.
    ...{
      minRtoUs: second / 5,
      maxRtoUs: 120 * second,
      rtoAfterSynTimeoutUs: 3 * second,
      timeWaitUs: 60 * second,
    },
    // tcp_syn_retries, tcp_synack_retries, tcp_retries2, tcp_syn_linear_timeouts, tcp_keepalive_probes, tcp_fin_timeout.
    ...{synRetries: 6, synAckRetries: 5, dataRetries: 15, synLinearTimeouts: 4, keepAliveProbes: 9},
    ...{finTimeoutUs: 60 * second, challengeAckIntervalUs: second / 2, ecnSynRetries: 1},
    // The window on a SYN; the most of tcp_wmem, tcp_max_syn_backlog, somaxconn.
    ...{rcvBufferBytes: 44 * 1460, sndBufferBytes: 4 * 2 ** 20, synQueue: 4096, acceptQueue: 4096},
    // tcp_sack, tcp_dsack, tcp_tw_reuse (RFC 6191).
    ...{sackPermitted: true, dsack: true, timeWaitReuse: true, tolerateMissingTimestamps: true},
    ...{abortCarriesAck: true, closingRepeatsFin: false, icmpAbortsSynchronised: false, rtoSlopUs: 0},
    ...{connectTimeoutUs: 0, synCache: 'off', delayFinAck: true, rcvBufferWholeSegments: false},
  });
  // Without window scaling 65535 would be the most; tcp_rmem lets the buffer grow to 6 MiB.
  expect(settingsFor('linux', {rcvBufferBytes: 6 * 2 ** 20}).windowScale).toBe(profiles.linux.windowScale);
});

test('the RFCs: 6298 §2.1, §2.4, §2.5 and §5.7, 9293 §3.4.2 and §3.8.3, 5681 §3.1', () => {
  const {synRetries, dataRetries, minRtoUs, maxRtoUs, ...rfc} = settingsFor('rfc', {});
  expect(rfc).toMatchObject({
    ...untouched,
    ...{rtoAfterSynTimeoutUs: 3 * second, timeWaitUs: 2 * 120 * second, finTimeoutUs: 0, rtoSlopUs: 0},
    ...{rcvBufferBytes: 65_535, windowScale: 'off', sackPermitted: false, timestamps: false, dsack: false},
    ...{ecn: 'off', ecnSynRetries: 0, synLinearTimeouts: 0, synRetryAfterBadAckUs: 0, connectTimeoutUs: 0},
    ...{ackCountingLimit: 1, challengeAckIntervalUs: 0, timeWaitReuse: false, abortCarriesAck: false},
    ...{tolerateMissingTimestamps: false, icmpAbortsSynchronised: true, closingRepeatsFin: false},
    ...{keepAliveProbes: 9, delayFinAck: true, rcvBufferWholeSegments: false, sndBufferBytes: 2 ** 20},
  });
  expect([minRtoUs, maxRtoUs]).toEqual([second, 60 * second]);
  const waitedUs = (retries: number) =>
    Array.from({length: retries + 1}, (_, nth) => Math.min(minRtoUs * 2 ** nth, maxRtoUs)).reduce(
      (sum, us) => sum + us,
    );
  // R2: the fewest with which a SYN is tried for three minutes, and data for 100 s.
  expect([waitedUs(synRetries) >= 180 * second, waitedUs(synRetries - 1) >= 180 * second]).toEqual([
    true,
    false,
  ]);
  expect([waitedUs(dataRetries) >= 100 * second, waitedUs(dataRetries - 1) >= 100 * second]).toEqual([
    true,
    false,
  ]);
});

test('FreeBSD: tcp(4), syncache(4), tcp_timer.h', () => {
  expect(settingsFor('freebsd', {})).toMatchObject({
    ...untouched,
    // net.inet.tcp.delacktime, rexmit_min, rexmit_slop; TCPTV_REXMTMAX, TCP_MAXRXTSHIFT.
    ...{delayedAckUs: 40_000, minRtoUs: 30_000, rtoSlopUs: 200_000, maxRtoUs: 64 * second},
    ...{synRetries: 12, dataRetries: 12, rtoAfterSynTimeoutUs: 0, synLinearTimeouts: 0},
    // msl (30 s), finwait2_timeout, keepinit, keepcnt.
    ...{
      timeWaitUs: 2 * 30 * second,
      finTimeoutUs: 60 * second,
      connectTimeoutUs: 75 * second,
      keepAliveProbes: 8,
    },
    // recvspace, sendspace, soacceptqueue, abc_l_var.
    ...{rcvBufferBytes: 65_536, sndBufferBytes: 32_768, acceptQueue: 128, ackCountingLimit: 2},
    // syncache.rexmtlimit, hashsize × bucketlimit.
    ...{synAckRetries: 3, synCache: 512 * 30, synQueue: 512 * 30, challengeAckIntervalUs: 0},
    // rfc1323, sack.enable, tolerate_missing_ts, ecn.maxretries, nolocaltimewait.
    ...{
      timestamps: true,
      sackPermitted: true,
      dsack: true,
      tolerateMissingTimestamps: true,
      ecnSynRetries: 1,
    },
    ...{timeWaitReuse: true, abortCarriesAck: true, closingRepeatsFin: true, icmpAbortsSynchronised: false},
    ...{delayFinAck: false, rcvBufferWholeSegments: true, synRetryAfterBadAckUs: 0},
  });
  // maxsockbuf.
  expect(settingsFor('freebsd', {rcvBufferBytes: 2 * 2 ** 20}).windowScale).toBe(
    profiles.freebsd.windowScale,
  );
});
