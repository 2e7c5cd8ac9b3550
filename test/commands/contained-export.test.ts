// An exporter that throws costs that export: two lines tell of it, no file is begun or lost, and the next export is written.
import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {captureDesk} from '../../source/app/capture-desk.ts';
import {writeExport} from '../../source/app/export-desk.ts';
import {openCaptureFrom} from '../../source/app/open-capture.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {makeController} from '../../source/ui/controller.ts';
import {failedRows} from '../../source/ui/failed-rows.ts';
import {type ExportFormat, exportFormats} from '../../source/words/export-form.ts';
import {capturePath} from '../helpers/captured.ts';
import {appOptions, openTerminal} from '../helpers/render.ts';
import '../helpers/meaning.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'packet-tutor-export-'));
});
afterEach(() => rmSync(folder, {recursive: true}));

const opened = await openCaptureFrom(capturePath('18a-mixed-twelve.pcap'), {contents: true});
if (!opened.ok) throw new Error('the capture cannot be opened');
const capture = opened.value;

/** Its first packets can be read: a writer throws once it has begun. */
const broken: Trace = {
  ...{header: capture.trace.header, length: capture.trace.length, packetCount: capture.trace.packetCount},
  ...{durationUs: capture.trace.durationUs, endReason: capture.trace.endReason},
  event: (n) => capture.trace.event(n),
  events: (from, to) => capture.trace.events(from, to),
  stateAt: (cursor) => capture.trace.stateAt(cursor),
  packet: (id) => {
    if (id > 20) throw new Error('planted');
    return capture.trace.packet(id);
  },
};

const formats = Object.keys(exportFormats).filter((each): each is ExportFormat => each in exportFormats);

test.each(formats)('%s: nothing is begun, and what was there stays', async (format) => {
  const write = (name: string, replaces: boolean) =>
    writeExport(
      {...capture, trace: broken},
      {format, file: join(folder, name), replaces},
      appOptions.preferences,
    );
  writeFileSync(join(folder, 'old'), 'old');
  await expect(write('old', true)).rejects.toThrow('planted');
  await expect(write('new', false)).rejects.toThrow('planted');
  expect(readdirSync(folder)).toEqual(['old']);
  expect(readFileSync(join(folder, 'old'), 'utf8')).toBe('old');
});

test('in the app two lines say so, with the keys, and the page stays for the next try', async () => {
  const size = {columns: 100, rows: 30};
  const file = join(folder, 'mixed.svg');
  const desk = captureDesk(() => capture, undefined);
  let breaks = true;
  const {stdin, stdout} = openTerminal();
  const app = makeController(
    {
      ...{...appOptions, stdin, stdout},
      initial: {
        screen: 'picker',
        desk: {
          ...desk,
          form: (id) => ({...desk.form(id), offered: [{format: 'svg', file}]}),
          write: (_id, wish, preferences) =>
            writeExport(breaks ? {...capture, trace: broken} : capture, wish, preferences),
        },
      },
    },
    {now: () => 0, size: () => size},
  );
  const below = (): string =>
    failedRows(app.get(), size)
      .flat()
      .map(({text}) => text)
      .join('\n');
  app.press('e');
  app.press('enter');
  await vi.waitFor(() => expect(app.get().failed).toBeDefined());
  expect(below()).toSay({
    says: 'failed.failedWords.what',
    part: 'the export',
    message: 'planted',
  });
  expect(below()).toSay({says: 'failed.failedWords.report'});
  expect(below()).toContain('keys: e enter');
  expect(app.get()).toMatchObject({opening: undefined, picker: {form: {asks: false}}});
  expect(existsSync(file)).toBe(false);
  breaks = false;
  app.press('enter');
  await vi.waitFor(() => expect(app.get().picker?.form).toBeUndefined());
  expect(app.get().failed).toBeUndefined();
  expect(readFileSync(file, 'utf8')).toMatch(/<\/svg>\s*$/);
});
