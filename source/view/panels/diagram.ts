// Figure 5 of RFC 9293: the way both ends have taken through the states.

import {instantOf} from '../../account/entries.ts';
import {panelsDiagramSentences} from '../../words/catalogue/panels.ts';
import {putDiagram} from '../diagram/diagram.ts';
import type {DiagramStep} from '../diagram/diagram-path.ts';
import {diagramAt} from '../diagram/observed-path.ts';
import {isWatched} from '../endpoints/observed.ts';
import {definePanel, upDownKeys, wayOf} from '../panel.ts';
import {spokenWays} from '../spoken/spoken-rows.ts';
import {hasStates, selectedPacket, type View} from '../view.ts';

/** The event of the step that was walked to last. */
type Own = number | undefined;

type Walked = DiagramStep & {readonly host: string; readonly packet: number | undefined};

/** The packet that made the host go this step: the one that arrived, else the one that left with it. */
const packetOf = ({input: {trace}}: View, host: string, event: number): number | undefined => {
  const own = instantOf(trace, event).filter((each) => each.host === host);
  const way = own.find(({kind}) => kind === 'arrive') ?? own.find(({kind}) => kind === 'send');
  return way && 'packet' in way && way.packet > 0 ? way.packet : undefined;
};

/** Steps of both ends as they came. */
const stepsOf = (view: View): readonly Walked[] =>
  (diagramAt(view)?.ends ?? [])
    .flatMap(({host, steps}) =>
      steps.map((step) => ({...step, host, packet: packetOf(view, host, step.event)})),
    )
    .sort((one, other) => one.event - other.event);

/** Walked to, or taken because of the packet that is chosen. */
const isSelected = (view: View, own: Own): ((step: Walked) => boolean) => {
  const {packet, variable} = view.input.playback.selection;
  return ({host, event, packet: by}) =>
    variable?.name === 'state' && own !== undefined
      ? variable.host === host && event === own
      : packet !== undefined && by === selectedPacket(view);
};

export const diagramPanel = definePanel<Own>({
  name: 'diagram',
  title: panelsDiagramSentences.title,
  start: undefined,
  keys: [upDownKeys(panelsDiagramSentences.keys['↑↓'].label)],
  command(view, own, command) {
    const steps = stepsOf(view);
    const at = steps.findLastIndex(isSelected(view, own));
    const from = at < 0 && command === 'up' ? steps.length : at;
    const step = steps[from + wayOf(command)];
    if (step === undefined) return undefined;
    const {host, event, packet} = step;
    const along = packet === undefined ? {} : {packet, field: 'tcp.flags', byte: undefined};
    return {own: event, selection: {...along, variable: {host, name: 'state'}}};
  },
  subject(view, own) {
    const step = stepsOf(view).find(isSelected(view, own));
    return step && {kind: 'event', event: step.event};
  },
  shows: /^(\w+\.)?state$/,
  shownIn: 'tcp-close',
  isAvailable: (view) => hasStates(view) || isWatched(view),
  least: {columns: 34, rows: 12},
  best: {columns: 44, rows: 20},
  places: ['side'],
  covers: 'body',
  spoken: spokenWays,
  put(pane, view, own) {
    const selected = new Set(
      stepsOf(view)
        .filter(isSelected(view, own))
        .map(({event}) => event),
    );
    const {gate} = view.input.playback;
    const waysOnly = gate !== undefined && !gate.replied;
    putDiagram(pane, diagramAt(view), {selected, waysOnly});
  },
});
