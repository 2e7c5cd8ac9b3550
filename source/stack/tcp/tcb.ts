// A new TCB, as made by OPEN or by a SYN to a listener (RFC 9293 §3.10.1, §3.10.7.2).

import {connectionId} from '../../wire/connection-id.ts';
import {Fifo} from '../../wire/fifo.ts';
import {emptyRope} from '../../wire/rope.ts';
import {type Seq, seq, seqAdd} from '../../wire/seq.ts';
import {HIGH_THRESHOLD, initialCwnd} from './congestion.ts';
import type {Connection} from './connection.ts';
import {noMarks} from './ecn.ts';
import type {ReadMode, Socket} from './effect.ts';
import {noCubic, unusedWindow} from './growth-state.ts';
import {defaultMss, synOptions} from './options.ts';
import {noLoss} from './recovery.ts';
import {noRepair} from './repair-state.ts';
import type {TcpSettings} from './settings.ts';
import {initialWindow} from './window.ts';

type Beginning = {
  readonly origin: 'active' | 'passive';
  readonly local: Socket;
  readonly remote: Socket;
  readonly iss: Seq;
  readonly read: ReadMode;
};

/**
 * Returns a new TCB with SND.UNA = ISS and SND.NXT = ISS+1, whose SYN is still to be sent. It is one literal, because spreads (`...`) cost
 * 66 kB in V8 (Node 20).
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: a line for each field
export function newTcb({origin, local, remote, iss, read}: Beginning, settings: TcpSettings): Connection {
  const mss = Math.min(defaultMss(remote.ip), settings.mss);
  const {episode, flight, rack, probe, reduction, undo, spread, backoff} = noRepair(iss, settings.reordering);
  return {
    irs: seq(0),
    accepted: true,
    options: {},
    srttUs: undefined,
    rttvarUs: undefined,
    timers: {},
    sendBuffer: emptyRope,
    sendWaiting: emptyRope,
    receiveBuffer: emptyRope,
    scale: {snd: 0, rcv: 0},
    sackPermitted: false,
    timestampsOn: false,
    tsRecent: 0,
    tsRecentUs: 0,
    lastAckSent: seq(0),
    retransmissionQueue: Fifo.of([]),
    ssthresh: HIGH_THRESHOLD,
    cwndCredit: 0,
    lastDataUs: undefined,
    probes: 0,
    probedByte: false,
    probingSinceUs: undefined,
    dialledUs: undefined,
    retries: 0,
    pushEnds: [],
    pushedFrom: undefined,
    recordEnds: [],
    held: undefined,
    closeCalled: false,
    finSeq: undefined,
    eofTold: false,
    readerGone: false,
    receives: [],
    reassembly: [],
    peerFinSeq: undefined,
    unackedBytes: 0,
    unackedSegments: 0,
    duplicate: undefined,
    fastOpen: undefined,
    early: undefined,
    pace: undefined,
    memory: undefined,
    sackList: undefined,
    challengedUs: undefined,
    sndUp: undefined,
    rcvUp: undefined,
    urgentByte: undefined,
    softError: undefined,
    heardUs: undefined,
    keepAliveProbes: 0,
    ecnOn: false,
    marks: noMarks,
    state: 'SYN-SENT',
    id: connectionId(local, remote),
    local,
    remote,
    origin,
    iss,
    snd: {una: iss, nxt: seqAdd(iss, 1), wnd: 0, wl1: seq(0), wl2: seq(0), maxWnd: 0},
    rcv: {nxt: seq(0), wnd: initialWindow(settings)},
    read,
    rtoUs: settings.initialRtoUs,
    mss,
    pathMss: mss,
    pathMtu: undefined,
    synOptions: synOptions(settings),
    cwnd: initialCwnd(mss, settings),
    loss: noLoss(iss),
    ...{episode, flight, rack, probe, reduction, undo, spread, backoff},
    use: unusedWindow(iss),
    cubic: noCubic(iss, 0),
    smallEnd: iss,
    pushedTo: seqAdd(iss, 1),
    probeWaitUs: settings.initialRtoUs,
  };
}
