// A list whose mark ink-select-input moves; each row brings its two looks.
import SelectInput from 'ink-select-input';
import type {ListRow} from '../rows.ts';
import {styleLine, type Theme} from '../theme.ts';
import {Row} from './lines.tsx';

type Props<Id extends string> = {
  readonly rows: readonly ListRow<Id>[];
  /** Where the mark is when the list appears. */
  readonly initial: Id | undefined;
  readonly isFocused: boolean;
  readonly theme: Theme;
  readonly onMark: (id: Id) => void;
  readonly onChoose: (id: Id) => void;
};

// The mark is part of a row's own look.
const NoIndicator = () => null;

export function SelectList<Id extends string>({
  rows,
  initial,
  isFocused,
  theme,
  onMark,
  onChoose,
}: Props<Id>) {
  const looks = new Map<string, ListRow<Id>>(rows.map((row) => [row.id, row]));
  const Item = ({label, isSelected = false}: {readonly label: string; readonly isSelected?: boolean}) => {
    const row = looks.get(label);
    return row && <Row text={styleLine(isSelected ? row.marked : row.plain, theme)} />;
  };
  return (
    <SelectInput
      items={rows.map(({id}) => ({key: id, label: id, value: id}))}
      initialIndex={Math.max(
        0,
        rows.findIndex(({id}) => id === initial),
      )}
      isFocused={isFocused}
      indicatorComponent={NoIndicator}
      itemComponent={Item}
      onHighlight={({value}) => onMark(value)}
      onSelect={({value}) => onChoose(value)}
    />
  );
}
