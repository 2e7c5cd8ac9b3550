// The selected packet as nested boxes, one for each layer, at the place on its way where it is.

import {hostName} from '../../lesson/host-names.ts';
import {spaced, type Text} from '../../lesson/text.ts';
import {layersTexts, layersWords} from '../../words/catalogue/layers.ts';
import {panelsLayersSentences} from '../../words/catalogue/panels.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {ended, packetWord} from '../../words/spoken.ts';
import {sentence, spokenText} from '../../words/spoken-text.ts';
import {unicodeGlyphs} from '../glyphs.ts';
import {hopsOf} from '../layers/hops.ts';
import {type LayerScene, type LayersOwn, layerScene, stateOf, stepFrom} from '../layers/layer-scene.ts';
import {boxText, notesOf, placeText, tellsOf, wireText} from '../layers/layer-words.ts';
import {putLayers} from '../layers/layers-drawing.ts';
import {tellingFields} from '../layers/telling-fields.ts';
import {besideKeys, definePanel, type PanelMove, upDownKeys, wayOf} from '../panel.ts';
import {newestPacket, packetAtHand, packetBeside, type View} from '../view.ts';

const hopLines = (scene: LayerScene, {language, input: {trace}}: View): readonly string[] => {
  const comma = punctuation.comma[language];
  const hops = hopsOf(scene);
  if (hops.length < 2) return [];
  return hops.map(({from, to, source, destination, ttl, checksum}) =>
    [
      layersWords.onLink[language]({
        from: hostName(trace, from)[language],
        to: hostName(trace, to)[language],
      }),
      ...Object.entries({sourceMac: source, destinationMac: destination, ttl, checksum} as const).flatMap(
        ([name, {text}]) => (text === '' || !isText(name) ? [] : [`${layersTexts[name][language]} ${text}`]),
      ),
    ].join(comma),
  );
};

const isText = (name: string): name is keyof typeof layersTexts => name in layersTexts;

/** Where the packet is, its boxes from the outside, what the chosen layer does and says. */
const spokenLayers = (view: View, own: LayersOwn): readonly string[] => {
  const {language} = view;
  const scene = layerScene(view, own);
  if (!scene) return [(packetAtHand(view) === undefined ? layersTexts.none : layersTexts.unread)[language]];
  const comma = punctuation.comma[language];
  const there = scene.boxes.flatMap((_, index) =>
    scene.hidesSizes || stateOf(scene, index) === 'off' ? [] : [boxText(scene, index, language)],
  );
  const fields = tellingFields(scene, {
    language,
    glyphs: unicodeGlyphs,
    relative: view.input.playback.relative,
  });
  const line = (text: string): string => ended(spokenText(text, language), language);
  const said = (text: string): string => line(sentence(spaced(text), language));
  return [
    ...[
      [packetWord(scene.packet.id, language), scene.packet.summary, placeText(scene, language)].join(comma),
      ...(scene.hidesSizes || !scene.step ? [] : [tellsOf(scene, language)]),
      ...there,
      wireText(scene, language),
    ].map(said),
    // A field's name begins with a small letter.
    ...fields.map(({name, value}) => line(`${name} ${value}`)),
    ...[...hopLines(scene, view), ...notesOf(scene, language)].map(said),
  ];
};

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
