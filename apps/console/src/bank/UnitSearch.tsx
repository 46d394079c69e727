import { Select } from 'antd';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../api/hooks.ts';

const limit = 20;
/** Long enough for an input method to finish a word. */
const searchDelayMs = 400;

/** Finds a unit by door, owner or phone. */
export function UnitSearch({ onFound }: { readonly onFound: (unitId: string) => void }) {
  const { t } = useTranslation('bank');
  const id = useId();
  const [typed, setTyped] = useState('');
  const [search, setSearch] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSearch(typed.trim()), searchDelayMs);
    return () => clearTimeout(timer);
  }, [typed]);
  const query = useRead('GET /api/units', { query: { search, limit } }, { enabled: search !== '' });
  const units = search === '' ? [] : (query.data?.items ?? []);
  return (
    <div className="filter bank-search">
      <label htmlFor={id}>{t('match.search')}</label>
      <Select<string>
        id={id}
        value={null}
        placeholder={t('match.searchHint')}
        showSearch={{ filterOption: false, onSearch: setTyped }}
        loading={query.isFetching}
        options={units.map((unit) => ({
          value: unit.id,
          label: `${unit.communityName} ${unit.label}${ownersOf(unit.owners)}`,
        }))}
        onChange={(unitId) => onFound(unitId)}
      />
    </div>
  );
}

function ownersOf(owners: readonly { readonly nameMasked: string }[]): string {
  const names = owners.map(({ nameMasked }) => nameMasked).join('、');
  return names === '' ? '' : ` · ${names}`;
}
