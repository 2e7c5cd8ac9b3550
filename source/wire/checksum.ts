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

/**
 * The sum over the pseudo header (RFC 9293 §3.1, RFC 768, RFC 8200 §8.1). The addresses stand next to each other at
 * `addresses … addressesEnd`, as they do in both IP headers.
 */
export const pseudoHeaderSum = (
  bytes: Uint8Array,
  addresses: {readonly start: number; readonly end: number},
  upper: {readonly protocol: number; readonly length: number},
): number => checksumAdd(upper.protocol + upper.length, bytes, addresses.start, addresses.end);
