// What expressions can ask of a host's TLS at an instant.
import {type TlsState, tlsOn} from '../../sim/tls-state.ts';
import {tlsMemorySentences} from '../../words/catalogue/lesson-values.ts';
import {hostAt, type When} from '../host-at.ts';
import {problemWith} from '../problem.ts';
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
    tlsOn(hostAt(name, when)) ?? noValue(problemWith(tlsMemorySentences.tlsPropertyAt.state, {name}));
  return {kind: 'number', value: hostPropertiesOfTls[property](state)};
};
