import { useEffect, useState } from 'react';
import { company, imageOf } from '#platform';
import { Heading, Image, Text, View } from '#ui';
import { blocksOf } from '../format/article.ts';
import { useSettings } from '../settings/index.ts';
import './article.css';

/** The text of a help article or an announcement. */
export function Article({ body }: { readonly body: string }) {
  return (
    <View className="article">
      {blocksOf(body).map((block, index) => {
        const key = `${index} ${block.text}`;
        switch (block.kind) {
          case 'heading':
            return (
              <Heading key={key} level={2}>
                {block.text}
              </Heading>
            );
          case 'point':
            return (
              <View key={key} className="article-point">
                <Text>{block.text}</Text>
              </View>
            );
          case 'picture':
            return <Picture key={key} name={block.name} alt={block.text} />;
          case 'text':
            return (
              <View key={key} className="article-text">
                <Text>{block.text}</Text>
              </View>
            );
        }
      })}
    </View>
  );
}

function Picture({ name, alt }: { readonly name: string; readonly alt: string }) {
  const { language } = useSettings();
  const [src, setSrc] = useState<string>();
  const isOwn = name.includes('-');
  const path = isOwn ? `/help/${company()}/${name}` : `/help/pictures/${name}.${language}.svg`;
  useEffect(() => {
    let isGone = false;
    // A picture that does not come leaves its words.
    imageOf(path).then(
      (found) => !isGone && setSrc(found),
      () => !isGone && setSrc(undefined),
    );
    return () => {
      isGone = true;
    };
  }, [path]);
  return (
    <View className="article-picture">
      {src !== undefined && <Image src={src} alt={alt} fit="width" />}
      <View className="hint">{alt}</View>
    </View>
  );
}
