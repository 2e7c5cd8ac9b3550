// Explains, for *Why?*, a captured end's round-trip time: the segment that was timed and the packet that acknowledges it (RFC 6298 §3).
import {instantOf, ofKind} from '../../account/entries.ts';
import {endsAt} from '../../observe/observed-ends.ts';
import {secondsAs} from '../../quiz/times.ts';
import {whySample} from '../../words/catalogue/why.ts';
import type {Place} from '../endpoints/last-change.ts';
import type {View} from '../view.ts';
import {inColumns} from './formula.ts';

type Sample = {readonly text: string; readonly lines: readonly string[]};

/**
 * Explains how a captured end's round-trip time was measured; undefined for other variables. `event` is one of the instant that completed
 * the measurement.
 */
export const sampleOf = (view: View, {host, name}: Place, event: number): Sample | undefined => {
  const {language, input} = view;
  const {trace} = input;
  if (name !== 'rtt' || !trace.connectionPackets) return undefined;
  const at = trace.header.vantage?.host;
  if (at !== host) return {text: whySample.estimated[language]({elsewhere: at !== undefined}), lines: []};
  const arrival = ofKind(instantOf(trace, event), 'arrive').find((each) => each.host === host);
  const connection = arrival && trace.connectionPackets.of(arrival.packet);
  if (!arrival || connection === undefined) return undefined;
  const {rttUs, sampled: timed} = endsAt(trace, connection, event).get(host) ?? {};
  if (rttUs === undefined || timed === undefined) return undefined;
  const sentUs = arrival.atUs - rttUs;
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
