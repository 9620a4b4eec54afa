// Matrix products for the score network.
//
// A factor b is copied panel by panel, two vectors wide, into memory that stays in the first-level
// cache; a is read where it lies, unless its rows are so far apart that they would all fall into the same
// few places of that cache. General libraries copy both always, which at these sizes takes a tenth of
// the time (docs/decisions/0007).

#include "product_kernels.h"

#include "kernels.h"

enum {
  // The sum over k is cut here, so that a panel fits into the cache next to the rows of a.
  DEPTH = 256,
  // Columns of b that are copied together: rows of b may lie a page apart, so more of each is taken.
  GROUP = 64,
  // Rows of a product whose part of a is copied together, where it is; a multiple of both heights of a
  // tile, so that it fits into the second-level cache.
  BLOCK = 192,
  // The distance, in numbers, from which it is copied.
  FAR = 512,
};

// Where a product goes: the element (i, j) is at data[i * row + j * column], and what it is to
// multiply as far from `times`.
typedef struct {
  float *data;
  long row, column;
  int adds, keeps;
  float *times;
} result;

// The part of c that starts at (i, j).
INLINE result part_of(result c, long i, long j) {
  const long offset = i * c.row + j * c.column;
  c.data += offset;
  if (c.times) c.times += offset;
  return c;
}

// Rows of a that are copied together; eight more, since copies are eight wide.
static _Thread_local float copied[BLOCK * DEPTH + 8] __attribute__((aligned(64)));

#define KERNEL "product_kernel.h"
#include "each_set.h"

void sf_matrix_product(sf_matrix a, sf_matrix b, sf_result c, long m, long n, long k) {
  const result out = {c.data, c.row, 1, c.adds, !c.is_spare, c.times};
  BEST(product, a, b, out, m, n, k);
}
