// Reads an attacker on the path and its answers: `actors: [{tap: mitm, between: [client, server], can: [read, edit, answer]}]`.
import * as z from 'zod/mini';
import type {PathActor} from '../../sim/scenario.ts';
import {worldTapSentences} from '../../words/catalogue/lesson.ts';
import {readServer} from '../http/apps.ts';
import {route} from '../http/routes.ts';
import {problemWith} from '../problem.ts';
import {host, shaped} from '../scalars.ts';

import {readSite, siteKeys} from '../tls/apps.ts';
import {type Construct, construct, type Piece, type Place, type RunningApp} from '../vocabulary.ts';

const printable = shaped(/^[\x20-\x7e]+$/, 'string');

const shape = {
  tap: host,
  between: z.tuple([host, host]),
  can: z.array(z.enum(['read', 'edit', 'answer'])),
  edit: z.optional(z.strictObject({find: printable, put: printable})),
  http: z.optional(z.union([route, z.array(route)])),
  tls: z.optional(z.strictObject(siteKeys)),
};

type File = z.infer<z.ZodMiniObject<typeof shape>>;

const checkEnds = ({tap, between}: File, {path, names, problems}: Place): void => {
  const [from, to] = between;
  problems.host([...path, 'between', 0], from, names.hosts);
  problems.host([...path, 'between', 1], to, names.hosts);
  const links = (names.links ?? []).filter((each) => each.between.includes(tap));
  if (from !== to && from !== tap && to !== tap && links.length > 1) return;
  problems.add([...path, 'between'], worldTapSentences.checkEnds);
};

/** Checks that the attacker's `can` allows what the lesson tells it to do. */
const checkPowers = ({can, edit, http, tls}: File, {path, problems}: Place): void => {
  const lacks = (power: 'edit' | 'answer', key: string): void =>
    problems.add([...path, key], problemWith(worldTapSentences.checkPowers.lacks, {power, key}), {
      onKey: true,
    });
  if (edit && !can.includes('edit')) lacks('edit', 'edit');
  if (http && !can.includes('answer')) lacks('answer', 'http');
  if (tls && !can.includes('answer')) lacks('answer', 'tls');
  if (!edit || edit.find.length === edit.put.length) return;
  problems.add(
    [...path, 'edit', 'put'],
    problemWith(worldTapSentences.checkPowers, {findCount: edit.find.length}),
  );
};

const programsOf = ({tap, between, http = [], tls}: File, {path, ...place}: Place): readonly RunningApp[] => {
  const routes = Array.isArray(http) ? http : [http];
  const plain = routes.length === 0 ? [] : [readServer({routes}, {...place, path})];
  const site = tls && readSite({...tls, http: {routes}}, {...place, path: [...path, 'tls']});
  return [...plain, ...(site ? [site] : [])].map((spec) => ({host: tap, spec, inNameOf: between[1]}));
};

export const tap: Construct<Piece> = construct(shape, (data, place) => {
  const {path, names, problems} = place;
  const before = problems.found.length;
  if (!problems.host([...path, 'tap'], data.tap, names.hosts)) return undefined;
  checkEnds(data, place);
  checkPowers(data, place);
  const apps = programsOf(data, place);
  if (problems.found.length > before) return undefined;
  const {tap: at, between, can, edit} = data;
  const actor: PathActor = {kind: 'tap', host: at, between, can, ...(edit ? {edit} : {})};
  return {actors: [actor], apps};
});
