import { ArrowLeftOutlined } from '@ant-design/icons';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

interface PageProps {
  readonly title: string;
  readonly intro?: ReactNode;
  /** Where the page belongs: a link above the title. */
  readonly parent?: { readonly label: string; readonly to: string };
  /** State of what is shown, beside the title. */
  readonly badge?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A page has one h1, which is also the title of the window. */
export function Page({ title, intro, parent, badge, actions, children }: PageProps) {
  const { t } = useTranslation('shell');
  useEffect(() => {
    document.title = `${title} · ${t('product')}`;
  }, [title, t]);
  return (
    <div className="page">
      <div>
        {parent && (
          <Link to={parent.to} className="no-print">
            <ArrowLeftOutlined aria-hidden /> {parent.label}
          </Link>
        )}
        <div className="page-head">
          <div>
            <div className="row">
              <h1>{title}</h1>
              {badge}
            </div>
            {intro && <p className="page-intro">{intro}</p>}
          </div>
          {actions && <div className="row no-print">{actions}</div>}
        </div>
      </div>
      {children}
    </div>
  );
}
