// The code of the product for AVX-512, of which a processor with AVX2 can run each vector as two.
#pragma once

#include "product_kernels.h"

// As sf_matrix_product, by the version for AVX-512; needs AVX2 and FMA.
void sf_wide_product(sf_matrix a, sf_matrix b, sf_result c, long m, long n, long k);
