import type { ReactNode } from 'react';

interface TileProps {
  readonly label: ReactNode;
  readonly value: ReactNode;
  readonly note?: ReactNode;
  readonly tone?: 'bad';
}

/** One figure of a row of figures; stands in a `dl` with class `tiles`. */
export function Tile({ label, value, note, tone }: TileProps) {
  return (
    <div className="tile">
      <dt className="tile-label">{label}</dt>
      <dd className={tone === 'bad' ? 'tile-value tile-bad' : 'tile-value'}>{value}</dd>
      {note && <dd className="tile-note">{note}</dd>}
    </div>
  );
}
