// The TLS applications of a lesson, `apps: [{host: server, tls: {…}}]`: a site over TLS, or the TLS settings of a host's browser.
import * as z from 'zod/mini';
import type {AppSpec} from '../../sim/apps.ts';
import {given} from '../../sim/given.ts';
import {browserApp} from '../../sim/http-apps.ts';
import {tlsAppsSentences} from '../../words/catalogue/lesson.ts';
import {readServer, serverKeys} from '../http/apps.ts';
import {problemWith} from '../problem.ts';
import {bytesOf} from '../quantity.ts';
import {boolean, expects, port, shaped, size, whole} from '../scalars.ts';

import {type Construct, construct, type Piece, type Place} from '../vocabulary.ts';
import {readCredentials, rootsIn} from './certificates.ts';
import {readGroups, readSuites, readVersions, version, word} from './scalars.ts';

/** The keys of a lesson's site over TLS besides its pages: TLS versions, cipher suites, groups and the certificate. */
export const siteKeys = {
  versions: z.optional(z.array(version)),
  suites: z.optional(z.array(word)),
  groups: z.optional(z.array(word)),
  certificate: z.optional(shaped(/^[a-z-]+(\.(rsa|ecdsa))?$/, 'certificate')),
};

const shape = {
  ...siteKeys,
  /** The number of session tickets that a server sends, or whether it sends any; for a client, whether it keeps tickets. */
  tickets: z.optional(z.union([boolean, whole(0, 8, 'tickets')], expects('tickets'))),
  port: z.optional(port),
  earlyData: z.optional(z.union([boolean, size], expects('early data'))),
  antiReplay: z.optional(z.enum(['none', 'freshness', 'recording'])),
  http: z.optional(z.strictObject(serverKeys)),
  shares: z.optional(z.array(word)),
  roots: z.optional(z.enum(['lesson', 'attacker'])),
};

type File = z.infer<z.ZodMiniObject<typeof shape>>;

const httpsPort = 443;
/** The most octets of early data that `earlyData: true` allows: enough for a request, not for a page. */
const usualEarlyData = 16_384;

const shared = (data: File, place: Place) =>
  given({
    versions: data.versions && readVersions(data.versions),
    suites: data.suites && readSuites(data.suites, place),
    groups: data.groups && readGroups(data.groups, 'groups', place),
  });

const earlyBytes = (asked: File['earlyData']): number | undefined => {
  if (asked === undefined) return undefined;
  if (typeof asked === 'boolean') return asked ? usualEarlyData : 0;
  return bytesOf(asked);
};

export const readSite = (data: File, place: Place): AppSpec => {
  const {tickets, certificate = 'good', earlyData, antiReplay, http = {}} = data;
  const secure = {
    ...shared(data, place),
    credentials: readCredentials(certificate, place),
    ...given({
      tickets: tickets === undefined ? undefined : Number(tickets),
      maxEarlyData: earlyBytes(earlyData),
      antiReplay,
    }),
  };
  const {path} = place;
  const inner = {...place, path: [...path, 'http']};
  const serving = {...http, port: data.port ?? http.port ?? httpsPort};
  return readServer(serving, inner, secure);
};

const readClient = (data: File, place: Place): AppSpec => {
  const secure = {
    ...shared(data, place),
    roots: rootsIn(place.names.beside, data.roots),
    ...given({keyShares: data.shares && readGroups(data.shares, 'shares', place)}),
    ...(data.tickets === false || data.tickets === 0 ? {resumes: false as const} : {}),
  };
  return browserApp({secure});
};

const ofServers = ['port', 'certificate', 'earlyData', 'antiReplay', 'http'] as const;
const ofClients = ['shares', 'roots'] as const;

const bothRoles = problemWith(tlsAppsSentences.tlsServesOr, {ofServers, ofClients});

export const tlsApp: Construct<(host: string) => Piece> = construct(shape, (data, place) => {
  const {path, problems} = place;
  const before = problems.found.length;
  const serves = ofServers.some((key) => data[key] !== undefined);
  if (serves && ofClients.some((key) => data[key] !== undefined)) problems.add(path, bothRoles);
  const spec = serves ? readSite(data, place) : readClient(data, place);
  if (problems.found.length > before) return undefined;
  return (host) => ({apps: [{host, spec}]});
});
