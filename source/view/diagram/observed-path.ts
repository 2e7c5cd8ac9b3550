// Deduces the path of both ends of a captured TCP connection through the state diagram.
import {entryAt} from '../../account/entries.ts';
import type {Trace} from '../../sim/trace.ts';
import type {TcpState} from '../../stack/tcp/states.ts';
import {connectionsAtHand} from '../endpoints/at-hand.ts';
import {isWatched, observedAtHand} from '../endpoints/observed.ts';
import {isReset} from '../state-left.ts';
import {changesOf, type StateChange} from '../time/pace.ts';
import type {View} from '../view.ts';
import {namedStep} from './diagram-edges.ts';
import {type Diagram, type DiagramEnd, type DiagramStep, diagramOf} from './diagram-path.ts';

/**
 * Returns the step in the state diagram for a change of state that was deduced from a capture; empty if the event is no such change. If an
 * end passed several states at once, the diagram has no edge for the step.
 */
const stepOf = (trace: Trace, {event: n}: StateChange, before: TcpState | undefined): DiagramStep[] => {
  const event = entryAt(trace, n);
  if (event.kind !== 'state') return [];
  const from = before ?? event.from;
  const common = {from, to: event.to, event: n};
  if (event.to === 'CLOSED' && isReset(trace, event.instant))
    return [{...common, trigger: 'RST', clause: 'RFC 9293 §3.5.3'}];
  return [{...common, ...(from ? namedStep(from, event.to, undefined) : {trigger: '', clause: ''})}];
};

const stepsOf = (trace: Trace, changes: readonly StateChange[]): readonly DiagramStep[] => {
  const steps: DiagramStep[] = [];
  for (const change of changes) steps.push(...stepOf(trace, change, steps.at(-1)?.to));
  return steps;
};

const observedDiagram = (view: View): Diagram => {
  const {trace, pacing} = view.input;
  const observed = observedAtHand(view);
  if (!observed) return {ends: [], closes: false};
  const connection = String(observed.id);
  let closes = false;
  const ends = observed.ends.map(({id: host, name, role}): DiagramEnd => {
    const all = changesOf(pacing, host, connection);
    closes ||= all.some(({state}) => state === 'FIN-WAIT-1' || state === 'CLOSE-WAIT');
    const until = all.filter(({moment}) => moment <= view.moment);
    const steps = stepsOf(trace, until);
    const fresh = new Set(until.filter(({moment}) => moment === view.moment).map(({event}) => event));
    return {
      host,
      name,
      role,
      state: steps.at(-1)?.to,
      steps,
      fresh: steps.filter(({event}) => fresh.has(event)),
      deduced: true,
    };
  });
  return {ends, closes};
};

/** Returns the TCP state diagram with the present connection's path, simulated or deduced; undefined if the run has no TCP states. */
export const diagramAt = (view: View): Diagram | undefined =>
  isWatched(view)
    ? observedDiagram(view)
    : diagramOf(view.input.trace, view.cursor, view.hosts, connectionsAtHand(view));
