// The Internet checksum (RFC 1071): one's complement of the one's complement sum of 16-bit words.

/**
 * Adds the words of `bytes[start … end)` to a running sum. Pieces may be summed in any order (RFC 1071 §2), but each
 * piece but the last has to have an even length.
 */
export const checksumAdd = (sum: number, bytes: Uint8Array, start: number, end: number): number => {
  let total = sum;
  const even = end - ((end - start) & 1);
  for (let i = start; i < even; i += 2) total += ((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0);
  if (even < end) total += (bytes[even] ?? 0) << 8;
  return total;
};

/** The checksum that belongs to a running sum. */
export const checksumFinish = (sum: number): number => {
  let folded = sum;
  while (folded > 0xffff) folded = (folded % 0x1_0000) + Math.floor(folded / 0x1_0000);
  return ~folded & 0xffff;
};

/** 0 for bytes that hold their own right checksum. */
export const internetChecksum = (bytes: Uint8Array, start = 0, end = bytes.length): number =>
  checksumFinish(checksumAdd(0, bytes, start, end));

/** Where the addresses of a packet stand: RFC 8200 §8.1 takes the final destination where another one is named (§4.4). */
export type AddressSpan = {
  readonly start: number;
  readonly end: number;
  readonly finalAt?: number | undefined;
};

/**
 * The sum over the pseudo header (RFC 9293 §3.1, RFC 768, RFC 8200 §8.1). The addresses stand next to each other at
 * `start … end` in `bytes`, as they do in both IP headers; `finalAt` is where the destination stands that counts instead of
 * the second one.
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
