// The bytes of both directions: noise that anybody can make again from its name, so that a hash tells a whole stream.
import {createHash} from 'node:crypto';

/** Bytes `0 … length` of the stream of that name. */
export const noise = (name: string, length: number): Uint8Array => {
  const bytes = new Uint8Array(length);
  const blockBytes = 32;
  for (let at = 0; at < length; at += blockBytes) {
    const block = createHash('sha256').update(`${name} ${at}`).digest();
    bytes.set(block.subarray(0, Math.min(blockBytes, length - at)), at);
  }
  return bytes;
};

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
