// The properties of a host's TLS at an instant that expressions can ask for.
import {type TlsState, tlsOn} from '../../sim/tls-state.ts';
import {tlsMemorySentences} from '../../words/catalogue/lesson-values.ts';
import {hostAt, type When} from '../host-at.ts';
import {problemWith} from '../problem.ts';
import {noValue, type Value} from '../value.ts';

export const hostPropertiesOfTls = {
  /** The number of directions of the newest TLS connection that have keys. */
  'keys.directions': ({directions}) => directions,
  /** The number of recorded TLS connections that a leaked private key has decrypted. */
  'keys.recovered': ({recovered}) => recovered,
  /** The octets of application data in the recovered connections, in both directions. */
  'keys.recoveredBytes': ({recoveredBytes}) => recoveredBytes,
  /** The number of session tickets that the host's client keeps. */
  tickets: ({tickets}) => tickets,
} satisfies {readonly [property: string]: (state: TlsState) => number};

export const tlsPropertyAt = (
  name: string,
  property: keyof typeof hostPropertiesOfTls,
  when: When,
): Value => {
  const state =
    tlsOn(hostAt(name, when)) ?? noValue(problemWith(tlsMemorySentences.tlsPropertyAt.state, {name}));
  return {kind: 'number', value: hostPropertiesOfTls[property](state)};
};
