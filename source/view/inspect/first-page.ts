// Writes the beginning of `inspect` and of the player's page on a capture: a paragraph that sums it up, and a time bar for each
// conversation.
import type {CaptureInspector} from '../../observe/capture-inspector.ts';
import type {ObservedConnection} from '../../observe/observed-connection.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {quicLacksKeys} from './quic-lines.ts';
import type {Told} from './selection.ts';
import {storyOf} from './story.ts';
import {timeBars} from './time-bars.ts';
import {anyKeyLog, hanging, type Manner, tlsLacksKeys} from './told-lines.ts';

/**
 * Returns the connections without those of a flood or a scan, which are described once as a whole; if one conversation is shown, all of its
 * connections.
 */
export const apartFromCrowds = ({whole, connections, findings}: Told): readonly ObservedConnection[] => {
  if (!whole) return connections;
  const crowds = findings.filter(({id}) => id === 'syn-flood' || id === 'port-scan');
  const members = new Set(crowds.flatMap(({covers}) => covers));
  return connections.filter(({id}) => !members.has(id));
};

/** Tells whether part of a capture is encrypted and a key log could decrypt it. */
export const lacksKeys = ({tls, quic}: Pick<Told, 'tls' | 'quic'>): boolean =>
  tls.some(tlsLacksKeys) || quic.some(quicLacksKeys);

/** Returns the paragraph that sums up a capture, as indented lines. */
export const storyLines = (told: Told, inspector: CaptureInspector, manner: Manner): readonly string[] => {
  const {language, columns, keyLog = anyKeyLog} = manner;
  const all = storyOf(told, inspector, apartFromCrowds(told), keyLog).map((text) => text[language]);
  return hanging('  ', all.join(punctuation.space[language]), columns);
};

/** The number of time bars on the first page, for names and connections together; further ones are left out. */
const mostBars = 16;

export const barLines = (
  told: Told,
  inspector: CaptureInspector,
  manner: Manner,
  most = mostBars,
): readonly string[] => {
  const {durationUs, udp, icmp} = inspector;
  const wanted = {
    inspector,
    ...{connections: apartFromCrowds(told), udp: told.whole ? udp.all : told.datagrams},
    echoes: told.whole ? icmp.echoes : [],
  };
  return timeBars(told, {...wanted, durationUs, most}, manner);
};
