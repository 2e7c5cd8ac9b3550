// The registry of question kinds. To add a kind, write its name under its topic in question-kinds.yaml, the kind itself (kind.ts) in the
// file of its family, and its line in this file. Sheets then ask it, and `test/quiz/decidable.all.test.ts` checks what every kind promises.
import {captureCopiesKind, capturePlaceKind, captureTripKind, wireSegmentsKind} from './capture-points.ts';
import {cookieSent} from './cookies.ts';
import {cubicMaxKind, cubicRegionKind} from './cubic-curve.ts';
import {ackReasonKind, nagleLeavesKind} from './delayed-acks.ts';
import {nextQueryTo, ttlLeft} from './dns.ts';
import {whichCacheAnswers} from './dns-caches.ts';
import {dnsFlagsKind} from './dns-flags.ts';
import {cacheHoldsKind, negativeTtlKind, replyTakenKind} from './dns-keeping.ts';
import {dnsFitsKind, dnsSaysKind, dnsSectionKind, nameOctetsKind} from './dns-messages.ts';
import {fillInHandshake} from './handshake-blanks.ts';
import {frameBytesKind, replyAddressesKind, whichLayerKind} from './headers.ts';
import {hopAddressKind, hopTtlKind, routerChangesKind} from './hops.ts';
import {whichStatus} from './http.ts';
import {connectionAfterKind, firstByteKind, pipelinedKind, unansweredKind} from './http-connections.ts';
import {bodyEndsKind, responseBytesKind} from './http-messages.ts';
import {freshCopyKind, redirectMethodKind, redirectUrlKind} from './http-redirects.ts';
import {isItSo} from './is-it-so.ts';
import {type AnyKind, writtenKind} from './kind.ts';
import {ifDelayed} from './late.ts';
import {layerSize, spotFaulty} from './layers.ts';
import {cubicKKind, cubicSsthreshKind, lossProbeKind, rackWindowKind} from './linux-sender.ts';
import {recvQKind} from './listen-queue.ts';
import {ifDropped} from './losses.ts';
import {whichPacketLost} from './lost-packet.ts';
import {nextSeq} from './next-seq.ts';
import {orderPackets} from './packet-order.ts';
import {stateOfPeer} from './peer-states.ts';
import {prediction, question} from './prediction.ts';
import {rackLostKind, sackSaysKind, whyAgainKind} from './repairs.ts';
import {sessionForKind} from './sessions.ts';
import {cookieEndsKind, cookieGoesKind, cookieReadersKind, cookiesKeptKind} from './set-cookies.ts';
import {rfcName} from './state-names.ts';
import {whichFlags} from './tcp-flags.ts';
import {nextAck} from './tcp-numbers.ts';
import {optionsAgreedKind, sackFirstKind, timestampEchoKind} from './tcp-options.ts';
import {
  bytesReadKind,
  rawNumberKind,
  resentSeqKind,
  rstTakenKind,
  srttAfterKind,
  ssthreshAfterKind,
} from './tcp-receiving.ts';
import {stateAfterKind} from './tcp-states.ts';
import {endsInTimeWait} from './time-wait.ts';
import {whichTimer} from './timers.ts';
import {eavesdropperReads, keyOfRecord, recordType} from './tls.ts';
import {
  clearMessagesKind,
  leakedKeyKind,
  missingMessageKind,
  recordBytesKind,
  tlsAlertKind,
  tlsResumedKind,
} from './tls-handshakes.ts';
import {whoSendsNext} from './turn-taking.ts';
import {whichAreSo, whichIsSo} from './which-is-so.ts';
import {flightSizeKind, rightEdgeKind, windowBytesKind} from './window-values.ts';
import {cwndAfter, usableWindow} from './windows.ts';

const written = [isItSo, whichIsSo, whichAreSo, prediction, question];

export const generators: readonly AnyKind[] = [
  ...[nextAck, nextSeq, fillInHandshake, whichFlags, stateAfterKind, whoSendsNext, orderPackets],
  ...[whichPacketLost, ifDropped, ifDelayed, whichTimer, endsInTimeWait, usableWindow, cwndAfter],
  ...[stateOfPeer, rfcName],
  ...[nextQueryTo, ttlLeft, whichCacheAnswers, whichStatus, cookieSent],
  ...[bodyEndsKind, responseBytesKind, connectionAfterKind, pipelinedKind, unansweredKind, firstByteKind],
  ...[cookieEndsKind, cookiesKeptKind, cookieGoesKind, cookieReadersKind, sessionForKind],
  ...[redirectMethodKind, redirectUrlKind, freshCopyKind],
  ...[eavesdropperReads, keyOfRecord, recordType, layerSize, spotFaulty],
  ...[
    dnsSaysKind,
    dnsSectionKind,
    dnsFlagsKind,
    nameOctetsKind,
    dnsFitsKind,
    negativeTtlKind,
    cacheHoldsKind,
    replyTakenKind,
  ],
  ...[hopAddressKind, hopTtlKind, routerChangesKind, whichLayerKind, frameBytesKind, replyAddressesKind],
  ...[
    windowBytesKind,
    rightEdgeKind,
    flightSizeKind,
    optionsAgreedKind,
    timestampEchoKind,
    sackFirstKind,
    bytesReadKind,
    rstTakenKind,
    resentSeqKind,
    srttAfterKind,
    ssthreshAfterKind,
    rawNumberKind,
    recvQKind,
  ],
  ...[lossProbeKind, rackWindowKind, cubicSsthreshKind, cubicKKind],
  ...[cubicRegionKind, cubicMaxKind, whyAgainKind, rackLostKind, sackSaysKind],
  ...[ackReasonKind, nagleLeavesKind, captureCopiesKind, capturePlaceKind, captureTripKind, wireSegmentsKind],
  ...[clearMessagesKind, missingMessageKind, tlsResumedKind, recordBytesKind, leakedKeyKind, tlsAlertKind],
  ...written.map(writtenKind),
];
