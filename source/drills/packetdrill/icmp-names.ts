// The names of ICMP messages in packetdrill scripts, by type and code (RFC 792, RFC 1812 §5.2.7.1).

const types: ReadonlyMap<string, number> = new Map([
  ['echo_reply', 0],
  ['unreachable', 3],
  ['source_quench', 4],
  ['redirect', 5],
  ['echo_request', 8],
  ['time_exceeded', 11],
  ['parameter_problem', 12],
]);

const unreachable: ReadonlyMap<string, number> = new Map([
  ['net_unreachable', 0],
  ['host_unreachable', 1],
  ['protocol_unreachable', 2],
  ['port_unreachable', 3],
  ['frag_needed', 4],
  ['source_route_failed', 5],
  ['net_unknown', 6],
  ['host_unknown', 7],
  ['source_host_isolated', 8],
  ['net_prohibited', 9],
  ['host_prohibited', 10],
  ['net_unreachable_for_tos', 11],
  ['host_unreachable_for_tos', 12],
  ['packet_filtered', 13],
  ['precedence_violation', 14],
  ['precedence_cutoff', 15],
]);

const timeExceeded: ReadonlyMap<string, number> = new Map([
  ['exceeded_hop_limit', 0],
  ['exceeded_frag_time', 1],
  ['ttl_exceeded', 0],
  ['intrans', 0],
  ['reass', 1],
]);

const codes: ReadonlyMap<string, ReadonlyMap<string, number>> = new Map([
  ['unreachable', unreachable],
  ['time_exceeded', timeExceeded],
]);

export const icmpTypeNames: readonly string[] = [...types.keys()];
export const icmpType = (name: string): number | undefined => types.get(name);
export const icmpCodeNames = (type: string): readonly string[] => [...(codes.get(type)?.keys() ?? [])];
export const icmpCode = (type: string, code: string): number | undefined => codes.get(type)?.get(code);

const nameOf = (names: ReadonlyMap<string, number>, wanted: number): string | undefined =>
  [...names].find(([, number]) => number === wanted)?.[0];

/** Returns the names that scripts use for an ICMP type and code, such as `unreachable port_unreachable`; undefined if they have none. */
export const icmpNames = (type: number, code: number): string | undefined => {
  const name = nameOf(types, type);
  const codeName = nameOf(codes.get(name ?? '') ?? new Map(), code);
  return name === undefined || codeName === undefined ? undefined : `${name} ${codeName}`;
};
