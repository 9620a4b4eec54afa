// The matrix product for one instruction set; see each_set.h for what is defined here.

typedef float NAME(vector) __attribute__((vector_size(4 * WIDTH), aligned(4), may_alias));
typedef int NAME(integers) __attribute__((vector_size(4 * WIDTH)));

enum { NAME(columns) = 2 * WIDTH };

#if WIDTH >= 8
typedef float NAME(eight) __attribute__((vector_size(32), aligned(4), may_alias));

// Transposes a block of 8 x 8 floats whose rows are `from_row` apart; zeros stand for the rows from
// `count` on.
SET INLINE void NAME(transpose_block)(const float *from, long from_row, long count, float *to,
                                      long to_row) {
#define SHUFFLE __builtin_shufflevector
  NAME(eight) r[8], s[8];
  for (int i = 0; i < 8; i++) {
    r[i] = i < count ? *(const NAME(eight) *)(from + i * from_row) : (NAME(eight)){0};
  }
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

// Copies `count` columns of k rows of b, which lie next to each other, into a panel, and zeros behind them.
SET static void NAME(pack_rows)(sf_matrix b, float *panel, long k, long count) {
  const long columns = NAME(columns);
  NAME(integers) kept[2];
  for (long j = 0; j < columns; j++) kept[j / WIDTH][j % WIDTH] = j < count ? -1 : 0;
  // The last rows have nothing behind them that may be read.
  const long beyond = columns - count;
  const long whole = k - (beyond + b.row - 1) / b.row;
  long p = 0;
  for (; p < whole; p++) {
    for (long half = 0; half < 2; half++) {
      const NAME(vector) x = *(const NAME(vector) *)(b.data + p * b.row + half * WIDTH);
      *(NAME(vector) *)(panel + p * columns + half * WIDTH) =
          (NAME(vector))((NAME(integers))x & kept[half]);
    }
  }
  for (; p < k; p++) {
    for (long j = 0; j < columns; j++) {
      panel[p * columns + j] = j < count ? b.data[p * b.row + j] : 0;
    }
  }
}

// Copies `count` columns of k rows of b into a panel, and zeros behind them.
SET static void NAME(pack)(sf_matrix b, float *panel, long k, long count) {
  const long columns = NAME(columns);
  if (b.column == 1) return NAME(pack_rows)(b, panel, k, count);
  long p = 0;
#if WIDTH >= 8
  for (; p + 8 <= k; p += 8) {
    for (long j = 0; j < columns; j += 8) {
      NAME(transpose_block)(b.data + p + j * b.column, b.column, count - j,
                            panel + p * columns + j, columns);
    }
  }
#endif
  for (; p < k; p++) {
    for (long j = 0; j < columns; j++) {
      panel[p * columns + j] = j < count ? b.data[p + j * b.column] : 0;
    }
  }
}

// `rows` rows of a times one or two vectors of each row of b, which are b_row apart. The sums stay in
// registers, so `rows` and `vectors` must be constants where this is called.
SET INLINE void NAME(tile)(const int rows, const int vectors, sf_matrix a, const float *b,
                           long b_row, result c, long k) {
  NAME(vector) sums[TILE_ROWS][2];
  for (int i = 0; i < rows; i++) {
    const NAME(vector) *start = (const NAME(vector) *)(c.data + i * c.row);
    for (int v = 0; v < vectors; v++) sums[i][v] = c.adds ? start[v] : (NAME(vector)){0};
  }
#pragma clang loop unroll_count(4)
  for (long p = 0; p < k; p++) {
    const NAME(vector) *row = (const NAME(vector) *)(b + p * b_row);
    const NAME(vector) b0 = row[0], b1 = vectors == 2 ? row[1] : row[0];
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
      const float x = a.data[i * a.row + p * a.column];
      sums[i][0] += x * b0;
      if (vectors == 2) sums[i][1] += x * b1;
    }
  }
  if (c.keeps) {
    for (int i = 0; i < rows; i++) {
      NAME(vector) *end = (NAME(vector) *)(c.data + i * c.row);
      for (int v = 0; v < vectors; v++) end[v] = sums[i][v];
    }
  }
  if (!c.times) return;
  for (int i = 0; i < rows; i++) {
    NAME(vector) *end = (NAME(vector) *)(c.times + i * c.row);
    for (int v = 0; v < vectors; v++) end[v] *= sums[i][v];
  }
}

#define TILE(count)                                                             \
  case count:                                                                   \
    if (count <= TILE_ROWS) {                                                   \
      NAME(tile)(count <= TILE_ROWS ? count : 1, vectors, a, b, b_row, c, k);   \
    }                                                                           \
    break;
#define TILES                                                                   \
  switch (rows) {                                                               \
    TILE(1) TILE(2) TILE(3) TILE(4) TILE(5) TILE(6) TILE(7) TILE(8) default: break; \
  }

// Any number of rows up to TILE_ROWS; which of the steps is 1, and how far apart the rows of panels and of
// copied strips are, is made known to the compiler.
SET INLINE void NAME(known_tile)(int rows, const int vectors, sf_matrix a, const float *b,
                                 long b_row, result c, long k) {
  if (b_row != NAME(columns)) {
    TILES
  } else if (a.column == 1) {
    a.column = 1;
    b_row = NAME(columns);
    TILES
  } else if (a.column == TILE_ROWS) {
    a.row = 1;
    a.column = TILE_ROWS;
    b_row = NAME(columns);
    TILES
  } else {
    a.row = 1;
    b_row = NAME(columns);
    TILES
  }
}

#undef TILE
#undef TILES

SET static void NAME(whole_tile)(int rows, sf_matrix a, const float *b, long b_row, result c,
                                 long k) {
  NAME(known_tile)(rows, 2, a, b, b_row, c, k);
}

SET static void NAME(half_tile)(int rows, sf_matrix a, const float *b, long b_row, result c,
                                long k) {
  NAME(known_tile)(rows, 1, a, b, b_row, c, k);
}

// A tile that is not whole, or whose rows are not contiguous, goes through memory of its own.
SET static void NAME(edge)(int rows, long count, sf_matrix a, const float *b, long b_row, result c,
                           long k) {
  const long columns = NAME(columns);
  float whole[TILE_ROWS * 2 * WIDTH] __attribute__((aligned(64)));
  if (c.adds) {
    for (long i = 0; i < rows; i++) {
      for (long j = 0; j < columns; j++) {
        whole[i * columns + j] = j < count ? c.data[i * c.row + j * c.column] : 0;
      }
    }
  }
  const result out = {whole, columns, 1, c.adds, 1, 0};
  (count > WIDTH ? NAME(whole_tile) : NAME(half_tile))(rows, a, b, b_row, out, k);
  for (long i = 0; i < rows; i++) {
    for (long j = 0; j < count; j++) c.data[i * c.row + j * c.column] = whole[i * columns + j];
  }
  if (!c.times) return;
  for (long i = 0; i < rows; i++) {
    for (long j = 0; j < count; j++) c.times[i * c.row + j * c.column] *= whole[i * columns + j];
  }
}

// Copies m columns of k rows, strip by strip of TILE_ROWS: element (i, p) of a strip goes to
// p * TILE_ROWS + i. A few rows at a time, so that a strip finds the lines that the one before it read.
SET static void NAME(pack_strips)(const float *a, long row, float *strips, long m, long k) {
  for (long q = 0; q < k; q += 4) {
    const long end = k - q < 4 ? k : q + 4;
    long i = 0;
#if WIDTH >= 8
    // Where TILE_ROWS is less than 8, what is written too much is written again by the next row; the last
    // one has none, and behind it stands the next strip.
    for (; i + 8 <= m; i += TILE_ROWS) {
      for (long p = q; p < end; p++) {
        float *to = strips + i * k + p * TILE_ROWS;
        if (p + 1 < k) {
          *(NAME(eight) *)to = *(const NAME(eight) *)(a + p * row + i);
        } else {
          for (long r = 0; r < TILE_ROWS; r++) to[r] = a[p * row + i + r];
        }
      }
    }
#endif
    for (; i < m; i += TILE_ROWS) {
      const long count = m - i < TILE_ROWS ? m - i : TILE_ROWS;
      for (long p = q; p < end; p++) {
        for (long r = 0; r < count; r++) strips[i * k + p * TILE_ROWS + r] = a[p * row + i + r];
      }
    }
  }
}

// c = a b for a panel's columns of b. `strips` is a as pack_strips copied it, or null.
SET static void NAME(panel_product)(sf_matrix a, const float *strips, const float *panel, result c,
                                    long m, long count, long k) {
  for (long i = 0; i < m; i += TILE_ROWS) {
    const int rows = m - i < TILE_ROWS ? (int)(m - i) : TILE_ROWS;
    const sf_matrix strip = strips ? (sf_matrix){strips + i * k, 1, TILE_ROWS}
                                   : (sf_matrix){a.data + i * a.row, a.row, a.column};
    const result part = part_of(c, i, 0);
    if (count == NAME(columns) && c.column == 1) {
      NAME(whole_tile)(rows, strip, panel, NAME(columns), part, k);
    } else {
      NAME(edge)(rows, count, strip, panel, NAME(columns), part, k);
    }
  }
}

// c = a b for a sum that is not cut and rows of a that are copied together.
SET static void NAME(block_product)(sf_matrix a, const float *strips, sf_matrix b, result c, long m,
                                    long n, long k) {
  const long columns = NAME(columns);
  float panels[DEPTH * GROUP] __attribute__((aligned(64)));
  for (long g = 0; g < n; g += GROUP) {
    const long end = n - g < GROUP ? n : g + GROUP;
    for (long j = g; j < end; j += columns) {
      const long count = n - j < columns ? n - j : columns;
      NAME(pack)((sf_matrix){b.data + j * b.column, b.row, b.column}, panels + (j - g) * k, k, count);
    }
    for (long j = g; j < end; j += columns) {
      const long count = n - j < columns ? n - j : columns;
      NAME(panel_product)(a, strips, panels + (j - g) * k, part_of(c, 0, j), m, count, k);
    }
  }
}

// c = a b for few rows of a and whole panels of b, which is read where it lies.
SET static void NAME(thin_product)(sf_matrix a, sf_matrix b, result c, long m, long n, long k) {
  const long columns = NAME(columns);
  for (long j = 0; j < n; j += columns) {
    if (c.column == 1) {
      NAME(whole_tile)((int)m, a, b.data + j, b.row, part_of(c, 0, j), k);
    } else {
      NAME(edge)((int)m, columns, a, b.data + j, b.row, part_of(c, 0, j), k);
    }
  }
}

SET static void NAME(product)(sf_matrix a, sf_matrix b, result c, long m, long n, long k) {
  if (n <= TILE_ROWS && m > n) {
    // A panel would be mostly zeros: c^T = b^T a^T has its long side along the vectors.
    const sf_matrix left = {b.data, b.column, b.row}, right = {a.data, a.column, a.row};
    c = (result){c.data, c.column, c.row, c.adds, c.keeps, c.times};
    return NAME(product)(left, right, c, n, m, k);
  }
  if (m <= TILE_ROWS && b.column == 1) {
    const long whole = n - n % NAME(columns);
    NAME(thin_product)(a, b, c, m, whole, k);
    b.data += whole;
    c = part_of(c, 0, whole);
    n -= whole;
  }
  const int copies = a.row == 1 && a.column >= FAR && n >= GROUP;
  for (long p = 0; p < k; p += DEPTH) {
    const long depth = k - p < DEPTH ? k - p : DEPTH;
    const sf_matrix below = {b.data + p * b.row, b.row, b.column};
    for (long i = 0; i < m; i += copies ? BLOCK : m) {
      const long rows = copies && m - i > BLOCK ? BLOCK : m - i;
      const sf_matrix slice = {a.data + i * a.row + p * a.column, a.row, a.column};
      if (copies) NAME(pack_strips)(slice.data, a.column, copied, rows, depth);
      result part = part_of(c, i, 0);
      part.adds = c.adds || p > 0;
      if (p + depth < k) {
        part.keeps = 1;
        part.times = 0;
      }
      NAME(block_product)(slice, copies ? copied : 0, below, part, rows, n, depth);
    }
  }
}
