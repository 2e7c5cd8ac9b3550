// The SHA-256 of the content of an HTTP message, computed while the content comes.
import {sha256} from '@noble/hashes/sha2.js';
import {hexOf} from '../wire/octets.ts';

/** A SHA-256 in the making. `hex` returns the hash of the octets so far in hexadecimal; more octets may follow. */
export type ContentHash = {
  readonly update: (octets: Uint8Array) => void;
  readonly hex: () => string;
};

/** Begins a SHA-256. A program that runs in Node gives the library Node's, which is nine times as fast as the one here. */
export type NewHash = () => ContentHash;

export const newContentHash: NewHash = () => {
  const hash = sha256.create();
  return {
    update: (octets) => {
      hash.update(octets);
    },
    hex: () => hexOf(hash.clone().digest()),
  };
};
