#define SF_V4_SET __attribute__((target("arch=x86-64-v3")))
#define sf_matrix_product sf_product_of_this_processor
#include "../../Sources/CVectorKernels/product.c"
#undef sf_matrix_product

#include "wide_kernels.h"

void sf_wide_product(sf_matrix a, sf_matrix b, sf_result c, long m, long n, long k) {
#if defined(__x86_64__)
  const result out = {c.data, c.row, 1, c.adds, !c.is_spare, c.times};
  product_v4(a, b, out, m, n, k);
#else
  sf_product_of_this_processor(a, b, c, m, n, k);
#endif
}
