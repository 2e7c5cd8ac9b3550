// Draws the menu's entries with ink-select-input. The mark's place comes from the app's state, because the same keys move all lists.
import SelectInput from 'ink-select-input';
import type {Line} from '../../view/span.ts';
import {styleLine, type Theme} from '../theme.ts';
import {Row} from './lines.tsx';

type Props = {readonly lines: readonly Line[]; readonly marked: number; readonly theme: Theme};

// Replaces ink-select-input's mark by nothing, because the rows contain their own.
const NoIndicator = () => null;

export function Entries({lines, marked, theme}: Props) {
  const Entry = ({label}: {readonly label: string}) => (
    <Row text={styleLine(lines[Number(label)] ?? [], theme)} />
  );
  return (
    <SelectInput
      key={marked}
      items={lines.map((_, row) => ({key: `${row}`, label: `${row}`, value: row}))}
      initialIndex={Math.max(0, marked)}
      isFocused={false}
      indicatorComponent={NoIndicator}
      itemComponent={Entry}
    />
  );
}
