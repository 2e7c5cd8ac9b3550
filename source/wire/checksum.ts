// Computes the Internet checksum (RFC 1071): the one's complement of the one's complement sum of 16-bit words.

/**
 * Returns `sum`, a running Internet checksum sum, with the 16-bit words of `bytes[start … end)` added. Pieces may be added in any order
 * (RFC 1071 §2), but each piece except the last must have an even length.
 */
export const checksumAdd = (sum: number, bytes: Uint8Array, start: number, end: number): number => {
  let total = sum;
  const even = end - ((end - start) & 1);
  for (let i = start; i < even; i += 2) total += ((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0);
  if (even < end) total += (bytes[even] ?? 0) << 8;
  return total;
};

/** Returns the Internet checksum of a running sum: the one's complement of the sum folded to 16 bits. */
export const checksumFinish = (sum: number): number => {
  let folded = sum;
  while (folded > 0xffff) folded = (folded % 0x1_0000) + Math.floor(folded / 0x1_0000);
  return ~folded & 0xffff;
};

/** Returns the Internet checksum of `bytes[start … end)`; 0 if they contain their own correct checksum. */
export const internetChecksum = (bytes: Uint8Array, start = 0, end = bytes.length): number =>
  checksumFinish(checksumAdd(0, bytes, start, end));

/**
 * The place of an IP packet's source and destination address for the pseudo header; `finalAt` is that of the final destination in a routing
 * header, which RFC 8200 §8.1 uses instead (§4.4).
 */
export type AddressSpan = {
  readonly start: number;
  readonly end: number;
  readonly finalAt?: number | undefined;
};

/**
 * Returns the checksum's sum over the pseudo header (RFC 9293 §3.1, RFC 768, RFC 8200 §8.1). The addresses are next to each other at `start
 * … end` in `bytes`, as in both IP headers; `finalAt` is the place of the destination that counts instead of the second one.
 */
export const pseudoHeaderSum = (
  bytes: Uint8Array,
  {start, end, finalAt}: AddressSpan,
  upper: {readonly protocol: number; readonly length: number},
): number => {
  const sum = upper.protocol + upper.length;
  if (finalAt === undefined) return checksumAdd(sum, bytes, start, end);
  const size = (end - start) / 2;
  return checksumAdd(checksumAdd(sum, bytes, start, start + size), bytes, finalAt, finalAt + size);
};
