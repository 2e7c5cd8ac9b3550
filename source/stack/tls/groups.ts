// The key agreement groups of TLS (RFC 9846 §4.3.7).
import {NamedGroup} from '../../wire/tls/registry.ts';
import type {AgreementGroup} from './crypto-port.ts';

const groups = new Map<number, AgreementGroup>([
  [NamedGroup.x25519, 'x25519'],
  [NamedGroup.secp256r1, 'secp256r1'],
]);

export const agreementGroup = (group: number): AgreementGroup | undefined => groups.get(group);
