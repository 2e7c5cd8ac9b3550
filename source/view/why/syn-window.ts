// How SND.WND gets its first value, which a SYN gives.
import {instantOf} from '../../account/entries.ts';
import {packetOf, segmentOf} from '../../account/packet.ts';
import {hasFlag} from '../../wire/tcp.ts';
import {variableLaws, windowOfSyn} from '../../words/catalogue/why.ts';
import type {Place} from '../endpoints/last-change.ts';
import type {View} from '../view.ts';
import {endsAround} from './beginning.ts';

type SynLaw = {readonly law: readonly string[]; readonly clause: string | undefined};

/** No step of §3.10.7.3 says it of a SYN,ACK: what a window means holds all the same. */
const ofSynAck = ({language}: View): SynLaw => ({
  law: [variableLaws['snd.wnd'][language]],
  clause: 'RFC 9293 §3.8.6',
});

/** Before any SYN has come: most have ACK. */
export const unsetWindow = (view: View, name: string, value: string | undefined): SynLaw | undefined =>
  name === 'snd.wnd' && value === undefined ? ofSynAck(view) : undefined;

/** Which rule a SYN follows that gives SND.WND: RFC 9293 §3.10.7.3, or none where its receiver had listened. */
export const windowLaw = (view: View, {host, name}: Place, event: number): SynLaw | undefined => {
  const {trace} = view.input;
  const come = name === 'snd.wnd' && instantOf(trace, event).find(({kind}) => kind === 'arrive');
  const segment = come && come.kind === 'arrive' ? segmentOf(packetOf(trace, come.packet)) : undefined;
  if (!segment || !hasFlag(segment, 'SYN')) return undefined;
  if (hasFlag(segment, 'ACK')) return ofSynAck(view);
  const listens = endsAround(view, host, event).before === undefined;
  const law = [variableLaws['snd.wnd'][view.language], windowOfSyn[view.language]({listens})];
  return {law, clause: listens ? undefined : 'RFC 9293 §3.10.7.3'};
};
