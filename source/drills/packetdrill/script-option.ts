// Reads the options of a packetdrill script, which are its lines that begin with `--`.
import {problemWith} from '../../lesson/problem.ts';
import {packetdrillRunnerSentences} from '../../words/catalogue/drills-packetdrill.ts';
import {ipv4Of} from './addresses.ts';
import {type Fault, missingFault} from './failure.ts';

const headersBytes = 40;
const numericOptions = ['tolerance_usecs', 'tcp_ts_tick_usecs', 'mtu', 'mss'];
/** Options of a script that are ignored: ports, which its packets do not show, and those about the machine that runs packetdrill. */
const quietScriptOptions = [
  ...['gateway_ip', 'netmask_ip', 'bind_port', 'connect_port', 'speed'],
  ...['send_omit_free', 'debug', 'verbose'],
];

/** The changes that an option of a script makes; `fault` if its value is invalid or unsupported. */
export type ScriptOption = {
  readonly fault?: Fault;
  readonly toleranceUs?: number;
  /** The tolerance for times, as a share (0 to 1) of the time since the previous event. */
  readonly share?: number;
  /**
   * True if an expected packet has to leave exactly as the script has it; false if segments that leave together may be joined to its
   * length.
   */
  readonly strict?: boolean;
  /** The length in µs of a timestamp tick; absent if timestamps are not compared. */
  readonly tickUs?: number;
  readonly scaledEchoes?: boolean;
  readonly mss?: string;
};

const refused = (fault: Fault | undefined): ScriptOption => (fault ? {fault} : {});

const shareOf = (value: string): ScriptOption => {
  const percent = Number(value);
  const isShare = value !== '' && percent >= 0 && percent <= 100;
  return isShare ? {share: percent / 100} : {fault: badOption('tolerance_percent', value)};
};

export const scriptOption = (name: string, value: string): ScriptOption => {
  const number = Number(value);
  if (numericOptions.includes(name) && !/^\d+$/.test(value)) return {fault: badOption(name, value)};
  switch (name) {
    case 'ip_version':
      return refused(value === 'ipv4' ? undefined : missingFault('ipv6', `--ip_version=${value}`));
    case 'local_ip':
    case 'remote_ip':
      return refused(ipv4Of(value) === undefined ? missingFault('ipv6', `--${name}=${value}`) : undefined);
    case 'tolerance_usecs':
      return {toleranceUs: number};
    case 'tolerance_percent':
      return shareOf(value);
    case 'strict_segments':
      return {strict: true};
    case 'tcp_ts_tick_usecs':
      return number > 0 ? {tickUs: number} : {};
    case 'tcp_ts_ecr_scaled':
      return {scaledEchoes: true};
    case 'mtu':
      return {mss: `${number - headersBytes}`};
    case 'mss':
      return {mss: value};
    default:
      return refused(
        quietScriptOptions.includes(name) ? undefined : missingFault('scriptOption', `--${name}`),
      );
  }
};

const badOption = (name: string, value: string): Fault =>
  problemWith(packetdrillRunnerSentences.setOption, {name, value});
