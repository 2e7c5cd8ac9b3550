// *Why?* of a round trip of a capture: the segment that was timed and the packet that acknowledges it (RFC 6298 §3).
import {instantOf, ofKind} from '../../account/entries.ts';
import {packetOf, segmentOf} from '../../account/packet.ts';
import {secondsAs} from '../../quiz/times.ts';
import {seqLe} from '../../wire/seq.ts';
import {segEnd, segLen} from '../../wire/tcp.ts';
import {whySample} from '../../words/catalogue/why.ts';
import {variablesAt} from '../endpoints/end-variables.ts';
import type {Place} from '../endpoints/last-change.ts';
import type {View} from '../view.ts';
import {inColumns} from './formula.ts';

type Sample = {readonly text: string; readonly lines: readonly string[]};

/** What left this host then, of which `ack` acknowledges all. */
const timedIn = ({input: {trace}}: View, host: string, {ack, sentUs}: {ack: number; sentUs: number}) => {
  const connection = trace.connectionPackets?.of(ack);
  const covered = segmentOf(packetOf(trace, ack))?.ack;
  if (connection === undefined || covered === undefined) return undefined;
  return trace.connectionPackets?.packetsOf(connection).find((id) => {
    const packet = packetOf(trace, id);
    if (id >= ack || packet.from !== host || packet.sentUs !== sentUs) return false;
    const segment = segmentOf(packet);
    return segment && segLen(segment) > 0 && seqLe(segEnd(segment), covered);
  });
};

/** undefined: it is no round trip of a capture. `event`: of the instant that gave it. */
export const sampleOf = (view: View, {host, name}: Place, event: number): Sample | undefined => {
  const {language, input} = view;
  const {trace} = input;
  if (name !== 'rtt' || !trace.connectionPackets) return undefined;
  const at = trace.header.vantage?.host;
  if (at !== host) return {text: whySample.estimated[language]({elsewhere: at !== undefined}), lines: []};
  const rttUs = variablesAt(view)(event, host)?.quantity('rtt')?.value;
  const arrival = ofKind(instantOf(trace, event), 'arrive').find((each) => each.host === host);
  if (!arrival || rttUs === undefined) return undefined;
  const sentUs = arrival.atUs - rttUs;
  const timed = timedIn(view, host, {ack: arrival.packet, sentUs});
  if (timed === undefined) return undefined;
  const say = secondsAs([rttUs, arrival.atUs, sentUs]);
  return {
    text: whySample.seen[language]({timed, ack: arrival.packet}),
    lines: inColumns(
      ['rtt', '=', `t(${arrival.packet})`, '−', `t(${timed})`],
      [say(rttUs), '=', say(arrival.atUs), '−', say(sentUs)],
      '  ',
    ),
  };
};
