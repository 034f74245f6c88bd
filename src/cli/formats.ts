/** The forms of a scan's report. */
export const FORMATS = ['stylish', 'json', 'sarif', 'github', 'html', 'markdown'] as const;
export type Format = (typeof FORMATS)[number];

/** The forms of the matrix. */
export const MATRIX_FORMATS = ['text', 'markdown', 'json', 'html'] as const;
export type MatrixFormat = (typeof MATRIX_FORMATS)[number];
