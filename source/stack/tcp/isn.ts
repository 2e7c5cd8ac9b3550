// Initial sequence numbers: a 4 µs clock plus a keyed hash of the connection (RFC 9293 §3.4.1).
import {sha256} from '@noble/hashes/sha2.js';
import {connectionId} from '../../wire/connection-id.ts';
import {type Seq, seq, seqAdd} from '../../wire/seq.ts';
import {encodeUtf8} from '../../wire/utf8.ts';
import type {Socket} from './effect.ts';

/** Returns ISN = M + F(localip, localport, remoteip, remoteport, secretkey), in which M counts 4 µs ticks modulo 2^32. */
export function initialSequenceNumber(
  secret: Uint8Array,
  nowUs: number,
  ends: {local: Socket; remote: Socket},
): Seq {
  const pair = encodeUtf8(connectionId(ends.local, ends.remote));
  const input = new Uint8Array(pair.length + secret.length);
  input.set(pair);
  input.set(secret, pair.length);
  const hash = new DataView(sha256(input).buffer).getUint32(0);
  return seqAdd(seq(hash), Math.floor(nowUs / 4) % 2 ** 32);
}
