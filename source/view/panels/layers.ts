// The selected packet as nested boxes, one for each layer, at the place on its way where it is.
import type {Text} from '../../lesson/text.ts';
import {layersTexts} from '../../words/catalogue/layers.ts';
import {panelsLayersSentences} from '../../words/catalogue/panels.ts';
import {type LayersOwn, layerScene, stepFrom} from '../layers/layer-scene.ts';
import {putLayers} from '../layers/layers-drawing.ts';
import {besideKeys, definePanel, type PanelMove, upDownKeys, wayOf} from '../panel.ts';
import {spokenLayers} from '../spoken/spoken-layers.ts';
import {newestPacket, packetAtHand, packetBeside, type View} from '../view.ts';

const beside = (view: View, by: 1 | -1): PanelMove<LayersOwn> | undefined => {
  const packet = packetBeside(view, by);
  return packet === undefined
    ? undefined
    : {selection: {packet, field: undefined, byte: undefined, variable: undefined}};
};

const nothingYet = (view: View): Text =>
  packetAtHand(view) === undefined ? layersTexts.none : layersTexts.unread;

export const layersPanel = definePanel<LayersOwn>({
  name: 'layers',
  title: layersTexts.title,
  start: undefined,
  keys: [
    upDownKeys(panelsLayersSentences['↑↓'].label),
    {keys: {enter: 'follow'}, sign: 'enter', label: panelsLayersSentences.enter.label, rank: 6},
    besideKeys(panelsLayersSentences['n p'].label, 7),
    {keys: {escape: 'whole'}, sign: 'esc', label: panelsLayersSentences.esc.label, passes: true},
  ],
  command(view, own, command) {
    if (command === 'next' || command === 'previous') return beside(view, wayOf(command));
    const scene = layerScene(view, own);
    if (!scene) return undefined;
    if (command === 'whole') return scene.step ? {own: undefined} : undefined;
    if (command !== 'up' && command !== 'down' && command !== 'follow') return undefined;
    const step = stepFrom(scene, command);
    // At the end of its way the frame is whole again.
    if (step === undefined) return command === 'follow' ? {own: undefined} : undefined;
    return {own: {packet: scene.packet.id, cursor: view.cursor, step}};
  },
  subject(view) {
    const packet = packetAtHand(view);
    return packet === undefined ? undefined : {kind: 'packet', packet};
  },
  shows: /^eth\./,
  isAvailable: (view) => newestPacket(view) !== undefined || view.input.playback.focus === 'layers',
  least: {columns: 34, rows: 6},
  best: {columns: 72, rows: 18},
  places: ['side'],
  covers: 'spread',
  spoken: spokenLayers,
  put(pane, view, own) {
    const scene = layerScene(view, own);
    if (scene) putLayers(pane, scene, view.input.playback.relative);
    else pane.putNothing(layersTexts.title, nothingYet(view));
  },
});
