// SYN cookies: a listener's ISN that encodes what a TCB would have stored, so that nothing is kept for a SYN (RFC 4987 §3.6; the layout is
// Linux's, net/ipv4/syncookies.c).
import {sha256} from '@noble/hashes/sha2.js';
import {connectionId} from '../../wire/connection-id.ts';
import {type Seq, seq, seqAdd} from '../../wire/seq.ts';
import {encodeUtf8} from '../../wire/utf8.ts';
import type {Socket} from './effect.ts';

/**
 * The MSS values that the two bits in a SYN cookie select; a cookie has the largest one that is not above the peer's MSS, or else the
 * smallest.
 */
const MSS_TABLE = [536, 1300, 1440, 1460];
/** The period of the counter in a SYN cookie in µs: one minute. A cookie whose counter is two or more behind is too old. */
const PERIOD_US = 60_000_000;
const MOST_PERIODS = 2;
const DATA_MASK = 0xff_ffff;

/** The time in µs after a SYN queue last overflowed in which ACKs with valid SYN cookies may still arrive. */
export const COOKIES_LIVE_US = MOST_PERIODS * PERIOD_US;

export type CookieKey = {
  readonly secret: Uint8Array;
  readonly local: Socket;
  readonly remote: Socket;
  readonly nowUs: number;
};

const hash = ({secret, local, remote}: CookieKey, count: number, round: number): number => {
  const text = encodeUtf8(`${connectionId(local, remote)} ${count} ${round}`);
  const input = new Uint8Array(secret.length + text.length);
  input.set(secret);
  input.set(text, secret.length);
  return new DataView(sha256(input).buffer).getUint32(0);
};

const counter = ({nowUs}: CookieKey): number => Math.floor(nowUs / PERIOD_US);

/** Returns a SYN cookie: hash + peer's ISN + (counter · 2²⁴) + (hash of the counter + index of the MSS) mod 2²⁴. */
export function makeCookie(key: CookieKey, peerIss: Seq, mss: number): Seq {
  const count = counter(key);
  const index = Math.max(
    0,
    MSS_TABLE.findLastIndex((size) => size <= mss),
  );
  const data = (hash(key, count, 1) + index) & DATA_MASK;
  return seqAdd(peerIss, hash(key, 0, 0) + (count % 256) * (DATA_MASK + 1) + data);
}

/** Returns the MSS in a SYN cookie; undefined if this host did not make the cookie, or made it too long ago. */
export function readCookie(key: CookieKey, peerIss: Seq, cookie: Seq): number | undefined {
  const count = counter(key);
  const bare = seq(cookie - hash(key, 0, 0) - peerIss);
  const age = (count - (bare >>> 24)) & 0xff;
  if (age >= MOST_PERIODS) return undefined;
  return MSS_TABLE[((bare & DATA_MASK) - hash(key, count - age, 1)) & DATA_MASK];
}

/** The SYN options that the low bits of a SYN cookie's timestamp preserve: window scale (15: none), SACK, ECN. */
export type CookieOptions = {
  readonly shift: number | undefined;
  readonly sackPermitted: boolean;
  readonly ecn: boolean;
};

const OPTION_BITS = 6;
const OPTION_VALUES = 1 << OPTION_BITS;
const NO_SHIFT = 15;

/** Returns the timestamp for a SYN,ACK with a cookie: its low bits hold the options, and it is never ahead of the clock `val`. */
export function stampWithOptions(val: number, {shift, sackPermitted, ecn}: CookieOptions): number {
  const bits = (shift ?? NO_SHIFT) | (sackPermitted ? 16 : 0) | (ecn ? 32 : 0);
  const high = val >>> OPTION_BITS;
  const stamp = high * OPTION_VALUES + bits;
  return (stamp > val ? stamp - OPTION_VALUES : stamp) >>> 0;
}

export const optionsInStamp = (ecr: number): CookieOptions => ({
  shift: (ecr & NO_SHIFT) === NO_SHIFT ? undefined : ecr & NO_SHIFT,
  sackPermitted: (ecr & 16) !== 0,
  ecn: (ecr & 32) !== 0,
});
