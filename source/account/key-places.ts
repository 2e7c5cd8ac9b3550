// Lists the secrets of the TLS key schedule, from the top: traffic secrets come after the secret from which they are derived
// (RFC 9846 §7.1, RFC 5246 §8.1).

const keyPlaces = [
  'psk',
  'early secret',
  'client early',
  'shared secret',
  'handshake secret',
  'client handshake',
  'server handshake',
  'main secret',
  'premaster secret',
  'master secret',
  'client application',
  'server application',
  'exporter',
  'resumption secret',
] as const;

export type KeyPlace = (typeof keyPlaces)[number];

export const keyPlacesInOrder: readonly KeyPlace[] = keyPlaces;

export const isKeyPlace = (name: string): name is KeyPlace => keyPlaces.some((place) => place === name);

/** Maps labels of the key log (RFC 9850 §2) to their places in the TLS key schedule. */
const labels: {readonly [label: string]: KeyPlace} = {
  CLIENT_EARLY_TRAFFIC_SECRET: 'client early',
  CLIENT_HANDSHAKE_TRAFFIC_SECRET: 'client handshake',
  SERVER_HANDSHAKE_TRAFFIC_SECRET: 'server handshake',
  CLIENT_TRAFFIC_SECRET_0: 'client application',
  SERVER_TRAFFIC_SECRET_0: 'server application',
  EXPORTER_SECRET: 'exporter',
};

export const placeOfLabel = (label: string): KeyPlace | undefined => labels[label];
