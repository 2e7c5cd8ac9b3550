// TCP Fast Open at the server (RFC 7413 §4.1.2, §4.2.2): decides which SYN makes a connection that the program may have at once, and what
// its SYN,ACK carries, in the order of Linux (tcp_fastopen.c, tcp_try_fastopen).

import {sameBytes} from '../../wire/octets.ts';
import {seqAdd} from '../../wire/seq.ts';
import {TcpFlag, type TcpOption, type TcpSegment} from '../../wire/tcp.ts';
import {handOver} from './accept.ts';
import {insideWindow} from './acceptance.ts';
import type {EarlyQueue, Listener} from './connection.ts';
import type {Socket, TcpEnv} from './effect.ts';
import {cookieOption, cookieOptionIn, keysOf, makeCookie} from './fast-open-cookie.ts';
import {beginReceiving, tookWithSyn} from './paced-receiving.ts';
import {fitSegments} from './segment-size.ts';
import type {TcpSettings} from './settings.ts';
import {arm, send, signal, type Turn, update} from './turn.ts';

/** The bits of Linux's setting tcp_fastopen that concern servers. */
const SERVER = 0x2;
const WITHOUT_COOKIE = 0x200;
const ALL_LISTENERS = 0x400;

const bitsOf = ({fastOpen}: TcpSettings): number => (fastOpen === 'off' ? 0 : fastOpen);

/** Returns the empty Fast Open queue of a new listener with this backlog, and its limit. */
export function earlyQueue(backlog: number, settings: TcpSettings): EarlyQueue {
  const all = (bitsOf(settings) & (SERVER | ALL_LISTENERS)) === (SERVER | ALL_LISTENERS);
  return {most: all ? backlog : 0, pending: 0, resetUntilUs: []};
}

/**
 * Tells whether a listener's Fast Open queue has room. A reset of an accepted connection may mean that its SYN was spoofed, so it counts as
 * a pending connection for a while.
 */
function hasRoom({fastOpen}: Listener, {nowUs, settings}: TcpEnv): boolean {
  const {fastOpenQueue, acceptQueue} = settings;
  const most = fastOpenQueue === 'off' ? fastOpen.most : Math.min(fastOpenQueue, acceptQueue);
  return fastOpen.pending + fastOpen.resetUntilUs.filter((untilUs) => untilUs > nowUs).length < most;
}

/**
 * The server's decision about a SYN with Fast Open: `opens` means that its data are accepted and a connection is made at once; `options`
 * are for the SYN,ACK and contain a new cookie if there is one.
 */
type Answer = {readonly opens: boolean; readonly options: readonly TcpOption[]};

const ordinary: Answer = {opens: false, options: []};

type Dial = {
  readonly segment: TcpSegment;
  readonly local: Socket;
  readonly remote: Socket;
};

export function answerTo(listener: Listener, {segment, local, remote}: Dial, env: TcpEnv): Answer {
  const {settings} = env;
  const shown = cookieOptionIn(segment.options);
  const asks = shown !== undefined || segment.payload.length > 0;
  if ((bitsOf(settings) & SERVER) === 0 || !asks || !hasRoom(listener, env)) return ordinary;
  if ((bitsOf(settings) & WITHOUT_COOKIE) !== 0 || settings.fastOpenWithoutCookie)
    return {opens: true, options: []};
  if (shown === undefined) return ordinary;
  const cookies = keys(env).map((key) => makeCookie(key, {local, remote}));
  const place = cookies.findIndex((cookie) => sameBytes(cookie, shown.cookie));
  const [cookie] = cookies;
  // A cookie that the second key made is accepted, and the client gets one of the first key.
  const given = place === 0 || cookie === undefined ? [] : cookieOption({...shown, cookie});
  return {opens: place >= 0, options: given};
}

const KEY_OCTETS = 16;

function keys({settings, secret}: TcpEnv): readonly Uint8Array[] {
  const set = settings.fastOpenKeys === '' ? undefined : keysOf(settings.fastOpenKeys);
  return set ?? [secret ?? new Uint8Array(KEY_OCTETS)];
}

/**
 * Makes the Fast Open connection in SYN-RECEIVED, accepts the data of its SYN and sends the SYN,ACK with `options` in addition to the usual
 * ones.
 */
export function openEarly(turn: Turn, segment: TcpSegment, options: readonly TcpOption[]): void {
  const because = '7413:4.2.2/accept/data';
  const {tcb, env} = turn;
  const first = seqAdd(tcb.iss, 1);
  const {settings, nowUs} = env;
  // The window of a SYN is not scaled.
  const wnd = segment.window;
  update(turn, {
    snd: {...tcb.snd, una: first, wnd, maxWnd: wnd},
    rtoUs: settings.rtoAfterSynTimeoutUs || settings.initialRtoUs,
    rack: {...tcb.rack, delivered: 0},
    early: {
      dataBytes: segment.payload.length,
      waits: true,
      wnd: tcb.rcv.wnd,
      sentUs: nowUs,
      timeouts: 0,
      repeats: 0,
      shut: false,
    },
  });
  beginReceiving(turn);
  fitSegments(turn);
  takeText(turn, segment);
  sendSynAck(turn, options);
  arm(turn, 'RTO', {waitUs: settings.initialRtoUs, because: '6298:5.1/start'});
  if (!tcb.accepted) return;
  signal(turn, 'accepted', because);
  if (turn.tcb.read !== 'manual') handOver(turn, '9293:3.10.3/receive/outstanding');
}

/** Takes the data of a Fast Open SYN, which the SYN,ACK will acknowledge; the receive window begins after them. */
function takeText(turn: Turn, segment: TcpSegment): void {
  const {rcv} = turn.tcb;
  if (segment.payload.length === 0) return;
  const text = insideWindow({...rcv, wnd: segment.payload.length}, segment);
  const nxt = seqAdd(rcv.nxt, text.data.length);
  tookWithSyn(turn, text);
  update(turn, {rcv: {...rcv, nxt}, receiveBuffer: text.data, lastAckSent: nxt});
}

function sendSynAck(turn: Turn, options: readonly TcpOption[]): void {
  const {iss, ecnOn, synOptions} = turn.tcb;
  const flags = TcpFlag.SYN | TcpFlag.ACK | (ecnOn ? TcpFlag.ECE : 0);
  send(turn, {seq: iss, flags, options: [...synOptions, ...options], because: '7413:4.2.2/accept/data'});
}
