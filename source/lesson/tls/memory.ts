// What expressions can ask of a host's TLS at an instant.
import {type TlsState, tlsOn} from '../../sim/tls-state.ts';
import type {Host} from '../../sim/world.ts';
import {noValue, type Value} from '../value.ts';

export const hostPropertiesOfTls = {
  /** Directions of the newest connection that have keys. */
  'keys.directions': ({directions}) => directions,
  /** Recorded connections that a leaked key has opened. */
  'keys.recovered': ({recovered}) => recovered,
  /** Tickets that a client keeps. */
  tickets: ({tickets}) => tickets,
} satisfies {readonly [property: string]: (state: TlsState) => number};

export const tlsPropertyAt = (
  name: string,
  property: keyof typeof hostPropertiesOfTls,
  host: Host,
): Value => {
  const state =
    tlsOn(host) ??
    noValue(
      `${name} has not spoken TLS yet`,
      `${name} 还没有用过 TLS`,
      'ask after its ClientHello, or for another host',
      '在它的 ClientHello 之后再问，或换一台主机',
    );
  return {kind: 'number', value: hostPropertiesOfTls[property](state)};
};
