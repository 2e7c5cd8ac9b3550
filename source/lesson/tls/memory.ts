// What expressions can ask of a host's TLS at an instant.
import {type TlsState, tlsOn} from '../../sim/tls-state.ts';
import {hostAt, type When} from '../host-at.ts';
import {noValue, type Value} from '../value.ts';
import {certificateProperties, certificatePropertyAt} from './certificate-shown.ts';

export const hostPropertiesOfTls = {
  /** Directions of the newest connection that have keys. */
  'keys.directions': ({directions}) => directions,
  /** Recorded connections that a leaked key has opened. */
  'keys.recovered': ({recovered}) => recovered,
  /** Octets of the programs in them, of both directions. */
  'keys.recoveredBytes': ({recoveredBytes}) => recoveredBytes,
  /** Tickets that a client keeps. */
  tickets: ({tickets}) => tickets,
} satisfies {readonly [property: string]: (state: TlsState) => number};

const isOfCertificate = (property: string): property is keyof typeof certificateProperties =>
  Object.hasOwn(certificateProperties, property);

export const tlsPropertyAt = (
  name: string,
  property: keyof typeof hostPropertiesOfTls | keyof typeof certificateProperties,
  when: When,
): Value => {
  if (isOfCertificate(property)) return certificatePropertyAt(name, property, when);
  const state =
    tlsOn(hostAt(name, when)) ??
    noValue(
      `${name} has not spoken TLS yet`,
      `${name} 还没有用过 TLS`,
      'ask after its ClientHello, or for another host',
      '在它的 ClientHello 之后再问，或换一台主机',
    );
  return {kind: 'number', value: hostPropertiesOfTls[property](state)};
};
