// The part of the key table for the page that asks how a conversation of a capture is to be written.
import type {KeyEntry} from './key-entry.ts';

const form = ['export'] as const;

export const exportKeys: readonly KeyEntry[] = [
  {
    id: 'exportMark',
    contexts: form,
    keys: {up: 'exportUp', k: 'exportUp', down: 'exportDown', j: 'exportDown'},
    sign: '↑ ↓',
    label: {en: 'choose (k j)', zh: '选择（k j）'},
    hint: {sign: '↑↓', label: {en: 'form', zh: '格式'}, rank: 1},
  },
  {
    id: 'exportWrite',
    contexts: form,
    keys: {enter: 'exportWrite'},
    sign: 'enter',
    label: {en: 'in the export: write it', zh: '导出时：写入'},
    hint: {label: {en: 'write', zh: '写入'}, rank: 2, goesOn: true},
  },
  {
    id: 'exportName',
    contexts: ['export', 'replace'],
    keys: {n: 'exportName'},
    sign: 'n',
    label: {en: 'in the export: another name', zh: '导出时：换个名字'},
    hint: {label: {en: 'another name', zh: '换个名字'}, rank: 3},
  },
  {
    id: 'exportReplace',
    contexts: ['replace'],
    keys: {y: 'exportReplace'},
    sign: 'y',
    label: {en: 'in the export: replace the file', zh: '导出时：覆盖文件'},
    hint: {label: {en: 'replace it', zh: '覆盖'}, rank: 2},
  },
];
