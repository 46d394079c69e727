/** Words that many tickets share without saying what they are about. */
const stopWords = new Set([
  ...['我们', '你们', '他们', '这个', '那个', '一个', '没有', '可以', '不能', '什么', '怎么'],
  ...['现在', '今天', '昨天', '已经', '还是', '就是', '因为', '所以', '但是', '而且', '请问'],
  ...['麻烦', '谢谢', '您好', '你好', '物业', '一直', '时候', '知道', '不是', '还有', '一下'],
  ...['the', 'and', 'for', 'that', 'this', 'with', 'you', 'was', 'have', 'not', 'are', 'but'],
]);

export interface WordCount {
  readonly word: string;
  /** In how many texts it stands. */
  readonly count: number;
}

/** One text's word is said once, however often it stands there. */
const fewest = 2;

/**
 * Words of many texts, the most frequent first. The words are those of the Unicode segmenter, which
 * knows Chinese; numbers, single characters and words without content are left out.
 */
export function frequentWords(texts: readonly string[], most: number): WordCount[] {
  const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });
  const counts = new Map<string, number>();
  for (const text of texts) {
    const words = new Set<string>();
    for (const { segment, isWordLike } of segmenter.segment(text)) {
      const word = segment.toLowerCase();
      const isSaying = isWordLike && [...word].length > 1 && !/^[\d.]+$/.test(word);
      if (isSaying && !stopWords.has(word)) words.add(word);
    }
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts]
    .map(([word, count]) => ({ word, count }))
    .filter(({ count }) => count >= fewest)
    .sort((a, b) => b.count - a.count || (a.word < b.word ? -1 : 1))
    .slice(0, most);
}
