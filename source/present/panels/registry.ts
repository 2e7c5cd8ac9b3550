// All panels, in the order in which lessons choose among those that show the same value.
import type {Panel} from '../panel.ts';
import {bytesPanel} from './bytes.ts';
import {diagramPanel} from './diagram.ts';
import {endpointsPanel} from './endpoints.ts';
import {listPanel} from './list.ts';

export const panels: readonly Panel[] = [diagramPanel, endpointsPanel, listPanel, bytesPanel];

export const panelNamed = (name: string): Panel | undefined => panels.find((panel) => panel.name === name);
