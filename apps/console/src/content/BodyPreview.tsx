import { useTranslation } from 'react-i18next';
import { useSession } from '../api/session.ts';
import { useLanguage } from '../i18n/index.ts';
import { blocksOf } from './blocks.ts';
import './content.css';

/** How residents see a text. */
export function BodyPreview({ text }: { readonly text: string }) {
  const { t } = useTranslation('content');
  const [language] = useLanguage();
  const { shortCode } = useSession();
  return (
    <section className="content-preview" aria-label={t('help.preview')}>
      {blocksOf(text).map((block, index) => {
        const key = `${index} ${block.text}`;
        switch (block.kind) {
          case 'heading':
            return <h3 key={key}>{block.text}</h3>;
          case 'point':
            return <p key={key}>· {block.text}</p>;
          case 'picture': {
            const isOwn = block.name.includes('-');
            const src = isOwn
              ? `/help/${shortCode}/${block.name}`
              : `/help/pictures/${block.name}.${language}.svg`;
            return <img key={key} src={src} alt={block.text} />;
          }
          case 'text':
            return <p key={key}>{block.text}</p>;
        }
      })}
    </section>
  );
}
