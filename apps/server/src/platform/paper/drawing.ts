/** Marks on one sheet, in points (1/72 inch) from its upper left corner; any renderer draws them. */
export interface Sheet {
  readonly widthPt: number;
  readonly heightPt: number;
  readonly marks: readonly Mark[];
}

export type Mark = TextMark | LineMark | QrMark;

export interface TextMark {
  readonly kind: 'text';
  readonly x: number;
  /** Of the baseline. */
  readonly y: number;
  readonly sizePt: number;
  readonly colour: string;
  readonly text: string;
}

export interface LineMark {
  readonly kind: 'line';
  readonly x: number;
  readonly y: number;
  readonly toX: number;
  readonly toY: number;
  readonly colour: string;
  readonly widthPt: number;
}

export interface QrMark {
  readonly kind: 'qr';
  readonly x: number;
  readonly y: number;
  readonly sizePt: number;
  readonly text: string;
}

/** What is printed together. */
export interface Paper {
  readonly title: string;
  readonly language: 'zh' | 'en';
  readonly sheets: readonly Sheet[];
}
