// Recognizes IP addresses that address many hosts: multicast and the limited broadcast.
/** Matches IPv4 and IPv6 multicast addresses and the limited broadcast 255.255.255.255 (RFC 1112 §4, RFC 4291 §2.7, RFC 919 §7). */
const groupAddress = /^(22[4-9]|23\d)\.|^255\.255\.255\.255$|^ff[0-9a-f]{2}:/;

export const isGroupAddress = (address: string): boolean => groupAddress.test(address);
