// Finds the final destination of a packet whose IPv6 header names a stop on the way (RFC 8200 §4.4): checksums (§8.1) and connections use
// that destination.

const routingHeader = 43;

/**
 * Types of IPv6 routing headers: deprecated source routing (RFC 5095), a mobile node's home address (RFC 6275 §6.4), segments
 * (RFC 8754 §2).
 */
const RoutingType = {source: 0, home: 2, segments: 4} as const;

const addressBytes = 16;
const fixedBytes = 8;

/**
 * Returns the offset in `bytes` of the final destination in the IPv6 routing header `start … end`; undefined if no stop is left, so that
 * the IPv6 header has it, or if the routing type is not supported.
 */
export const finalDestinationAt = (bytes: Uint8Array, start: number, end: number): number | undefined => {
  const [type, left = 0] = [bytes[start + 2], bytes[start + 3]];
  if (left === 0 || end - start < fixedBytes + addressBytes || end > bytes.length) return undefined;
  // A segment routing header lists its segments from the last to the first, so the final destination comes first.
  if (type === RoutingType.segments) return start + fixedBytes;
  return type === RoutingType.source || type === RoutingType.home ? end - addressBytes : undefined;
};

type Header = {readonly type: number; readonly start: number; readonly end: number};

/**
 * Returns the offset in `bytes` of the final destination, given the IPv6 extension headers of a packet; undefined if no routing header has
 * one.
 */
export const finalDestinationIn = (bytes: Uint8Array, headers: readonly Header[]): number | undefined => {
  const routing = headers.find(({type}) => type === routingHeader);
  return routing && finalDestinationAt(bytes, routing.start, routing.end);
};
