// The data of the layers panel at an instant: where the packet is, its boxes there, and the layer that the reader looks at.

import {type Sight, type Stop, wayOf} from '../../account/way.ts';
import {packetLayers} from '../../observe/packet-layers.ts';
import type {Trace} from '../../sim/trace.ts';
import {type PacketView, packetView} from '../bytes/inspector-view.ts';
import {narrationAt} from '../time/waypoints.ts';
import {hiddenFieldsOf, packetAtHand, type View} from '../view.ts';
import {type Box, boxesOf} from './boxes.ts';

/**
 * A layer that the packet passes at a stop; `turn` is a router's IP layer, which takes the packet out of one frame and puts it into
 * another.
 */
export type Step = {
  readonly stop: number;
  readonly side: 'down' | 'turn' | 'up' | 'tap';
  readonly box: number;
};

/**
 * The state of the layers panel: the step that the reader has chosen, and the packet and event at which it was chosen; undefined before
 * that.
 */
export type LayersOwn = {readonly packet: number; readonly cursor: number; readonly step: number} | undefined;

export type LayerScene = {
  readonly packet: PacketView;
  readonly boxes: readonly Box[];
  readonly stops: readonly Stop[];
  readonly stop: Stop;
  readonly steps: readonly Step[];
  /**
   * The index in `steps` of the layer that the reader or the narration has chosen; undefined if the layers panel shows the whole frame
   * where the packet is now.
   */
  readonly index: number | undefined;
  readonly step: Step | undefined;
  /** True if the narration, and not the reader, has chosen the layer that the layers panel shows. */
  readonly isTold: boolean;
  /** True if a question asks for the size of a layer. All sizes are then hidden, because each could be computed from the others. */
  readonly hidesSizes: boolean;
  readonly called: View['called'];
};

const withSight = (trace: Trace, packet: PacketView, sight: Sight): PacketView => {
  const {bytes, originalLength} = sight;
  if (bytes === packet.bytes) return packet;
  return {...packet, bytes, originalLength, layers: packetLayers(trace, packet.id, sight).layers};
};

const networkOf = (boxes: readonly Box[]): number => boxes.findIndex(({rung}) => rung === 'network');

/** Returns the index of the last box that a host reads: the innermost one, or, if the packet is dropped there, the layer that drops it. */
const reachOf = (boxes: readonly Box[], {died}: Stop): number => {
  const top = boxes.length - 1;
  if (died === undefined) return top;
  if (died === 'link check' || died === 'host down') return 0;
  const last = died === 'checksum' || died === 'malformed' ? 'transport' : 'network';
  const reached = boxes.findIndex(({rung}) => rung === last);
  return reached < 0 ? top : reached;
};

const indices = (count: number): number[] => Array.from({length: Math.max(0, count)}, (_, index) => index);

const stepsAt = (trace: Trace, packet: PacketView, stop: Stop, at: number): readonly Step[] => {
  const boxesIn = (sight: Sight | undefined): readonly Box[] =>
    sight ? boxesOf(withSight(trace, packet, sight)) : [];
  const [came, left] = [boxesIn(stop.came), boxesIn(stop.left)];
  const each = (side: Step['side'], boxes: readonly number[]): Step[] =>
    boxes.map((box) => ({stop: at, side, box}));
  switch (stop.role) {
    case 'maker':
      return each('down', indices(left.length).toReversed());
    case 'receiver':
      return each('up', indices(came.length === 0 ? 0 : reachOf(came, stop) + 1));
    case 'tap':
      return each('tap', indices(left.length));
    case 'router':
      return [
        ...each('up', indices(networkOf(came))),
        ...each('turn', [Math.max(0, networkOf(came))]),
        ...each('down', indices(networkOf(left)).toReversed()),
      ];
  }
};

/** Matches the names of fields with the size of a layer, from which the sizes of the others can be computed. */
const tellsSize = /[._](len|length|plen|hdr_len)$|[._]payload$/;

type Way = {readonly packet: PacketView; readonly stops: readonly Stop[]; readonly steps: readonly Step[]};

/**
 * Returns the index of the step that the layers panel shows until the reader chooses one: where the packet is now, at the layer of the
 * first field that the narration shows; undefined if the narration does not name this panel.
 */
const toldStep = (view: View, {packet, stops, steps}: Way): number | undefined => {
  const {beat} = narrationAt(view.input, view.input.playback.viewMs);
  const [protocol] = beat?.panels?.includes('layers') ? (beat.show[0]?.split('.') ?? []) : [];
  const stop = stops.at(-1);
  const sight = stop?.left ?? stop?.came;
  if (protocol === undefined || !sight) return undefined;
  const box = boxesOf(withSight(view.input.trace, packet, sight)).findIndex(
    (each) => each.protocol === protocol,
  );
  const at = steps.findLastIndex((step) => step.stop === stops.length - 1 && step.box === box);
  return at < 0 ? undefined : at;
};

/** Returns the data of the layers panel; undefined if no packet has been sent yet, or if the packet cannot be parsed. */
export const layerScene = (view: View, own: LayersOwn): LayerScene | undefined => {
  const {language, cursor} = view;
  const {trace} = view.input;
  const id = packetAtHand(view);
  if (id === undefined) return undefined;
  const record = packetView(trace, id, {language, cursor, hides: hiddenFieldsOf(view, id)});
  const stops = wayOf(trace, id, cursor);
  const steps = stops.flatMap((stop, index) => stepsAt(trace, record, stop, index));
  const kept = own && own.packet === id && own.cursor === cursor ? own.step : undefined;
  const index = kept !== undefined && steps[kept] ? kept : toldStep(view, {packet: record, stops, steps});
  const step = index === undefined ? undefined : steps[index];
  const stop = stops[step?.stop ?? stops.length - 1];
  const sight = stop && ((step?.side === 'up' ? stop.came : stop.left) ?? stop.came);
  if (!stop || !sight) return undefined;
  const packet = withSight(trace, record, sight);
  const boxes = boxesOf(packet);
  if (boxes.length === 0) return undefined;
  const hidesSizes = [...record.hidden].some((name) => tellsSize.test(name));
  const isTold = step !== undefined && index !== kept;
  return {packet, boxes, stops, stop, steps, index, step, isTold, hidesSizes, called: view.called};
};

/**
 * Returns the index of the step to which a key of the layers panel leads: a layer up or down, or the next one on the packet's way;
 * undefined if there is none.
 */
export const stepFrom = (
  {steps, index, stops}: LayerScene,
  command: 'up' | 'down' | 'follow',
): number | undefined => {
  const found = (wanted: number): number | undefined => (steps[wanted] ? wanted : undefined);
  if (command === 'follow') return found(index === undefined ? 0 : index + 1);
  const now = index === undefined ? undefined : steps[index];
  if (now === undefined || index === undefined) {
    const here = steps.flatMap(({stop, box}, at) => (stop === stops.length - 1 ? [{at, box}] : []));
    const sorted = here.toSorted((a, b) => (command === 'up' ? a.box - b.box : b.box - a.box));
    return sorted[0]?.at;
  }
  const wanted = now.box + (command === 'up' ? 1 : -1);
  const near = steps.flatMap(({stop, box}, at) => (stop === now.stop && box === wanted ? [at] : []));
  return near.toSorted((a, b) => Math.abs(a - index) - Math.abs(b - index) || b - a)[0];
};

/**
 * Returns how the layers panel draws a box at the chosen step: `there`, `off` because it is outside the chosen layer, or `closed` because
 * the router does not look into it.
 */
export const stateOf = ({boxes, step, stop}: LayerScene, index: number): 'there' | 'off' | 'closed' => {
  if (!step || step.side === 'tap') return 'there';
  if (index < step.box) return 'off';
  const network = networkOf(boxes);
  return stop.role === 'router' && index > network ? 'closed' : 'there';
};
