// The matrix product for one instruction set; see each_set.h for what is defined here.

typedef float NAME(vector) __attribute__((vector_size(4 * WIDTH), aligned(4), may_alias));

enum { NAME(columns) = 2 * WIDTH };

#if WIDTH >= 8
typedef float NAME(eight) __attribute__((vector_size(32), aligned(4), may_alias));

// Transposes the block of 8 x 8 floats whose rows are `from_row` apart.
SET INLINE void NAME(transpose_block)(const float *from, long from_row, float *to, long to_row) {
#define SHUFFLE __builtin_shufflevector
  NAME(eight) r[8], s[8];
  for (int i = 0; i < 8; i++) r[i] = *(const NAME(eight) *)(from + i * from_row);
  for (int i = 0; i < 8; i += 2) {
    s[i] = SHUFFLE(r[i], r[i + 1], 0, 8, 1, 9, 4, 12, 5, 13);
    s[i + 1] = SHUFFLE(r[i], r[i + 1], 2, 10, 3, 11, 6, 14, 7, 15);
  }
  for (int i = 0; i < 8; i += 4) {
    r[i] = SHUFFLE(s[i], s[i + 2], 0, 1, 8, 9, 4, 5, 12, 13);
    r[i + 1] = SHUFFLE(s[i], s[i + 2], 2, 3, 10, 11, 6, 7, 14, 15);
    r[i + 2] = SHUFFLE(s[i + 1], s[i + 3], 0, 1, 8, 9, 4, 5, 12, 13);
    r[i + 3] = SHUFFLE(s[i + 1], s[i + 3], 2, 3, 10, 11, 6, 7, 14, 15);
  }
  for (int i = 0; i < 4; i++) {
    *(NAME(eight) *)(to + i * to_row) = SHUFFLE(r[i], r[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
    *(NAME(eight) *)(to + (i + 4) * to_row) =
        SHUFFLE(r[i], r[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
  }
#undef SHUFFLE
}
#endif

// Copies `count` columns of k rows of b into a panel, and zeros behind them.
SET static void NAME(pack)(sf_matrix b, float *panel, long k, long count) {
  const long columns = NAME(columns);
  long p = 0;
  if (count == columns && b.column == 1) {
    for (; p < k; p++) {
      const float *row = b.data + p * b.row;
      *(NAME(vector) *)(panel + p * columns) = *(const NAME(vector) *)row;
      *(NAME(vector) *)(panel + p * columns + WIDTH) = *(const NAME(vector) *)(row + WIDTH);
    }
    return;
  }
#if WIDTH >= 8
  if (count == columns && b.row == 1) {
    for (; p + 8 <= k; p += 8) {
      for (long j = 0; j < columns; j += 8) {
        NAME(transpose_block)(b.data + p + j * b.column, b.column, panel + p * columns + j, columns);
      }
    }
  }
#endif
  for (; p < k; p++) {
    for (long j = 0; j < count; j++) panel[p * columns + j] = b.data[p * b.row + j * b.column];
    for (long j = count; j < columns; j++) panel[p * columns + j] = 0;
  }
}

// `rows` rows of a times a panel. The sums stay in registers, so `rows` must be a constant where
// this is called.
SET INLINE void NAME(tile)(const int rows, sf_matrix a, const float *panel, result c, long k) {
  NAME(vector) sums[TILE_ROWS][2];
  for (int i = 0; i < rows; i++) {
    const NAME(vector) *start = (const NAME(vector) *)(c.data + i * c.row);
    sums[i][0] = c.adds ? start[0] : (NAME(vector)){0};
    sums[i][1] = c.adds ? start[1] : (NAME(vector)){0};
  }
#pragma clang loop unroll_count(4)
  for (long p = 0; p < k; p++) {
    const NAME(vector) *b = (const NAME(vector) *)(panel + p * NAME(columns));
    const NAME(vector) b0 = b[0], b1 = b[1];
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
      const float x = a.data[i * a.row + p * a.column];
      sums[i][0] += x * b0;
      sums[i][1] += x * b1;
    }
  }
  for (int i = 0; i < rows; i++) {
    NAME(vector) *end = (NAME(vector) *)(c.data + i * c.row);
    end[0] = sums[i][0];
    end[1] = sums[i][1];
  }
}

#define TILE(count)                                 \
  case count:                                       \
    if (count <= TILE_ROWS) {                       \
      NAME(tile)(count <= TILE_ROWS ? count : 1, a, panel, c, k); \
    }                                               \
    break;
#define TILES                                                                   \
  switch (rows) {                                                               \
    TILE(1) TILE(2) TILE(3) TILE(4) TILE(5) TILE(6) TILE(7) TILE(8) default: break; \
  }

// Any number of rows up to TILE_ROWS; which of the steps is 1 is made known to the compiler.
SET static void NAME(rows_of_tile)(int rows, sf_matrix a, const float *panel, result c, long k) {
  if (a.column == 1) {
    a.column = 1;
    TILES
  } else {
    a.row = 1;
    TILES
  }
}

#undef TILE
#undef TILES

// A tile that is not whole, or whose rows are not contiguous, goes through memory of its own.
SET static void NAME(edge)(int rows, long count, sf_matrix a, const float *panel, result c,
                           long k) {
  float whole[TILE_ROWS * 2 * WIDTH] __attribute__((aligned(64)));
  NAME(rows_of_tile)(rows, a, panel, (result){whole, NAME(columns), 1, 0}, k);
  for (long i = 0; i < rows; i++) {
    for (long j = 0; j < count; j++) {
      float *end = c.data + i * c.row + j * c.column;
      *end = (c.adds ? *end : 0) + whole[i * NAME(columns) + j];
    }
  }
}

// c = a b for a panel's columns of b.
SET static void NAME(panel_product)(sf_matrix a, const float *panel, result c, long m, long count,
                                    long k) {
  for (long i = 0; i < m; i += TILE_ROWS) {
    const int rows = m - i < TILE_ROWS ? (int)(m - i) : TILE_ROWS;
    const sf_matrix strip = {a.data + i * a.row, a.row, a.column};
    const result part = {c.data + i * c.row, c.row, c.column, c.adds};
    if (count == NAME(columns) && c.column == 1) {
      NAME(rows_of_tile)(rows, strip, panel, part, k);
    } else {
      NAME(edge)(rows, count, strip, panel, part, k);
    }
  }
}

SET static void NAME(product)(sf_matrix a, sf_matrix b, result c, long m, long n, long k) {
  if (n <= TILE_ROWS && m > n) {
    // A panel would be mostly zeros: c^T = b^T a^T has its long side along the vectors.
    const sf_matrix left = {b.data, b.column, b.row}, right = {a.data, a.column, a.row};
    return NAME(product)(left, right, (result){c.data, c.column, c.row, c.adds}, n, m, k);
  }
  float panel[DEPTH * 2 * WIDTH] __attribute__((aligned(64)));
  for (long p = 0; p < k; p += DEPTH) {
    const long depth = k - p < DEPTH ? k - p : DEPTH;
    const sf_matrix slice = {a.data + p * a.column, a.row, a.column};
    for (long j = 0; j < n; j += NAME(columns)) {
      const long count = n - j < NAME(columns) ? n - j : NAME(columns);
      const sf_matrix part = {b.data + p * b.row + j * b.column, b.row, b.column};
      NAME(pack)(part, panel, depth, count);
      NAME(panel_product)(slice, panel,
                          (result){c.data + j * c.column, c.row, c.column, c.adds || p > 0}, m,
                          count, depth);
    }
  }
}
