// A step in the derivation of a TLS key: a function, its inputs and their origins, and its output.
import type {KeyPlace} from '../key-places.ts';

export type Role = 'client' | 'server';

/**
 * The origin of an operand in a key derivation. `salt` is the secret with the label "derived", which is expanded from `place` with no
 * messages (RFC 9846 §7.1).
 */
export type Origin =
  | {readonly kind: 'key'; readonly place: KeyPlace; readonly update: number}
  | {readonly kind: 'salt'; readonly place: KeyPlace}
  | {readonly kind: 'zeros'}
  | {readonly kind: 'nothing'}
  /** The hash of the handshake messages up to `to`. If `retried`, a hash replaces the first ClientHello (RFC 9846 §4.1). */
  | {
      readonly kind: 'messages';
      readonly to: string;
      readonly sender: Role | undefined;
      readonly hash: string;
      readonly retried: boolean;
    }
  | {readonly kind: 'randoms'; readonly first: Role}
  | {readonly kind: 'share'; readonly of: Role}
  /** A range of a function's output, from the octet `start` to before `end`. */
  | {readonly kind: 'cut'; readonly start: number; readonly end: number}
  | {readonly kind: 'sequence'; readonly sequence: number}
  | {readonly kind: 'explicit'}
  | {readonly kind: 'header'};

export type Operand = {
  readonly name:
    | 'salt'
    | 'input'
    | 'secret'
    | 'label'
    | 'context'
    | 'seed'
    | 'share'
    | 'iv'
    | 'with'
    | 'covers';
  readonly origin: Origin | undefined;
  /** The octets of an operand, or its label as a text; undefined if the viewer does not know them. */
  readonly value: Uint8Array | string | undefined;
};

export type Derivation = {
  readonly gives: 'value' | 'key' | 'iv' | 'nonce' | 'additional';
  readonly formula:
    | 'HKDF-Extract'
    | 'HKDF-Expand-Label'
    | 'PRF'
    | 'XOR'
    | 'concatenation'
    | 'agreement'
    | 'random';
  /** The group of a key agreement; undefined for other functions of a derivation. */
  readonly group: string | undefined;
  readonly rfc: string;
  readonly operands: readonly Operand[];
  readonly output: Uint8Array | undefined;
};
