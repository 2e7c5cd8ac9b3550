// The part of the key table for the page that asks how a conversation of a capture is to be written.
import {exportKeysSentences as say} from '../words/catalogue/keys-table.ts';
import type {KeyEntry} from './key-entry.ts';
import {markKeys} from './list-moves.ts';

const form = ['export'] as const;

export const exportKeys: readonly KeyEntry[] = [
  markKeys('exportMark', form, say.exportMark, {rank: 1}),
  {
    id: 'exportWrite',
    contexts: form,
    keys: {enter: 'exportWrite'},
    sign: 'enter',
    label: say.exportWrite.label,
    hint: {label: say.exportWrite.hint.label, rank: 2, goesOn: true},
  },
  {
    id: 'exportName',
    contexts: ['export', 'replace'],
    keys: {n: 'exportName'},
    sign: 'n',
    label: say.exportName.label,
    hint: {label: say.exportName.hint.label, rank: 3},
  },
  {
    id: 'exportReplace',
    contexts: ['replace'],
    keys: {y: 'exportReplace'},
    sign: 'y',
    label: say.exportReplace.label,
    hint: {label: say.exportReplace.hint.label, rank: 2},
  },
];
