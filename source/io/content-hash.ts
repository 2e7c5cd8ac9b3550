// Hashes the contents of HTTP messages with Node's SHA-256.
import {createHash} from 'node:crypto';
import type {ContentHash, NewHash} from '../observe/content-hash.ts';

class NodeHash implements ContentHash {
  readonly #hash = createHash('sha256');

  readonly update = (octets: Uint8Array): void => {
    this.#hash.update(octets);
  };

  readonly hex = (): string => this.#hash.copy().digest('hex');
}

export const nodeContentHash: NewHash = () => new NodeHash();
