// All panels, in the order of preference if several of them show the same value.
import {guarded} from '../guarded.ts';
import type {Panel} from '../panel.ts';
import type {View} from '../view.ts';
import {bytesPanel} from './bytes.ts';
import {cachePanel} from './cache.ts';
import {cardPanel} from './card.ts';
import {certificatesPanel} from './certificates.ts';
import {challengePanel} from './challenge.ts';
import {cookiesPanel} from './cookies.ts';
import {diagramPanel} from './diagram.ts';
import {endpointsPanel} from './endpoints.ts';
import {glossaryPanel} from './glossary.ts';
import {graphPanel} from './graph.ts';
import {keysPanel} from './keys.ts';
import {layersPanel} from './layers.ts';
import {listPanel} from './list.ts';
import {messagePanel} from './message.ts';
import {queuesPanel} from './queues.ts';
import {recordsPanel} from './records.ts';
import {streamPanel} from './stream.ts';
import {treePanel} from './tree.ts';
import {turnPanel} from './turn.ts';
import {waterfallPanel} from './waterfall.ts';
import {windowPanel} from './window.ts';

/**
 * Returns a panel whose tests for visibility do not throw. If such a test fails, the panel counts as available and leading, so that its
 * place shows the error; it does not displace the lesson's panels.
 */
const placed = (panel: Panel): Panel => {
  const {isAvailable, leads, fails} = panel;
  const orElse =
    (asks: (view: View) => boolean, otherwise: boolean) =>
    (view: View): boolean =>
      guarded(asks.bind(undefined, view), () => otherwise);
  return {
    ...panel,
    isAvailable: orElse(isAvailable, true),
    ...(leads && {leads: orElse(leads, true)}),
    ...(fails && {fails: orElse(fails, false)}),
  };
};

export const panels: readonly Panel[] = [
  // Whoever has a task needs its panel more often than any other.
  turnPanel,
  challengePanel,
  diagramPanel,
  queuesPanel,
  cachePanel,
  treePanel,
  keysPanel,
  recordsPanel,
  certificatesPanel,
  cookiesPanel,
  waterfallPanel,
  messagePanel,
  endpointsPanel,
  graphPanel,
  windowPanel,
  listPanel,
  bytesPanel,
  layersPanel,
  streamPanel,
  cardPanel,
  glossaryPanel,
].map(placed);

export const panelsByName: ReadonlyMap<string, Panel> = new Map(panels.map((panel) => [panel.name, panel]));
