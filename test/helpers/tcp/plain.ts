// Linux's numbers with the mechanisms of the RFCs: what tests take that are about one mechanism (Reno, SACK, delayed ACKs), not about Linux.
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import type {TcpSettings} from '../../../source/stack/tcp/settings.ts';

const {linux, rfc} = profiles;

export const plain: TcpSettings = {
  ...rfc,
  ...{rcvBufferBytes: linux.rcvBufferBytes, windowScale: linux.windowScale, sackPermitted: true, dsack: true},
  ...{minRtoUs: linux.minRtoUs, maxRtoUs: linux.maxRtoUs, minRtoAppliesTo: linux.minRtoAppliesTo},
  ...{synRetries: linux.synRetries, synAckRetries: linux.synAckRetries, dataRetries: linux.dataRetries},
  ...{synLinearTimeouts: linux.synLinearTimeouts, synRetryAfterBadAckUs: linux.synRetryAfterBadAckUs},
  ...{timeWaitUs: linux.timeWaitUs, finTimeoutUs: linux.finTimeoutUs, timeWaitReuse: linux.timeWaitReuse},
  ...{challengeAckIntervalUs: linux.challengeAckIntervalUs, abortCarriesAck: linux.abortCarriesAck},
  ...{icmpAbortsOpening: linux.icmpAbortsOpening, icmpAbortsSynchronised: linux.icmpAbortsSynchronised},
  ...{synCookies: linux.synCookies, ecn: linux.ecn, ecnSynRetries: linux.ecnSynRetries},
  ...{tolerateMissingTimestamps: true, crossedSynOptions: linux.crossedSynOptions},
  ...{sndBufferBytes: linux.sndBufferBytes, ackCountingLimit: linux.ackCountingLimit},
  ...{idleRestart: linux.idleRestart, nagle: linux.nagle, initialWindow: 'rfc6928', push: 'burst'},
  ...{repeatedSynAck: 'acknowledge', duplicateSyn: 'repeat-syn-ack'},
};
