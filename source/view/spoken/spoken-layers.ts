// The layers of a packet in sentences: where it is, its boxes from the outside, what the chosen layer does and says.

import {hostName} from '../../lesson/host-names.ts';
import {spaced} from '../../lesson/text.ts';
import {layersTexts, layersWords} from '../../words/catalogue/layers.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {ended, packetWord} from '../../words/spoken.ts';
import {sentence, spokenText} from '../../words/spoken-text.ts';
import {unicodeGlyphs} from '../glyphs.ts';
import {hopsOf} from '../layers/hops.ts';
import {type LayerScene, type LayersOwn, layerScene, stateOf} from '../layers/layer-scene.ts';
import {boxText, notesOf, placeText, tellsOf, wireText} from '../layers/layer-words.ts';
import {tellingFields} from '../layers/telling-fields.ts';
import {packetAtHand, type View} from '../view.ts';

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

export const spokenLayers = (view: View, own: LayersOwn): readonly string[] => {
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
