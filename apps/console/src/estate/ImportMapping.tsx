import { Button, Card, Collapse } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWrite } from '../api/hooks.ts';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import type { Import } from './ImportPage.tsx';
import { SheetMapping } from './SheetMapping.tsx';

export type Sheet = Import['sheets'][number];

/** What was recognised in the file, sheet by sheet and column by column, for correction. */
export function ImportMapping({ one }: { readonly one: Import }) {
  const { t } = useTranslation('estate');
  const [sheets, setSheets] = useState<readonly Sheet[]>(one.sheets);
  const save = useWrite('PUT /api/imports/:importId/mapping');
  const change = (name: string, next: Sheet) =>
    setSheets((now) => now.map((sheet) => (sheet.name === name ? next : sheet)));
  const submit = () =>
    save.mutate({
      params: { importId: one.id },
      body: {
        sheets: sheets.map(({ name, kind, headerRow, columns }) => ({
          name,
          kind,
          headerRow,
          columns: columns.map(({ column, field }) => ({ column, field })),
        })),
      },
    });
  return (
    <Card title={<h2 className="card-title">{t('import.mapping')}</h2>}>
      <div className="stack">
        <span>{t('import.mappingIntro')}</span>
        <Collapse
          defaultActiveKey={sheets.filter(needsLook).map(({ name }) => name)}
          items={sheets.map((sheet) => ({
            key: sheet.name,
            label: (
              <span>
                <strong>{sheet.name}</strong> · {t(`kind.${sheet.kind}`)}
                {sheet.counts && ` · ${t('import.rowsCount', { count: sheet.counts.rows })}`}
              </span>
            ),
            children: (
              <SheetMapping
                sheet={sheet}
                fieldsByKind={one.fieldsByKind}
                onChange={(next) => change(sheet.name, next)}
              />
            ),
          }))}
        />
        {save.isError && <FailureNotice error={save.error} />}
        <div>
          <Button type="primary" loading={save.isPending} onClick={submit}>
            {t('import.mappingSave')}
          </Button>
        </div>
      </div>
    </Card>
  );
}

/** Open at once what was not recognised, or has bad rows. */
function needsLook({ kind, headerRow, counts }: Sheet): boolean {
  return kind !== 'ignore' && (headerRow === null || (counts?.bad ?? 0) > 0);
}
