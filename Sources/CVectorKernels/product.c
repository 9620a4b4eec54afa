// Matrix products for the score network.
//
// A factor b is copied panel by panel, two vectors wide, into memory that stays in the first-level
// cache; a is read where it lies. General libraries copy both, which at these sizes takes a tenth
// of the time (docs/decisions/0007).

#include "product_kernels.h"

#include "kernels.h"

// The sum over k is cut here, so that a panel fits into the cache next to the rows of a.
enum { DEPTH = 256 };

// Where a product goes: the element (i, j) is at data[i * row + j * column].
typedef struct {
  float *data;
  long row, column;
  int adds;
} result;

#define KERNEL "product_kernel.h"
#include "each_set.h"

void sf_matrix_product(sf_matrix a, sf_matrix b, float *c, long m, long n, long k, int adds) {
  const result out = {c, n, 1, adds};
  BEST(product, a, b, out, m, n, k);
}
