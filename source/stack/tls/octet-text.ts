// Names as TLS has them: an octet for each character, whatever the octets mean (RFC 6066 §3, RFC 7301 §3.1).

export const octetText = (octets: Uint8Array): string =>
  Array.from(octets, (octet) => String.fromCharCode(octet)).join('');
