// SipHash-2-4, a short hash with a key (J.-P. Aumasson, D. J. Bernstein, “SipHash: a fast short-input PRF”, 2012).

const WORD_OCTETS = 8;
const KEY_OCTETS = 16;

type State = {v0: bigint; v1: bigint; v2: bigint; v3: bigint};

const word = (value: bigint): bigint => BigInt.asUintN(64, value);

const turned = (value: bigint, bits: bigint): bigint => word(value << bits) | (value >> (64n - bits));

function round(state: State): void {
  let {v0, v1, v2, v3} = state;
  v0 = word(v0 + v1);
  v2 = word(v2 + v3);
  v1 = turned(v1, 13n) ^ v0;
  v3 = turned(v3, 16n) ^ v2;
  v0 = word(turned(v0, 32n) + v3);
  v2 = word(v2 + v1);
  v1 = turned(v1, 17n) ^ v2;
  v3 = turned(v3, 21n) ^ v0;
  v2 = turned(v2, 32n);
  Object.assign(state, {v0, v1, v2, v3});
}

function mix(state: State, message: bigint): void {
  state.v3 ^= message;
  round(state);
  round(state);
  state.v0 ^= message;
}

/** Returns the input of SipHash as 64-bit little-endian words; the last word is padded with zeros and ends with the length. */
function wordsOf(text: Uint8Array): readonly bigint[] {
  const whole = Math.floor(text.length / WORD_OCTETS) + 1;
  const padded = new Uint8Array(whole * WORD_OCTETS);
  padded.set(text);
  padded[padded.length - 1] = text.length & 0xff;
  const view = new DataView(padded.buffer);
  return Array.from({length: whole}, (_, index) => view.getBigUint64(index * WORD_OCTETS, true));
}

/** Returns the SipHash-2-4 of a text as eight octets; the key has sixteen octets. */
export function sipHash(key: Uint8Array, text: Uint8Array): Uint8Array {
  const view = new DataView(key.buffer, key.byteOffset, KEY_OCTETS);
  const [k0, k1] = [view.getBigUint64(0, true), view.getBigUint64(WORD_OCTETS, true)];
  const state = {
    v0: k0 ^ 0x736f6d6570736575n,
    v1: k1 ^ 0x646f72616e646f6dn,
    v2: k0 ^ 0x6c7967656e657261n,
    v3: k1 ^ 0x7465646279746573n,
  };
  for (const each of wordsOf(text)) mix(state, each);
  state.v2 ^= 0xffn;
  for (let rounds = 0; rounds < 4; rounds += 1) round(state);
  const hash = new DataView(new ArrayBuffer(WORD_OCTETS));
  hash.setBigUint64(0, state.v0 ^ state.v1 ^ state.v2 ^ state.v3, true);
  return new Uint8Array(hash.buffer);
}
