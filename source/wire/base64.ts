// Writes octets as base64 (RFC 4648 §4).

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Returns octets as base64 text without padding. */
export const base64Of = (bytes: Uint8Array): string => {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const word = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const characters = Math.min(3, bytes.length - i) + 1;
    for (let k = 0; k < characters; k++) text += alphabet[(word >>> (18 - 6 * k)) & 63];
  }
  return text;
};

/** Returns octets as base64 text padded with `=` to a multiple of four characters, as in DNS zone files. */
export const paddedBase64 = (bytes: Uint8Array): string => {
  const text = base64Of(bytes);
  return text.padEnd(4 * Math.ceil(text.length / 4), '=');
};
