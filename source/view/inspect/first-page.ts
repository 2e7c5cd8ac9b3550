// What `inspect` and the player’s page of a capture begin with: a paragraph, and a bar of time for each conversation.
import type {CaptureInspector} from '../../observe/capture-inspector.ts';
import type {ObservedConnection} from '../../observe/observed-connection.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {quicLacksKeys} from './quic-lines.ts';
import type {Told} from './selection.ts';
import {storyOf} from './story.ts';
import {timeBars} from './time-bars.ts';
import {anyKeyLog, hanging, type Manner, tlsLacksKeys} from './told-lines.ts';

/** Returns the connections that are no part of a flood or a scan: either is told once. */
export const apartFromCrowds = ({whole, connections, findings}: Told): readonly ObservedConnection[] => {
  if (!whole) return connections;
  const crowds = findings.filter(({id}) => id === 'syn-flood' || id === 'port-scan');
  const members = new Set(crowds.flatMap(({covers}) => covers));
  return connections.filter(({id}) => !members.has(id));
};

/** Something in it is encrypted, and a key log could open it. */
export const lacksKeys = ({tls, quic}: Pick<Told, 'tls' | 'quic'>): boolean =>
  tls.some(tlsLacksKeys) || quic.some(quicLacksKeys);

/** Sentences one behind the other. */
export const storyLines = (told: Told, inspector: CaptureInspector, manner: Manner): readonly string[] => {
  const {language, columns, keyLog = anyKeyLog} = manner;
  const all = storyOf(told, inspector, apartFromCrowds(told), keyLog).map((text) => text[language]);
  return hanging('  ', all.join(punctuation.space[language]), columns);
};

/** Names and connections together. */
const mostBars = 16;

export const barLines = (
  told: Told,
  inspector: CaptureInspector,
  manner: Manner,
  most = mostBars,
): readonly string[] => {
  const {durationUs, udp, icmp} = inspector;
  const wanted = {
    ...{connections: apartFromCrowds(told), udp: told.whole ? udp.all : told.datagrams},
    echoes: told.whole ? icmp.echoes : [],
  };
  return timeBars(told, {...wanted, durationUs, most}, manner);
};
