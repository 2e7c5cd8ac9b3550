// A step of a derivation: a function, what goes into it and where that comes from, and what it gives.
import type {KeyPlace} from '../key-places.ts';

export type Role = 'client' | 'server';

/** Where an operand comes from; `salt`: "derived" of that secret, with no messages (RFC 9846 §7.1). */
export type Origin =
  | {readonly kind: 'key'; readonly place: KeyPlace; readonly update: number}
  | {readonly kind: 'salt'; readonly place: KeyPlace}
  | {readonly kind: 'zeros'}
  | {readonly kind: 'nothing'}
  /** `retried`: a hash stands for the first ClientHello (RFC 9846 §4.1). */
  | {
      readonly kind: 'messages';
      readonly to: string;
      readonly sender: Role | undefined;
      readonly hash: string;
      readonly retried: boolean;
    }
  | {readonly kind: 'randoms'; readonly first: Role}
  | {readonly kind: 'share'; readonly of: Role}
  /** Octets of what a function gave, from one to before another. */
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
  /** Octets, or the label as it is written. undefined: whoever looks does not have them. */
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
  /** Of an agreement the group. */
  readonly group: string | undefined;
  readonly rfc: string;
  readonly operands: readonly Operand[];
  readonly output: Uint8Array | undefined;
};
