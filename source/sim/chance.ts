// Decides by hashes what happens at random in the simulator. What happens to a packet depends only on the packet, so a fork that adds one
// packet does not change the fate of the others.

const mix = (value: number): number => {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
};

/** Returns a 32-bit hash of the parts, equal on every machine. */
export const hashOf = (...parts: readonly (string | number)[]): number => {
  let hash = 0x9e3779b9;
  for (const part of parts) {
    const text = typeof part === 'number' ? `#${part}` : part;
    for (let i = 0; i < text.length; i++) hash = mix(hash ^ text.charCodeAt(i));
    hash = mix(hash ^ 0x5bd1e995);
  }
  return hash;
};

/**
 * Tells whether something with this probability (0 … 1) happens to the thing that the parts identify; the same parts always give the same
 * answer.
 */
export const happens = (probability: number, ...parts: readonly (string | number)[]): boolean =>
  probability > 0 && hashOf(...parts) < probability * 0x1_0000_0000;
