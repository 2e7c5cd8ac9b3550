// What names a version of a lesson: replay codes refuse another one.
import {sha256} from '@noble/hashes/sha2.js';
import {bytesToHex, utf8ToBytes} from '@noble/hashes/utils.js';

/** sha256 of the source text, in hex. */
export const sourceDigest = (source: string): string => bytesToHex(sha256(utf8ToBytes(source)));
