// The bytes panel, which shows the selected packet: layers and fields above, the hex dump below, and the meaning of a field.
import type {Text} from '../../lesson/text.ts';
import {inspectorTexts} from '../../words/catalogue/inspector.ts';
import {panelsBytesSentences} from '../../words/catalogue/panels.ts';
import {textWidth} from '../../words/width.ts';
import {putInspector, putInspectorTitle} from '../bytes/inspector.ts';
import {
  type InspectorAction,
  type InspectorState,
  inspect,
  inspectorState,
  selectedRow,
} from '../bytes/inspector-state.ts';
import type {PacketView} from '../bytes/inspector-view.ts';
import {shownPacket} from '../bytes/shown.ts';
import {placeOfField} from '../links.ts';
import {besideKeys, definePanel, type PanelMove, pageKeys, rowsBy, upDownKeys, wayOf} from '../panel.ts';
import {spokenField} from '../spoken/spoken-rows.ts';
import {narrationAt} from '../time/waypoints.ts';
import {hiddenFieldsOf, newestPacket, packetAtHand, packetBeside, type View, watermarkOf} from '../view.ts';

/** The state of the bytes panel: the unfolded layers and the cursor; undefined if the reader has not unfolded or chosen anything yet. */
type Own = InspectorState | undefined;

/** Returns the packet that the bytes panel shows; undefined if none has been sent yet. */
const packetShown = (view: View): PacketView | undefined => {
  const id = packetAtHand(view);
  return id === undefined ? undefined : shownPacket(view, id);
};

/**
 * Returns the name of the header field that the bytes panel selects until the reader chooses one: the first that the narration shows in
 * this packet; undefined if the narration does not name this panel, or if a question hides fields of the packet.
 */
const toldField = (view: View, packet: PacketView): string | undefined => {
  const {beat} = narrationAt(view.input, view.input.playback.viewMs);
  if (!beat?.panels?.includes('bytes') || hiddenFieldsOf(view, packet.id).length > 0) return undefined;
  const names = packet.layers.flatMap(({fields}) => fields.map(({name}) => name));
  return beat.show.find((value) => names.includes(value));
};

/** Returns the state of the bytes panel, moved to the byte or field that another panel has selected in the meantime. */
const stateOf = (view: View, packet: PacketView, own: Own): InspectorState => {
  const {byte, field: selection} = view.input.playback.selection;
  const field = selection ?? (own === undefined && byte === undefined ? toldField(view, packet) : undefined);
  const state = {...inspectorState(packet, own), relative: view.input.playback.relative};
  const selected = selectedRow(packet, state)?.field?.name;
  const there =
    field === undefined || field === selected
      ? state
      : inspect(packet, state, {kind: 'go to field', name: field});
  // The bytes panel's cursor stays if it is at the selected byte already, because several rows may begin there: a layer's row and that of
  // its first field, or a field without bytes and the next one.
  return byte === undefined || byte === there.byte
    ? there
    : inspect(packet, there, {kind: 'go to byte', byte});
};

/** Returns the change by which the whole screen selects the panel's field, its byte, and the variable that the field concerns. */
const pointed = (view: View, packet: PacketView, state: InspectorState): PanelMove<Own> => {
  const field = selectedRow(packet, state)?.field?.name;
  return {
    own: state,
    selection: {field, byte: state.byte, variable: placeOfField(view, packet.id, field)},
  };
};

const title: Text = panelsBytesSentences.title;
const page = 8;

/**
 * Returns the change by which the bytes panel selects the next or previous packet; undefined if there is none. The same field stays
 * selected if that packet has it.
 */
const beside = (view: View, by: 1 | -1): PanelMove<Own> | undefined => {
  const packet = packetBeside(view, by);
  if (packet === undefined) return undefined;
  const {field} = view.input.playback.selection;
  return {selection: {packet, byte: undefined, variable: placeOfField(view, packet, field)}};
};

export const bytesPanel = definePanel<Own>({
  name: 'bytes',
  title,
  start: undefined,
  keys: [
    upDownKeys(panelsBytesSentences.bytesPanel.keys['↑↓'].label),
    {
      keys: {left: 'left', right: 'right', h: 'left', l: 'right'},
      sign: '←→',
      label: panelsBytesSentences.bytesPanel.keys['←→'].label,
      rank: 6,
    },
    {keys: {enter: 'fold'}, sign: 'enter', label: panelsBytesSentences.bytesPanel.keys.enter.label, rank: 7},
    besideKeys(panelsBytesSentences.bytesPanel.keys['n p'].label),
    {keys: {r: 'relative'}, sign: 'r', label: panelsBytesSentences.bytesPanel.keys.r.label, rank: 8},
    pageKeys(panelsBytesSentences.bytesPanel.keys['PgUp PgDn'].label),
    {keys: {y: 'copy'}, sign: 'y', label: panelsBytesSentences.bytesPanel.keys.y.label, rank: 50},
  ],
  command(view, own, command) {
    if (command === 'relative') return {toggleRelative: true};
    const packet = packetShown(view);
    if (packet === undefined) return undefined;
    const state = stateOf(view, packet, own);
    const go = (action: InspectorAction) => pointed(view, packet, inspect(packet, state, action));
    switch (command) {
      case 'left':
      case 'right':
        return go({kind: 'byte', by: wayOf(command)});
      case 'next':
      case 'previous':
        return beside(view, wayOf(command));
      case 'fold':
        return go({kind: 'fold'});
      case 'copy': {
        const name = selectedRow(packet, state)?.field?.name;
        return name === undefined ? undefined : {copy: name};
      }
      default:
        return go({kind: 'field', by: rowsBy(command, page)});
    }
  },
  subject(view, own) {
    const packet = packetShown(view);
    if (packet === undefined) return undefined;
    const row = selectedRow(packet, stateOf(view, packet, own));
    return row?.field === undefined
      ? {kind: 'packet', packet: packet.id}
      : {kind: 'field', packet: packet.id, field: row.field.name, row: row.key};
  },
  shows: /^(tcp|ip|ipv6|eth|arp|udp|dns|http|tls|icmp)\.|^flags$/,
  isAvailable: (view) => newestPacket(view) !== undefined || view.input.playback.focus === 'bytes',
  least: {columns: 40, rows: 10},
  best: {columns: 76, rows: 20},
  places: ['lower', 'side'],
  covers: 'screen',
  spoken(view, own) {
    const packet = packetShown(view);
    if (packet === undefined) return [inspectorTexts.none[view.language]];
    return spokenField(packet, stateOf(view, packet, own), view.language);
  },
  put(pane, view, own) {
    const {canvas} = pane;
    const packet = packetShown(view);
    const whole = pane.region.row === 1;
    const mark = watermarkOf(view);
    if (packet === undefined) {
      pane.putNothing(title, inspectorTexts.none);
      if (whole && mark) canvas.put(1, canvas.columns - textWidth(mark), mark, {role: 'warning', bold: true});
      return;
    }
    const state = stateOf(view, packet, own);
    if (whole) putInspectorTitle(pane, packet, mark);
    putInspector(whole ? pane.part({row: 2}) : pane, packet, state, whole);
  },
});
